"""What time alone has settled about meetings: one that was forgotten is over, one that nobody opened has gone by."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

import clock
from audit.services import record
from communities.models import Community
from meetings.lifecycle import MEETING_STEPS, MeetingState
from meetings.models import AgendaItem, CommunityMeeting
from meetings.queries import lock_meeting
from meetings.timing import OPEN_FOR, OPENS_UNTIL, ends_at, is_overdue
from people.transitions import target


def settle_all() -> int:
    """Note for every community what time has settled; returns how many meetings. Run by the sweep, safe at any time.

    Nobody waits for it: what may be read follows from the time itself (meetings.timing.is_open).
    """
    now = clock.now()
    return sum(_settle_one(pk) for pk in list(_overdue(now).values_list("pk", flat=True)))


@transaction.atomic
def _settle_one(pk: int) -> bool:
    meeting = lock_meeting(pk)
    return _settle(meeting, clock.now())


def settle(community: Community, now: datetime) -> None:
    """The same for one community, in the caller's transaction, before a meeting is planned or opened."""
    for pk in list(_overdue(now).filter(community=community).values_list("pk", flat=True)):
        _settle(lock_meeting(pk), now)


def _overdue(now: datetime) -> QuerySet[CommunityMeeting]:
    forgotten = Q(state=MeetingState.OPEN, opened_at__lte=now - OPEN_FOR)
    gone_by = Q(state=MeetingState.PLANNED, starts_at__lte=now - OPENS_UNTIL)
    return CommunityMeeting.objects.filter(forgotten | gone_by).order_by("pk")


def _settle(meeting: CommunityMeeting, now: datetime) -> bool:
    if not is_overdue(meeting, now):
        return False
    if meeting.state == MeetingState.OPEN:
        end(meeting, ends_at(meeting), by="site", now=now)
    else:
        meeting.state = target(MEETING_STEPS, "miss", meeting.state, said="")
        meeting.save(update_fields=["state"])
        record(chain=meeting.community.chain, verb="miss meeting", actor="site", subject=meeting.ref, at=now)
    return True


def end(meeting: CommunityMeeting, ended_at: datetime, *, by: str, now: datetime) -> None:
    """End a locked open meeting; what it did not come to waits for the next. Called by services in a transaction."""
    meeting.state = target(MEETING_STEPS, "end", meeting.state, said="")
    meeting.ended_at = ended_at
    meeting.save(update_fields=["state", "ended_at"])
    left = AgendaItem.objects.waiting().filter(meeting=meeting).count()
    facts = {"left for the next": left}
    record(chain=meeting.community.chain, verb="end meeting", actor=by, subject=meeting.ref, at=now, facts=facts)
