"""What waits for staff, what was told to them, and danger notices: doors as everywhere, a miss is a 404."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from boards.models import StaffInvitation
from communities.entry import or_404
from communities.lifecycle import HERE, Kind
from communities.lifecycle import State as Standing
from communities.models import Community, Membership
from communities.policies import is_staff_here
from moderation.in_danger import may_leave_number, may_see_danger
from moderation.lifecycle import OPEN_DANGER, DangerState
from moderation.models import AskingIn, DangerNotice, LeftNumber, SignificantEvent, StaffNotice
from moderation.models.for_staff import StaffNoticeQuerySet

# What was seen stays on staff's page for this long.
SHOWN_FOR = timedelta(days=14)
MOST_SHOWN = 50


def for_staff(membership: Membership, now: datetime) -> tuple[list[StaffNotice], list[StaffNotice]]:
    """What waits for staff, the most urgent first, and what one of them has seen lately. Raises Http404. Two queries.

    Of a hold no more than since when it waits; of a danger notice only that there is one: its words have a page.
    """
    waiting = waiting_for_staff(membership)
    rows, still = _notices_of(membership), DangerState.SENT
    lately = rows.filter(seen_at__gt=now - SHOWN_FOR) | rows.filter(seen_at__isnull=False, danger__state=still)
    return waiting, list(lately.order_by("-seen_at")[:MOST_SHOWN])


def waiting_for_staff(membership: Membership) -> list[StaffNotice]:
    """What waits until one of staff has seen it, the most urgent first. Raises Http404. One query."""
    or_404(is_staff_here(membership))
    # "danger", "event", "hold" are in the order of the alphabet, which is not that of haste.
    urgency = {"danger": 0, "hold": 1, "event": 2}
    rows = _notices_of(membership).open().order_by("made_at")[:MOST_SHOWN]
    return sorted(rows, key=lambda row: urgency[row.kind])


def _notices_of(membership: Membership) -> StaffNoticeQuerySet:
    here = StaffNotice.objects.filter(community_id=membership.community_id)
    return here.select_related("event__by", "danger", "seen_by", "post")


def access_staff_notice(membership: Membership, pk: int) -> StaffNotice:
    """Something that waits, or waited, for staff of this community. Raises Http404."""
    or_404(is_staff_here(membership))
    return get_object_or_404(StaffNotice.objects.filter(community_id=membership.community_id), pk=pk)


def access_given(membership: Membership, pk: int) -> DangerNotice:
    """A danger notice that was given to staff of this community. Raises Http404."""
    or_404(is_staff_here(membership))
    given = DangerNotice.objects.filter(community_id=membership.community_id, sent_at__isnull=False)
    return get_object_or_404(given.select_related("asked_by", "agreed_by", "about", "notice__seen_by"), pk=pk)


def dangers(membership: Membership, *, but_not: Collection[int]) -> list[DangerNotice]:
    """The danger notices of this community as those in office see them, newest first; never one about oneself.

    `but_not`: about whom they are not shown what others have asked for, as they are kept apart (domain, section 8).
    """
    rows = _of_others(membership, but_not).exclude(about=membership)
    return list(rows.select_related("about", "asked_by", "notice__seen_by").order_by("-asked_at")[:MOST_SHOWN])


def access_danger(membership: Membership, pk: int, *, but_not: Collection[int]) -> DangerNotice:
    """One of them, for those in office but the one it is about, and `but_not` as above. Raises Http404."""
    rows = _of_others(membership, but_not)
    danger = get_object_or_404(
        rows.select_related("community", "about", "asked_by", "agreed_by", "disagreed_by"), pk=pk
    )
    or_404(may_see_danger(membership, danger))
    return danger


def _of_others(membership: Membership, but_not: Collection[int]) -> QuerySet[DangerNotice]:
    rows = DangerNotice.objects.filter(community_id=membership.community_id)
    return rows.exclude(~Q(asked_by=membership), about__in=but_not)


def access_told_danger(membership: Membership, pk: int) -> DangerNotice:
    """A danger notice about oneself, once one may know of it. Raises Http404: one that was not told is missing."""
    or_404(may_leave_number(membership))
    danger = DangerNotice.objects.filter(about=membership).select_related("community").filter(pk=pk).first()
    if danger is None or not danger.is_told:
        raise Http404
    return danger


def danger_is_open(membership: Membership) -> bool:
    """Whether a danger notice about this member is not over. One query."""
    return DangerNotice.objects.filter(about=membership, state__in=OPEN_DANGER).exists()


def could_be_in_danger(membership: Membership) -> QuerySet[Membership]:
    """Whom a danger notice may be about: every other member who belongs here, away or not."""
    here = Membership.objects.filter(community_id=membership.community_id, kind=Kind.MEMBER, state__in=HERE)
    return here.exclude(pk=membership.pk).order_by("display_name")


def own_events(membership: Membership) -> list[SignificantEvent]:
    """What those in office have told staff, newest first, with whether it was seen. One query."""
    rows = SignificantEvent.objects.filter(community_id=membership.community_id)
    return list(rows.select_related("by", "notice__seen_by").order_by("-at", "-pk")[:MOST_SHOWN])


def number_of(membership: Membership) -> LeftNumber | None:
    """One's own number. One query."""
    return LeftNumber.objects.filter(membership=membership).first()


def staff_here(community: Community) -> QuerySet[Membership]:
    """Active staff of a community, by name."""
    staff = Membership.objects.filter(community=community, kind=Kind.STAFF, state=Standing.ACTIVE)
    return staff.order_by("display_name")


def askings_in(membership: Membership, now: datetime) -> list[AskingIn]:
    """What waits for a second voice, oldest first. Two queries."""
    waits = AskingIn.objects.filter(
        community_id=membership.community_id, invitation=None, dropped_at=None, until__gt=now
    )
    return list(waits.select_related("by").prefetch_related("staff").order_by("at", "pk")[:MOST_SHOWN])


def access_asking_in(membership: Membership, pk: int) -> AskingIn:
    """One of them. Raises Http404."""
    return get_object_or_404(AskingIn.objects.filter(community_id=membership.community_id), pk=pk)


def open_invitations(membership: Membership, now: datetime) -> list[StaffInvitation]:
    """The community's staff invitations that are in force. Two queries."""
    rows = StaffInvitation.objects.in_force(now).filter(community_id=membership.community_id)
    return list(rows.prefetch_related("staff").order_by("until", "pk")[:MOST_SHOWN])
