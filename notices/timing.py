"""When somebody may be told: quiet hours and the daily hour, by London's clock. Pure functions over hours and moments.

A span of quiet hours begins and ends at the first moment when the clock shows its hour, so neither change of the
clocks lengthens, halves or doubles it (safety checks, 5.7).
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clock.london import day_of, first_moment

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """Somebody's quiet hours, and the hour of their daily notice, in full hours; None: there is none."""

    quiet_from: int | None
    quiet_to: int | None
    daily_at: int | None


def quiet_until(hours: Hours, moment: datetime) -> datetime | None:
    """The end of the quiet hours that this moment lies in; None if it lies in none."""
    if hours.quiet_from is None or hours.quiet_to is None:
        return None
    through_midnight = hours.quiet_to <= hours.quiet_from
    today = day_of(moment)
    for day in (today - ONE_DAY, today):
        begins_at = first_moment(day, time(hours.quiet_from))
        ends_at = first_moment(day + ONE_DAY if through_midnight else day, time(hours.quiet_to))
        if begins_at <= moment < ends_at:
            return ends_at
    return None


def daily_moment(daily_at: int, due_at: datetime) -> datetime:
    """The first daily hour at or after the moment when something became due: one on each day of London's."""
    today = day_of(due_at)
    at = first_moment(today, time(daily_at))
    return at if at >= due_at else first_moment(today + ONE_DAY, time(daily_at))


def daily_moments(hours: Hours, due_at: datetime) -> tuple[datetime, datetime] | None:
    """The daily hour that something due at `due_at` belongs to, and the next one; None: it goes out by itself."""
    if hours.daily_at is None:
        return None
    first = daily_moment(hours.daily_at, due_at)
    return first, daily_moment(hours.daily_at, first + timedelta(microseconds=1))


def earliest(hours: Hours, *, due_at: datetime, now: datetime, daily: bool) -> datetime:
    """When something that became due at `due_at` may go out: `now`, or a later moment that it waits for.

    `daily`: it may wait for the daily hour. Somebody who chose a daily hour within their quiet hours means it.
    """
    awaited = daily_moment(hours.daily_at, due_at) if daily and hours.daily_at is not None else None
    if awaited and awaited > now:
        return awaited
    quiet_end = quiet_until(hours, now)
    if quiet_end is None or (awaited and quiet_until(hours, awaited)):
        return now
    return quiet_end
