"""Counting, the lot, and what may be said of a count (safety checks, 4.6)."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.counting import Measure, count, fingerprint, lot_of, may_be_said, order_by_lot
from elections.lifecycle import Majority

LOT = fingerprint(b"a sealed box")
papers = st.lists(st.frozensets(st.integers(0, 4)), max_size=30)


def yes_no(yes: int, no: int, left: int = 0) -> list[frozenset[int]]:
    return [frozenset({0})] * yes + [frozenset({1})] * no + [frozenset({2})] * left


@given(papers, st.integers(1, 5))
def test_ranking_is_by_votes_and_then_by_the_lot_whatever_order_they_come_in(
    ballots: list[frozenset[int]], seats: int
) -> None:
    result = count(ballots, options=5, electorate=30, lot=LOT, seats=seats)
    votes = {option: sum(option in ballot for ballot in ballots) for option in range(5)}
    expected = sorted(range(5), key=lambda option: (-votes[option], lot_of(LOT, option)))
    assert list(result.ranking) == expected
    assert result.winners == tuple(sorted(expected[:seats]))
    mixed = [*ballots]
    random.Random(1).shuffle(mixed)
    assert count(mixed, options=5, electorate=30, lot=LOT, seats=seats) == result


@given(papers, st.integers(1, 5))
def test_lot_is_said_to_have_decided_exactly_where_another_lot_would_change_who_won(
    ballots: list[frozenset[int]], seats: int
) -> None:
    result = count(ballots, options=5, electorate=30, lot=LOT, seats=seats)
    others = {
        count(ballots, options=5, electorate=30, lot=fingerprint(bytes([n])), seats=seats).winners for n in range(80)
    }
    assert result.by_lot == (len(others | {result.winners}) > 1)


@given(papers)
def test_figures_leave_only_with_eight_ballots_and_three_for_and_against_each(ballots: list[frozenset[int]]) -> None:
    result = count(ballots, options=5, electorate=30, lot=LOT)
    votes = [sum(option in ballot for ballot in ballots) for option in range(5)]
    fit = len(ballots) >= 8 and min(votes) >= 3 and len(ballots) - max(votes) >= 3
    assert (result.figures is not None) == fit


@pytest.mark.parametrize(
    ("figures", "ballots", "said"),
    [
        ({0: 3, 1: 4}, 7, False),
        ({0: 3, 1: 5}, 8, True),
        ({0: 2, 1: 5}, 8, False),
        ({0: 6, 1: 5}, 8, False),
        ({0: 0, 1: 5}, 20, False),
    ],
)
def test_edge_of_what_may_be_said(figures: dict[int, int], ballots: int, said: bool) -> None:
    assert may_be_said(figures, ballots) is said


@pytest.mark.parametrize(
    ("majority", "yes", "no", "passed"),
    [
        (Majority.HALF, 3, 2, True),
        (Majority.HALF, 2, 2, False),
        (Majority.HALF, 0, 0, False),
        (Majority.TWO_THIRDS, 4, 2, True),
        (Majority.TWO_THIRDS, 3, 2, False),
        (Majority.TWO_THIRDS, 0, 0, False),
        (Majority.THREE_QUARTERS, 6, 2, True),
        (Majority.THREE_QUARTERS, 5, 2, False),
    ],
)
def test_majority_is_of_those_who_said_yes_or_no(majority: Majority, yes: int, no: int, passed: bool) -> None:
    result = count(yes_no(yes, no, left=5), options=3, electorate=12, lot=LOT, measure=Measure(majority))
    assert result.passed is passed
    assert result.winners == ()
    assert not result.by_lot


@pytest.mark.parametrize(("voted", "quorate"), [(4, False), (5, True), (6, True)])
def test_quorum_is_of_everybody_on_the_roll(voted: int, quorate: bool) -> None:
    result = count(yes_no(voted, 0), options=3, electorate=10, lot=LOT, measure=Measure(Majority.HALF, quorum=50))
    assert (result.quorate, result.passed) == (quorate, quorate)


def test_lot_can_be_reckoned_by_hand() -> None:
    assert lot_of(LOT, 0) == hashlib.sha256(f"{LOT}:1".encode()).hexdigest()
    assert order_by_lot(LOT, 3) == tuple(
        sorted(range(3), key=lambda n: hashlib.sha256(f"{LOT}:{n + 1}".encode()).digest())
    )


def test_lot_favours_nobody() -> None:
    firsts = [order_by_lot(fingerprint(str(n).encode()), 4)[0] for n in range(2000)]
    assert all(430 < firsts.count(option) < 570 for option in range(4))
