"""Which of several times suit most people: pure counting, no database.

A time suits somebody well, or if need be, or not. Best is the time at which most can come; among those the one that
suits most of them well. Times that are level in both are level: people choose, not a rule of ours.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Mark:
    """That a time suits a member: well, or if need be."""

    time: int
    member: int
    well: bool


@dataclass(frozen=True)
class Count:
    """How many one time suits (or two times, together)."""

    times: tuple[int, ...]
    well: int
    if_need_be: int

    @property
    def can(self) -> int:
        """How many can come."""
        return self.well + self.if_need_be

    @property
    def rank(self) -> tuple[int, int]:
        """What makes one better than another."""
        return self.can, self.well


def counts(times: Iterable[int], marks: Iterable[Mark]) -> list[Count]:
    """How many each of these times suits, in their order. Marks of other times don't count."""
    by_time = _by_time(marks)
    return [_count((time,), by_time) for time in times]


def best(counted: Collection[Count]) -> list[Count]:
    """The best of them: one, or several that are level; none while nobody can come to any."""
    top = max((count.rank for count in counted), default=(0, 0))
    return [count for count in counted if count.rank == top] if top[0] else []


def best_two(times: Collection[int], marks: Iterable[Mark]) -> Count | None:
    """The two times to one of which most can come; None where one time does as well as any two.

    Of several that are level the earliest, by the order of `times`. Who can come to both counts once.
    """
    by_time = _by_time(marks)
    alone = max((_count((time,), by_time).can for time in times), default=0)
    pairs = [_count(pair, by_time) for pair in combinations(times, 2)]
    top = max(pairs, key=lambda pair: pair.rank, default=None)
    return top if top is not None and top.can > alone else None


def _by_time(marks: Iterable[Mark]) -> dict[int, dict[int, bool]]:
    found: dict[int, dict[int, bool]] = {}
    for mark in marks:
        found.setdefault(mark.time, {})[mark.member] = mark.well
    return found


def _count(times: tuple[int, ...], by_time: Mapping[int, Mapping[int, bool]]) -> Count:
    can: dict[int, bool] = {}
    for time in times:
        for member, suits_well in by_time.get(time, {}).items():
            can[member] = suits_well or can.get(member, False)
    well = sum(can.values())
    return Count(times, well, len(can) - well)
