"""Counting ballots, drawing the lot, and what may be said of a count (safety checks, 4.6). No query."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from elections.lifecycle import Majority

FEWEST_BALLOTS = 8
FEWEST_OF_A_KIND = 3
YES, NO = 0, 1
# How many yes there must be for how many no.
SHARES = {Majority.TWO_THIRDS: (2, 1), Majority.THREE_QUARTERS: (3, 1)}


@dataclass(frozen=True)
class Measure:
    """What a yes or no needs: `quorum` of a hundred on the roll have voted, and a majority of those who chose."""

    majority: Majority
    quorum: int = 0


@dataclass(frozen=True)
class Result:
    """What came of a vote, for whoever carries it out.

    `ranking`: all option numbers, the most chosen first, level ones in the order of the lot. Beyond the places that
    it fills it must be neither kept nor shown while `figures` is None: then only the winners may be said.
    `tied`: options that were level, where the lot decided; the same holds for it. `by_lot`: the lot decided who won.
    `passed`: of a yes or no, which has no winners, else None. `quorate`: whether enough had voted.
    """

    ranking: tuple[int, ...]
    winners: tuple[int, ...]
    figures: dict[int, int] | None
    ballots: int
    electorate: int
    tied: tuple[tuple[int, ...], ...]
    by_lot: bool
    lot: str
    quorate: bool = True
    passed: bool | None = None


def fingerprint(sealed: bytes) -> str:
    """The lot of a box: SHA-256 of its bytes, 64 hex digits. Anybody who has the box can check it."""
    return hashlib.sha256(sealed).hexdigest()


def lot_of(lot: str, option: int) -> str:
    """The lot of one option; among level ones the smallest comes first. SHA-256 of "LOT:NUMBER", numbers from 1."""
    return hashlib.sha256(f"{lot}:{option + 1}".encode()).hexdigest()


def order_by_lot(lot: str, options: int) -> tuple[int, ...]:
    """All options in the order of the lot, as it stood before the count."""
    return tuple(sorted(range(options), key=lambda option: lot_of(lot, option)))


def count(
    ballots: Iterable[frozenset[int]],
    *,
    options: int,
    electorate: int,
    lot: str,
    seats: int = 1,
    measure: Measure | None = None,
    secret: bool = True,
) -> Result:
    """Count ballots. Of an open vote the figures may always be said."""
    given = list(ballots)
    figures = {option: sum(option in ballot for ballot in given) for option in range(options)}
    by_lot = order_by_lot(lot, options)
    ranking = tuple(sorted(by_lot, key=lambda option: -figures[option]))
    levels: dict[int, list[int]] = {}
    for option in ranking:
        levels.setdefault(figures[option], []).append(option)
    edge = seats < options and figures[ranking[seats - 1]] == figures[ranking[seats]]
    quorate = measure is None or len(given) * 100 >= measure.quorum * electorate
    return Result(
        ranking=ranking,
        winners=() if measure else tuple(sorted(ranking[:seats])),
        figures=figures if not secret or may_be_said(figures, len(given)) else None,
        ballots=len(given),
        electorate=electorate,
        tied=tuple(tuple(level) for level in levels.values() if len(level) > 1),
        by_lot=measure is None and edge,
        lot=lot,
        quorate=quorate,
        passed=None if measure is None else quorate and _enough(figures, measure.majority),
    )


def may_be_said(figures: dict[int, int], ballots: int) -> bool:
    """Whether figures may be said: at least 8 ballots, and at least 3 for and 3 against each option."""
    if ballots < FEWEST_BALLOTS:
        return False
    return all(FEWEST_OF_A_KIND <= chosen <= ballots - FEWEST_OF_A_KIND for chosen in figures.values())


def _enough(figures: dict[int, int], majority: Majority) -> bool:
    yes, no = figures[YES], figures[NO]
    if majority not in SHARES:
        return yes > no
    more, fewer = SHARES[majority]
    return yes > 0 and yes * fewer >= no * more
