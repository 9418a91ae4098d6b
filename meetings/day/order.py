"""The order of a session by the clock: when each part begins and ends, and where we are. Pure functions.

Parts have minutes; a part without is as long as is left. A session that is shorter than its parts shortens all of them
alike, so that the closing is never what falls off the end (domain, section 3; how the groups work, not a rule).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_PARTS = 12
LONGEST_TITLE = 80
MOST_MINUTES = 600
# Below this a part is over before everybody has sat down.
LEAST_MINUTES = 5


@dataclass(frozen=True)
class Part:
    """One part of the order. `minutes` 0: as long as is left. `kind`: meetings.lifecycle.PartKind."""

    kind: str
    title: str
    minutes: int = 0


@dataclass(frozen=True)
class Timed:
    """A part at its time."""

    part: Part
    begins_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """How long it is."""
        return (self.ends_at - self.begins_at) // timedelta(minutes=1)


def lengths(wanted: Sequence[int], total: int) -> list[int]:
    """How many minutes each part gets of `total`, in whole minutes; never more than `total` together.

    With time to spare each gets what it wants, and those that want what is left (0) share that alike, the first one
    the odd minute. Without, all are shortened in proportion; none below five minutes (or the fewer it wants) where
    there are as many, else none below one.
    """
    open_ended = wanted.count(0)
    left = total - sum(wanted)
    if left >= open_ended * LEAST_MINUTES:
        shares = iter(_alike(left, open_ended))
        return [minutes or next(shares) for minutes in wanted]
    return _shortened([minutes or LEAST_MINUTES for minutes in wanted], total)


def _alike(minutes: int, parts: int) -> list[int]:
    return [minutes // parts + (n < minutes % parts) for n in range(parts)] if parts else []


def _shortened(wanted: list[int], total: int) -> list[int]:
    if total <= len(wanted):
        return [int(n < total) for n in range(len(wanted))]
    least = [min(minutes, LEAST_MINUTES) for minutes in wanted]
    if sum(least) > total:
        least = [1 for _ in wanted]
    # The least for each; the rest in proportion to what more it wants, whole minutes to whoever is nearest to one.
    rest, more = total - sum(least), [minutes - kept for minutes, kept in zip(wanted, least, strict=True)]
    weight = max(sum(more), 1)
    shares = [kept + rest * minutes // weight for kept, minutes in zip(least, more, strict=True)]
    nearest = sorted(range(len(wanted)), key=lambda n: (-(rest * more[n] % weight), n))
    for n in nearest[: total - sum(shares)]:
        shares[n] += 1
    return shares


def timed(parts: Sequence[Part], *, starts_at: datetime, ends_at: datetime) -> list[Timed]:
    """The parts one after the other from the session's start, in elapsed minutes (so a clock change shifts none)."""
    total = max((ends_at - starts_at) // timedelta(minutes=1), 0)
    found, at = [], starts_at
    for part, minutes in zip(parts, lengths([part.minutes for part in parts], total), strict=True):
        found.append(Timed(part, at, at + timedelta(minutes=minutes)))
        at = found[-1].ends_at
    return found


def place(parts: Sequence[Timed], now: datetime) -> int:
    """Which part is on at this moment, by its place; -1 before the first one, and their number after the last."""
    if not parts or now < parts[0].begins_at:
        return -1
    return next((n for n, part in enumerate(parts) if part.begins_at <= now < part.ends_at), len(parts))
