"""Whose turn it is, on its own: fair, the same each time, and nobody pressed."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meetings.day.fair import Need, Turn, Willing, share_out, week_of

ROLES = ("chair", "secretary", "housekeeper")
START = datetime(2026, 11, 23, 18, tzinfo=UTC)  # a Monday


def weekly(sessions: int, roles: tuple[str, ...] = ROLES) -> list[Need]:
    """A session a week."""
    return [Need(n, START + timedelta(weeks=n), role) for n in range(sessions) for role in roles]


def all_of(members: range, needs: list[Need]) -> Willing:
    """Everybody willing for everything, and coming to everything."""
    return Willing(dict.fromkeys(ROLES, members), {need.session: members for need in needs})


@given(st.integers(1, 9), st.integers(1, 20))
def test_turns_of_those_who_are_all_willing_differ_by_one_at_most(people: int, sessions: int) -> None:
    needs = weekly(sessions)
    turns = share_out(needs, [], all_of(range(people), needs))
    had = Counter(dict.fromkeys(range(people), 0)) + Counter()
    had.update(turn.member for turn in turns)
    counts = [had[n] for n in range(people)]
    assert max(counts) - min(counts) <= 1
    assert len(turns) == sessions * min(people, 3)


def test_the_same_person_does_each_of_the_three_in_turn() -> None:
    needs = weekly(6)
    turns = share_out(needs, [], all_of(range(3), needs))
    assert {turn.role for turn in turns if turn.member == 0 and turn.session < 3} == set(ROLES)


def test_somebody_new_has_one_turn_and_then_waits_like_all() -> None:
    needs = weekly(4, ("chair",))
    before = [Turn(-n, START - timedelta(weeks=n), "chair", n % 3) for n in range(1, 10)]
    willing = Willing({"chair": range(4)}, {need.session: range(4) for need in needs})
    assert [turn.member for turn in share_out(needs, before, willing)].count(3) == 1


MEMBERS = st.frozensets(st.integers(0, 5), max_size=6)
CASES = st.fixed_dictionaries(
    {
        "hours": st.lists(st.integers(0, 24 * 21), min_size=1, max_size=8),
        "roles": st.fixed_dictionaries(dict.fromkeys(ROLES, MEMBERS)),
        "come": st.lists(MEMBERS, min_size=8, max_size=8),
        "apart": st.frozensets(st.frozensets(st.integers(0, 5), min_size=2, max_size=2), max_size=3),
        "before": st.lists(st.tuples(st.integers(1, 400), st.integers(0, 5), st.sampled_from(ROLES)), max_size=6),
    }
)


@given(CASES)
def test_any_sharing_out_is_what_whoever_follows_it_by_hand_finds(case: dict) -> None:
    """Each turn is walked again, by other means: who could have had it, and did one of them wait longer?"""
    needs = [Need(n, START + timedelta(hours=at), role) for n, at in enumerate(sorted(case["hours"])) for role in ROLES]
    before = [Turn(-n, START - timedelta(hours=at), role, who) for n, (at, who, role) in enumerate(case["before"], 1)]
    willing = Willing(case["roles"], dict(enumerate(case["come"])), case["apart"])
    turns = share_out(needs, before, willing)
    assert turns == share_out(needs, before, willing)
    given = {(turn.session, turn.role): turn for turn in turns}
    story = list(before)
    for need in needs:
        this_week = {turn.member for turn in story if week_of(turn.at) == week_of(need.at)}
        beside = {turn.member for turn in story if turn.session == need.session}
        kept_from = {one for pair in case["apart"] for one in pair if pair - {one} <= beside}
        able = (case["roles"][need.role] & case["come"][need.session]) - this_week - kept_from
        turn = given.get((need.session, need.role))
        assert (turn is None) == (not able)
        if turn is not None:
            assert turn.member in able
            last = {one: max((t.at for t in story if t.member == one), default=None) for one in able}
            waited_longer = [
                one
                for one in able
                if (last[one] or datetime.min.replace(tzinfo=UTC))
                < (last[turn.member] or datetime.min.replace(tzinfo=UTC))
            ]
            assert not waited_longer
            story.append(turn)
