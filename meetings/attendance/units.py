"""What a row is made of: the programme days or weeks of a community, by London's clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from clock.london import day_of


class Counts(StrEnum):
    """The values of the rule `absence_counts`."""

    PROGRAMME_DAYS = "programme_days"
    WEEKS = "weeks"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Held:
    """A session that attendance counts. `is_whole`: it was not called off, and its register was taken. `ends_at`: where
    it goes on over midnight; without it, it is over with its day."""

    starts_at: datetime
    is_whole: bool
    ends_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.ends_at is None or now >= self.ends_at


@dataclass(frozen=True)
class Unit:
    """A programme day, or a week from Monday to Sunday. One session of it that was called off, or whose register was
    never taken, and it counts for nobody (domain, section 2)."""

    first: date
    last: date
    is_whole: bool


def units_of(sessions: Iterable[Held], counts: str, now: datetime) -> list[Unit]:
    """The programme days or weeks that are over, in order; one in which nothing counts is none.

    One whose last session goes on over midnight is over at its end.
    """
    whole: dict[date, bool] = {}
    goes_on: set[date] = set()
    for session in sessions if counts != Counts.NOTHING else ():
        first = _first_day(session, counts)
        whole[first] = whole.get(first, True) and session.is_whole
        if not session.is_over(now):
            goes_on.add(first)
    length = timedelta(days=6 if counts == Counts.WEEKS else 0)
    over = [first for first in sorted(whole) if first + length < day_of(now) and first not in goes_on]
    return [Unit(first, first + length, whole[first]) for first in over]


def _first_day(session: Held, counts: str) -> date:
    day = day_of(session.starts_at)
    return day - timedelta(days=day.weekday()) if counts == Counts.WEEKS else day
