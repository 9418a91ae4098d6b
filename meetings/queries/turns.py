"""Turns at chairing, writing and looking after the room: whose they are, and what is asked about them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from communities.apart import apart_from
from communities.entry import or_404
from communities.lifecycle import AskingState, Kind, State
from communities.models import Community, Membership
from meetings.lifecycle.timetable import SessionState
from meetings.models import SessionRole
from meetings.models.day import RoleAsking, RoleChoice
from meetings.policies.day import may_have_turns

# How far ahead turns are given out; further ahead nobody knows their weeks.
AHEAD = timedelta(weeks=4)


def access_turn(membership: Membership, session: int, role: str) -> SessionRole:
    """A member's own turn in a session. Raises Http404. One query."""
    or_404(may_have_turns(membership))
    mine = SessionRole.objects.filter(membership=membership, session__community_id=membership.community_id)
    return get_object_or_404(mine.select_related("session__group", "session__community"), session=session, role=role)


def lock_turn(session: int, role: str) -> SessionRole | None:
    """Whose turn it is, under its lock: after memberships and the session. In a transaction only."""
    rows = SessionRole.objects.select_for_update(of=("self",)).select_related("membership__person")
    return rows.filter(session=session, role=role).first()


def turns_of(membership: Membership, now: datetime) -> list[SessionRole]:
    """A member's turns that are ahead or on, the next one first. One query."""
    rows = SessionRole.objects.filter(membership=membership, session__ends_at__gt=now)
    rows = rows.filter(session__state=SessionState.PLANNED).select_related("session")
    return list(rows.order_by("session__starts_at", "session", "role"))


def swaps_for(membership: Membership, fellows: Collection[Membership], now: datetime) -> list[SessionRole]:
    """What these others have ahead that one could take in return, the next one first. One query."""
    rows = SessionRole.objects.filter(membership__in=fellows, session__community=membership.community_id)
    rows = rows.filter(session__starts_at__gt=now, session__starts_at__lt=now + AHEAD)
    rows = rows.filter(session__state=SessionState.PLANNED)
    return list(rows.select_related("session", "membership").order_by("session__starts_at", "session", "role"))


def willing_roles(membership: Membership) -> frozenset[str]:
    """What this member would like to have a turn at. One query."""
    return frozenset(RoleChoice.objects.filter(membership=membership, willing=True).values_list("role", flat=True))


def fellows_for(membership: Membership, role: str, now: datetime) -> list[Membership]:
    """Who else would like to have a turn at this, by name; never somebody kept apart from this member. Two queries."""
    choices = RoleChoice.objects.filter(role=role, willing=True, membership__community_id=membership.community_id)
    rows = choices.filter(membership__state=State.ACTIVE, membership__kind=Kind.MEMBER).exclude(membership=membership)
    apart = apart_from(membership, now)
    members = [row.membership for row in rows.select_related("membership__person").order_by("membership__name_key")]
    return [member for member in members if member.pk not in apart]


def able_to(community: Community) -> list[Membership]:
    """Everybody here who may have a turn, by name. One query."""
    rows = Membership.objects.filter(community=community, kind=Kind.MEMBER, state=State.ACTIVE)
    return list(rows.order_by("name_key"))


def asked_among(membership: Membership, now: datetime) -> list[RoleAsking]:
    """What is asked of this member, of whoever can, or by themselves, the next session first. Two queries."""
    or_404(may_have_turns(membership))
    rows = _askings().filter(state=AskingState.OPEN, session__ends_at__gt=now)
    rows = rows.filter(_concerns(membership), session__community_id=membership.community_id)
    apart = apart_from(membership, now)
    return [row for row in rows.order_by("session__starts_at", "pk") if row.by_id not in apart]


def access_asking(membership: Membership, pk: int, now: datetime) -> RoleAsking:
    """What somebody asked, of them or of whoever can, or they themselves. Raises Http404. Two queries."""
    or_404(may_have_turns(membership))
    rows = _askings().filter(_concerns(membership), session__community_id=membership.community_id)
    asking = get_object_or_404(rows, pk=pk)
    if asking.by_id in apart_from(membership, now):
        raise Http404
    return asking


def lock_asking(pk: int) -> RoleAsking:
    """The asking read anew under its lock: after memberships and sessions. In a transaction only."""
    return _askings().select_for_update(of=("self",)).get(pk=pk)


def _askings() -> QuerySet[RoleAsking]:
    return RoleAsking.objects.select_related("by__community", "by__person", "to", "session", "back_session")


def _concerns(membership: Membership) -> Q:
    return Q(by=membership) | Q(to=membership) | Q(to=None)
