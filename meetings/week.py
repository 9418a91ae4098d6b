"""A week of the timetable as a page shows it: day by day, each session with what one wants to know at a glance."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clock.london import day_of
from communities.week import day_words
from meetings.models import AwayTime, Coming, Session
from meetings.when import hours_words


@dataclass(frozen=True)
class SessionShown:
    """One line of the timetable."""

    row: Session
    hours: str
    is_over: bool
    # What the reader has said of it: "coming", "waiting", "apology"; "away" of the whole day; "" for nothing.
    said: str = ""

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


def days_shown(
    sessions: Iterable[Session],
    now: datetime,
    answers: Mapping[int, Coming] | None = None,
    away: Collection[AwayTime] = (),
) -> list[DayShown]:
    """The days on which something is, the first one first. No query.

    `answers`: what the reader said, by session; `away`: the times in which they are away.
    """
    days: dict[date, DayShown] = {}
    for row in sessions:
        day = day_of(row.starts_at)
        shown = days.setdefault(day, DayShown(day, day_words(day), day == day_of(now)))
        hours, said = hours_words(row.starts_at, row.ends_at), _said(row, answers or {}, away)
        shown.sessions.append(SessionShown(row, hours, row.is_over(now), said))
    return list(days.values())


def _said(session: Session, answers: Mapping[int, Coming], away: Collection[AwayTime]) -> str:
    if not session.takes_place:
        return ""
    if said := answers.get(session.pk):
        return "apology" if said.is_apology else said.answer
    return "away" if any(time.covers(day_of(session.starts_at)) for time in away) else ""
