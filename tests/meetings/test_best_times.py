"""Which times suit most: counted another way, by asking each person about each time."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from meetings.best_times import Count, Mark, best, best_two, counts

TIMES = tuple(range(6))
# Of each of up to seven people, which times suit: well (True), if need be (False), or not (absent).
PEOPLE = st.lists(st.dictionaries(st.sampled_from(TIMES), st.booleans()), max_size=7)


def marks_of(people: list[dict[int, bool]]) -> list[Mark]:
    return [Mark(time, member, well) for member, suits in enumerate(people) for time, well in suits.items()]


@given(PEOPLE, st.permutations(TIMES))
def test_each_time_counts_whom_it_suits_and_the_best_are_those_none_is_better_than(
    people: list[dict[int, bool]], order: list[int]
) -> None:
    counted = counts(order, marks_of(people))
    assert [count.times for count in counted] == [(time,) for time in order]
    for count in counted:
        asked = [suits[count.times[0]] for suits in people if count.times[0] in suits]
        assert (count.can, count.well) == (len(asked), sum(asked))
    found = best(counted)
    for count in counted:
        beaten = any(other.can > count.can or (other.can == count.can and other.well > count.well) for other in counted)
        assert (count in found) == (not beaten and count.can > 0)


@given(PEOPLE)
def test_two_times_are_named_only_where_together_they_reach_more_and_no_two_reach_more(
    people: list[dict[int, bool]],
) -> None:
    def reach(*times: int) -> int:
        return sum(any(time in suits for time in times) for suits in people)

    two = best_two(TIMES, marks_of(people))
    alone = max(reach(time) for time in TIMES)
    together = max(reach(*pair) for pair in permutations(TIMES, 2))
    assert (two is not None) == (together > alone)
    if two is not None:
        assert (two.can, reach(*two.times)) == (together, together)
        well = sum(any(suits.get(time, False) for time in two.times) for suits in people)
        assert two.well == well


def test_times_that_are_level_are_all_best_and_nobody_means_none() -> None:
    level = [Mark(1, 1, True), Mark(2, 2, True), Mark(3, 3, False)]
    assert best(counts((1, 2, 3), level)) == [Count((1,), 1, 0), Count((2,), 1, 0)]
    assert best(counts((1, 2, 3), [])) == []
    assert best([]) == []


def test_one_time_that_suits_all_needs_no_second() -> None:
    marks = [Mark(1, member, well=False) for member in range(4)] + [Mark(2, 1, True)]
    assert best_two((1, 2), marks) is None
    assert best_two((1,), marks) is None
