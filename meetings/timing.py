"""What is open, and for how long: pure functions over a meeting, the same answer for a page, a door and a service."""

from datetime import datetime, time, timedelta

from clock.london import LONDON, first_moment
from meetings.lifecycle import MeetingState
from meetings.models import CommunityMeeting

# Those in office open it in the room: a little before its time, or when everybody has come at last.
OPENS_BEFORE = timedelta(minutes=30)
OPENS_UNTIL = timedelta(hours=24)
# Forgotten, it ends by itself, and with it what staff may read.
OPEN_FOR = timedelta(hours=4)
# What was agreed may be written down for some days after.
OUTCOMES_FOR = timedelta(days=7)
# The author of a post is told this long before anybody reads it in a copy that they did not say yes to.
TOLD_BEFORE = timedelta(hours=24)
# A special meeting that names no time: in the evening, and nobody hears of it less than a day before.
SPECIAL_AT, SPECIAL_AFTER = time(18), timedelta(hours=24)


def is_open(meeting: CommunityMeeting, now: datetime) -> bool:
    """Whether the meeting is going on: opened, not ended, and not forgotten for hours."""
    return meeting.state == MeetingState.OPEN and now < ends_at(meeting)


def ends_at(meeting: CommunityMeeting) -> datetime:
    """When an open meeting ends by itself."""
    assert meeting.opened_at is not None
    return meeting.opened_at + OPEN_FOR


def is_overdue(meeting: CommunityMeeting, now: datetime) -> bool:
    """Whether its time is over without anybody having said so: forgotten while open, or never opened."""
    if meeting.state == MeetingState.OPEN:
        return not is_open(meeting, now)
    return meeting.state == MeetingState.PLANNED and now >= meeting.starts_at + OPENS_UNTIL


def can_be_opened(meeting: CommunityMeeting, now: datetime) -> bool:
    """Whether its time has come."""
    planned = meeting.state == MeetingState.PLANNED
    return planned and meeting.starts_at - OPENS_BEFORE <= now < meeting.starts_at + OPENS_UNTIL


def takes_outcomes(meeting: CommunityMeeting, now: datetime) -> bool:
    """Whether what it agreed may still be written down: while it is open, and for a week from its opening."""
    return meeting.opened_at is not None and now < meeting.opened_at + OUTCOMES_FOR


def next_evening(now: datetime) -> datetime:
    """The first evening by London's clock that is at least a day away."""
    earliest = now + SPECIAL_AFTER
    evening = first_moment(earliest.astimezone(LONDON).date(), SPECIAL_AT)
    if evening >= earliest:
        return evening
    return first_moment(earliest.astimezone(LONDON).date() + timedelta(days=1), SPECIAL_AT)
