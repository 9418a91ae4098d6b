"""Duty hours and staff cover hours: plain weekly times by London's clock, and when somebody will next look.

Pure functions over rows: the same answer for a page, a hold and a test.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

from clock.london import LONDON, first_moment

__all__ = ["LONDON", "Span", "Stretch", "clock_words", "is_on", "local_time", "next_look", "span_on", "spans"]


class Stretch(Protocol):
    """A row of weekly hours (communities.models.Hours)."""

    weekday: int
    starts: time
    ends: time


class Span(NamedTuple):
    """A stretch on a real day, as moments."""

    begins_at: datetime
    ends_at: datetime


def spans(row: Stretch, *, around: datetime, days: int = 15) -> Iterator[Span]:
    """The row's real stretches from the day before `around` on. `ends` at or before `starts` is the next morning.

    Two weeks ahead, because one that lies within the hour skipped in spring does not happen that week.
    """
    today = around.astimezone(LONDON).date()
    for offset in range(-1, days):
        day = today + timedelta(days=offset)
        span = span_on(day, row.starts, row.ends)
        if day.weekday() == row.weekday and span.begins_at < span.ends_at:
            yield span


def span_on(day: date, starts: time, ends: time) -> Span:
    """This stretch on one day, as moments; empty where it lies within the hour that is skipped in spring."""
    last_day = day if ends > starts else day + timedelta(days=1)
    return Span(first_moment(day, starts), first_moment(last_day, ends))


def is_on(row: Stretch, now: datetime) -> bool:
    """Whether this row covers the moment."""
    return any(span.begins_at <= now < span.ends_at for span in spans(row, around=now, days=1))


def next_look(rows: Iterable[Stretch], now: datetime) -> datetime | None:
    """The earliest time one of these rows has somebody looking: `now` if on, else the next beginning, else None."""
    moments = (max(span.begins_at, now) for row in rows for span in spans(row, around=now) if span.ends_at > now)
    return min(moments, default=None)


def clock_words(at: time) -> str:
    """“7 pm”, “6:30 am”, “midnight”, “noon”."""
    if at in {time(0), time(12)}:
        return _("noon") if at.hour else _("midnight")
    minutes = f":{at.minute:02}" if at.minute else ""
    half = _("am") if at.hour < 12 else _("pm")
    return f"{(at.hour - 1) % 12 + 1}{minutes} {half}"


def local_time(at: datetime) -> time:
    """What London's clock shows at this moment."""
    return at.astimezone(LONDON).time()
