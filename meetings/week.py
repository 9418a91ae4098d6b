"""A week of the timetable as a page shows it: day by day, each session with what one wants to know at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from clock.london import day_of
from communities.week import day_words
from meetings.models import Session
from meetings.when import hours_words


@dataclass(frozen=True)
class SessionShown:
    """One line of the timetable."""

    row: Session
    hours: str
    is_over: bool

    @property
    def place(self) -> str:
        """Where, in a few words; "" where nobody has said."""
        return self.row.venue.name if self.row.venue else self.row.place


@dataclass
class DayShown:
    """A day with what begins on it."""

    day: date
    name: str
    is_today: bool
    sessions: list[SessionShown] = field(default_factory=list)


def days_shown(sessions: Iterable[Session], now: datetime) -> list[DayShown]:
    """The days on which something is, the first one first. No query."""
    days: dict[date, DayShown] = {}
    for row in sessions:
        day = day_of(row.starts_at)
        shown = days.setdefault(day, DayShown(day, day_words(day), day == day_of(now)))
        shown.sessions.append(SessionShown(row, hours_words(row.starts_at, row.ends_at), row.is_over(now)))
    return list(days.values())
