"""When somebody is reminded, and of what: pure functions over times and answers, the same for the sweep and for tests.

One reminder a day at most for the day before, however many sessions there are: the first of them stands for all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clock.london import LONDON, day_of, first_moment
from meetings.lifecycle.coming import RemindWhen

# The day before, at the session's own hour, but neither before nine in the morning nor after six in the evening.
EARLIEST, LATEST = time(9), time(18)
SHORTLY = timedelta(hours=2)
# What a worker that stood still did not tell in time is told for so long after.
CATCH_UP = timedelta(hours=6)
# The furthest that a reminder lies before its session: from six in the evening to midnight a day later, and an hour
# more when the clocks go back.
FURTHEST = timedelta(hours=31)


@dataclass(frozen=True)
class Ahead:
    """A session that somebody may be reminded of. `said`: they have said that they come."""

    number: int
    starts_at: datetime
    said: bool


@dataclass(frozen=True)
class Reminder:
    """One that is due: of which session, and which of the two it is."""

    number: int
    starts_at: datetime
    which: RemindWhen


def day_before(starts_at: datetime) -> datetime:
    """The moment on the day before, by London's clock."""
    hour = starts_at.astimezone(LONDON).time()
    return first_moment(day_of(starts_at) - timedelta(days=1), min(max(hour, EARLIEST), LATEST))


def due(ahead: Iterable[Ahead], when: str, now: datetime) -> Iterator[Reminder]:
    """What somebody who chose `when` is reminded of now, the sessions in order of time.

    What they have not answered stands only for its day: it is told if it is the first there, the rest of it is not.
    """
    days: set[object] = set()
    for each in sorted(ahead, key=lambda one: (one.starts_at, one.number)):
        is_first = day_of(each.starts_at) not in days
        days.add(day_of(each.starts_at))
        shortly = each.starts_at - SHORTLY
        # Told late, it would come with the other one: then that one is enough.
        tomorrow = is_first and now < shortly and _is_now(day_before(each.starts_at), now)
        soon = (is_first or each.said) and now < each.starts_at and _is_now(shortly, now)
        if tomorrow and when in (RemindWhen.DAY_BEFORE, RemindWhen.BOTH):
            yield Reminder(each.number, each.starts_at, RemindWhen.DAY_BEFORE)
        if soon and when in (RemindWhen.TWO_HOURS, RemindWhen.BOTH):
            yield Reminder(each.number, each.starts_at, RemindWhen.TWO_HOURS)


def _is_now(moment: datetime, now: datetime) -> bool:
    return moment <= now < moment + CATCH_UP
