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
    """A session that attendance counts. `is_whole`: it was not called off, and its register was taken."""

    starts_at: datetime
    is_whole: bool


@dataclass(frozen=True)
class Unit:
    """A programme day, or a week from Monday to Sunday. One session of it that was called off, or whose register was
    never taken, and it counts for nobody (domain, section 2)."""

    first: date
    last: date
    is_whole: bool


def units_of(sessions: Iterable[Held], counts: str, now: datetime) -> list[Unit]:
    """The programme days or weeks that are over, in order; one in which nothing counts is none."""
    whole: dict[date, bool] = {}
    for session in sessions if counts != Counts.NOTHING else ():
        first = _first_day(session, counts)
        whole[first] = whole.get(first, True) and session.is_whole
    length = timedelta(days=6 if counts == Counts.WEEKS else 0)
    today = day_of(now)
    return [Unit(first, first + length, whole[first]) for first in sorted(whole) if first + length < today]


def _first_day(session: Held, counts: str) -> date:
    day = day_of(session.starts_at)
    return day - timedelta(days=day.weekday()) if counts == Counts.WEEKS else day
