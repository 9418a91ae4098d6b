"""The timetable: what is on between two moments, one session, one group, the places."""

from datetime import datetime, timedelta

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.shortcuts import get_object_or_404

import clock
from communities.entry import or_404
from communities.lifecycle import Kind, State
from communities.models import Community, Membership, Rule
from communities.rules import kind_of
from meetings.lifecycle.timetable import Change, SessionState, VenueState
from meetings.models import Group, Session, Venue
from meetings.policies.timetable import knows_groups, may_see_timetable
from meetings.roles import with_roles

# How far ahead somebody inactive looks for a session to come back to.
COME_BACK_WITHIN = timedelta(weeks=4)


def sessions_between(community: Community, start: datetime, end: datetime) -> list[Session]:
    """Every session there that begins in this time, called off or not, with its group and venue. One query."""
    rows = Session.objects.between(start, end).filter(community=community)
    return list(rows.select_related("group", "venue"))


def sessions_seen(membership: Membership, start: datetime, end: datetime, now: datetime) -> list[Session]:
    """The same as this member may see it: all, or for somebody inactive what they may come back to. One query.

    With what began before and still goes on, over midnight. Raises Http404.
    """
    or_404(may_see_timetable(membership))
    rows = Session.objects.seen_between(start, end, now).filter(community_id=membership.community_id)
    if membership.state == State.INACTIVE:
        rows = rows.filter(_to_come_back_to(now))
    return list(rows.select_related("group", "venue"))


def _to_come_back_to(now: datetime) -> Q:
    soon = Q(starts_at__gt=now, starts_at__lt=now + COME_BACK_WITHIN)
    return soon & Q(state=SessionState.PLANNED, member_led=False)


def access_session(membership: Membership, pk: int) -> Session:
    """A session of the member's own community that they may see. Raises Http404. Two queries (inactive: three).

    With its register, where one was taken, and its roles: most parts of its page ask for them; and with what the
    community has said of how many feel comfortable (`comfortable_in` reads it).
    """
    or_404(may_see_timetable(membership))
    rows = Session.objects.filter(community_id=membership.community_id)
    if membership.state == State.INACTIVE:
        rows = rows.filter(_to_come_back_to(clock.now()))
    whole = rows.select_related("community", "group", "venue", "facilitator", "meeting", "register__taken_by")
    said = Rule.objects.filter(community=OuterRef("community"), key="comfortable_group").values("value")
    return get_object_or_404(whole.prefetch_related(with_roles()).annotate(comfortable=Subquery(said)), pk=pk)


def comfortable_in(session: Session) -> int:
    """How many feel comfortable in a session that came by `access_session`: the community's rule. No query."""
    said = getattr(session, "comfortable", None)
    return int(kind_of("comfortable_group").values[session.community.preset] if said is None else said)


def lock_session(pk: int) -> Session:
    """The session under its lock: after memberships and groups, before polls, meetings and items. In a transaction."""
    rows = Session.objects.select_for_update(of=("self",))
    return rows.select_related("community", "group", "venue", "meeting").get(pk=pk)


def access_group(membership: Membership, pk: int) -> Group:
    """A group of the member's own community, running or ended. Raises Http404. One query."""
    or_404(knows_groups(membership))
    rows = Group.objects.filter(community_id=membership.community_id)
    return get_object_or_404(rows.select_related("community", "venue", "facilitator", "made_by"), pk=pk)


def lock_group(pk: int) -> Group:
    """The group under its lock: after memberships, before its sessions. In a transaction only."""
    rows = Group.objects.select_for_update(of=("self",))
    return rows.select_related("community", "venue").get(pk=pk)


def groups_of(community: Community) -> list[Group]:
    """Those that run, by name. One query."""
    rows = Group.objects.running().filter(community=community)
    return list(rows.select_related("venue", "facilitator").order_by("title", "pk"))


def access_venue(membership: Membership, pk: int) -> Venue:
    """A place of the member's own community, in use or not. Raises Http404. One query."""
    or_404(knows_groups(membership))
    return get_object_or_404(Venue.objects.filter(community_id=membership.community_id), pk=pk)


def venues_of(community: Community) -> list[Venue]:
    """Those in use, by name. One query."""
    return list(Venue.objects.filter(community=community, state=VenueState.IN_USE).order_by("name", "pk"))


def sessions_of(group: Group, now: datetime, most: int = 6) -> list[Session]:
    """The next sessions of a group, called off or not; those that the rule names no more stand nowhere. One query."""
    rows = Session.objects.filter(group=group, ends_at__gt=now).exclude(change=Change.DROPPED)
    return list(rows.select_related("venue").order_by("starts_at", "pk")[:most])


def all_venues(membership: Membership) -> list[Venue]:
    """Every place of the community, those in use first. Raises Http404. One query."""
    or_404(knows_groups(membership))
    rows = Venue.objects.filter(community_id=membership.community_id)
    return list(rows.order_by(Case(When(state=VenueState.IN_USE, then=0), default=1), "name", "pk"))


def staff_of(community: Community) -> list[Membership]:
    """Staff there now, by name: who can be named as leading a group. One query."""
    rows = Membership.objects.filter(community=community, kind=Kind.STAFF, state=State.ACTIVE)
    return list(rows.order_by("display_name", "pk"))
