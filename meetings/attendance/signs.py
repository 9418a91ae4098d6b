"""Signs of somebody: that they were here, sent word, or could not come. Only the day of the last one matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from clock.london import day_of


@dataclass(frozen=True)
class Away:
    """A time of illness, hospital or being away: both days included, `last` None while it goes on."""

    first: date
    last: date | None = None

    def last_day(self, today: date) -> date | None:
        """The last of its days so far; None where it is still to come, or was taken back before it began."""
        last = today if self.last is None else min(self.last, today)
        return last if last >= self.first else None


@dataclass(frozen=True)
class Signs:
    """What is known of one member, as moments: when they became active (they came in, or came back from a break,
    a suspension, from having been inactive), the last session at which they were here or for which somebody gave an
    apology, the last time they sent word, and every time away.
    """

    active_since: datetime
    seen: Iterable[datetime | None] = ()
    away: tuple[Away, ...] = ()

    def last(self, now: datetime) -> date:
        """The day of the last sign: nothing up to it counts."""
        today = day_of(now)
        days = [day_of(moment) for moment in (self.active_since, *self.seen) if moment is not None]
        covered = (away.last_day(today) for away in self.away)
        return max(*days, *(day for day in covered if day), days[0])
