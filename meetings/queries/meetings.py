"""Meetings: the next one, one by its number, those around it."""

from collections.abc import Iterable
from datetime import datetime

from django.shortcuts import get_object_or_404

from communities.entry import or_404
from communities.models import Community, Membership
from meetings.lifecycle import MeetingState
from meetings.models import CommunityMeeting, Look
from meetings.policies import may_see_meetings
from meetings.timing import OPEN_FOR, OPENS_UNTIL, is_overdue

SHOWN = 10
# Asked for at once, those ahead and those before: more than anybody plans.
AROUND = 40
COMING = (MeetingState.PLANNED, MeetingState.OPEN)


def next_meeting(community: Community, now: datetime) -> CommunityMeeting | None:
    """The community's next meeting, or the one that is open now; None where none is planned. One query."""
    coming = CommunityMeeting.objects.coming().filter(community=community, starts_at__gt=now - OPENS_UNTIL - OPEN_FOR)
    return next_of([row for row in coming.select_related("community")[:SHOWN] if not is_overdue(row, now)])


def next_of(ahead: Iterable[CommunityMeeting]) -> CommunityMeeting | None:
    """The next of those ahead: one that is open comes before one whose hour has gone by unopened. No query."""
    return min(ahead, key=lambda row: (row.state != MeetingState.OPEN, row.starts_at), default=None)


def access_meeting(membership: Membership, pk: int) -> CommunityMeeting:
    """A meeting of the member's own community. Raises Http404."""
    or_404(may_see_meetings(membership))
    meetings = CommunityMeeting.objects.filter(community_id=membership.community_id)
    return get_object_or_404(meetings.select_related("community", "opened_by", "session"), pk=pk)


def lock_meeting(pk: int) -> CommunityMeeting:
    """The meeting under its lock: after memberships, before threads and posts. In a transaction only."""
    return CommunityMeeting.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)


def lock_coming(community: Community) -> list[CommunityMeeting]:
    """All that are planned or open there, locked in the order of their numbers: one is opened after the other."""
    coming = CommunityMeeting.objects.filter(community=community, state__in=COMING)
    return list(coming.select_for_update(of=("self",)).order_by("pk"))


def meetings_around(membership: Membership, now: datetime) -> tuple[list[CommunityMeeting], list[CommunityMeeting]]:
    """Those ahead, the next first, and those that were, the latest first. One query."""
    or_404(may_see_meetings(membership))
    mine = CommunityMeeting.objects.filter(community_id=membership.community_id).select_related("community", "session")
    rows = list(mine.exclude(state=MeetingState.CANCELLED).order_by("-starts_at", "-pk")[:AROUND])
    coming = {row.pk for row in rows if row.state in COMING and not is_overdue(row, now)}
    ahead = [row for row in reversed(rows) if row.pk in coming]
    return ahead, [row for row in rows if row.pk not in coming][:SHOWN]


def looks_at(meeting: CommunityMeeting) -> list[Look]:
    """Who of staff read the copies of a meeting and when, for everybody here. One query."""
    return list(meeting.looks.select_related("by").order_by("at", "pk"))
