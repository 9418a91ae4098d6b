"""Moments by London's clock, exact at both changes of it (safety checks, 5.7)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# London skips from 01:00 to 02:00 in spring, at this time of UTC.
CLOCKS_CHANGE = time(1)


def first_moment(day: date, at: time) -> datetime:
    """The first moment when London's clock has reached this: 19:00 stays 19:00, also when the clocks change."""
    moment = datetime.combine(day, at, LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).time() != at:
        return datetime.combine(day, CLOCKS_CHANGE, UTC)
    return moment


def day_of(moment: datetime) -> date:
    """The day by London's clock."""
    return moment.astimezone(LONDON).date()
