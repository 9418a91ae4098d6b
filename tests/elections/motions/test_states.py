"""Each state of a motion and of the words beside it, each verb, each of the people: who may do what, and when."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from communities.lifecycle import State
from communities.services import change_state
from elections.models import Motion, MotionWords
from elections.motions.lifecycle import MOTION_STEPS, OPEN, WORDS_STEPS, MotionState, Part, WordsState
from elections.motions.services import look_at_words, open_due, withdraw_motion, write_words
from elections.services import cast_vote
from people.decisions import Conflict, Refused
from tests.cast import Cast, sitting_now
from tests.elections.motions.steps import Votes, fresh, proposed
from tests.steps import HELD, NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
PEOPLE = ["heron", "moss", "wren", "rowan", "fern", "bramble", "hazel", "finch", "thorn", "dale", "teal"]


def brought(cast: Cast, votes: Votes, state: str) -> Motion:
    """Heron's proposal about Moss, in that state."""
    motion = proposed(cast.heron, "suspension", about=cast.moss, suspended_from="board", weeks=2)
    if state == MotionState.FELL_AWAY:
        change_state(membership=cast.moss, verb="leave", by="site")
    if state == MotionState.WITHDRAWN:
        withdraw_motion(motion=motion, by=cast.heron)
    if state in {MotionState.TALKING, MotionState.WITHDRAWN}:
        return fresh(motion)
    motion = votes.opened(motion)
    said = {MotionState.CARRIED: (6, 0), MotionState.LOST: (0, 6), MotionState.TOO_FEW: (1, 0)}.get(state)
    if said:
        votes.voted(motion, *said)
        motion = votes.closed(motion)
    assert motion.state == state
    return motion


def outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except (Refused, Conflict) as no:
        return type(no).__name__
    except Exception as no:
        return type(no).__name__
    return "done"


@pytest.mark.parametrize("state", MotionState.values)
def test_withdrawing_is_its_proposers_while_it_is_open(cast: Cast, votes: Votes, state: str) -> None:
    motion = brought(cast, votes, state)
    for who in PEOPLE:
        if who == "heron":
            continue
        assert outcome(lambda by=cast[who]: withdraw_motion(motion=motion, by=by)) in {"Refused", "Http404"}, who
        assert fresh(motion).state == state
    expected = "done" if state in OPEN else "Refused"
    assert outcome(lambda: withdraw_motion(motion=motion, by=cast.heron)) == expected
    assert fresh(motion).state == (MotionState.WITHDRAWN if state in OPEN else state)


@pytest.mark.parametrize("state", MotionState.values)
def test_own_words_are_written_by_the_one_it_is_about_while_it_is_open(cast: Cast, votes: Votes, state: str) -> None:
    motion = brought(cast, votes, state)
    written = {"text": "My own"}
    for who in PEOPLE:
        may = who == "moss" and state in OPEN
        got = outcome(lambda by=cast[who]: write_words(motion=motion, part=Part.OWN, by=by, written=written))
        assert (got == "done") is may, who
    assert MotionWords.objects.filter(part=Part.OWN).exists() is (state in OPEN)


@pytest.mark.parametrize("state", MotionState.values)
def test_voting_is_for_the_roll_while_the_vote_is_open(cast: Cast, votes: Votes, state: str) -> None:
    motion = brought(cast, votes, state)
    if motion.poll is None:
        assert state in {"talking", "withdrawn", "fell_away"}
        return
    voted = set(motion.poll.roll.filter(has_voted=True).values_list("membership", flat=True))
    for who in PEOPLE:
        got = outcome(lambda by=cast[who]: cast_vote(poll=motion.poll, by=by, choices=[0]))
        may = state == MotionState.VOTING and who in {"heron", "wren", "rowan", "fern", "bramble"}
        assert (got == "done") is may, who
    assert voted == set() or state != MotionState.VOTING


@pytest.mark.parametrize("state", MotionState.values)
def test_vote_opens_from_talking_alone(cast: Cast, votes: Votes, state: str) -> None:
    motion = brought(cast, votes, state)
    votes.time.shift(timedelta(days=4))
    open_due()
    assert fresh(motion).state == ("voting" if state == "talking" else state)


def test_every_step_of_the_table_is_taken_from_where_it_may_start() -> None:
    reached = {step.target for step in MOTION_STEPS.values()}
    assert reached | {MotionState.TALKING} == set(MotionState)
    assert all(step.sources <= OPEN for step in MOTION_STEPS.values())


@pytest.mark.parametrize("verb", ["release", "return"])
@pytest.mark.parametrize("state", WordsState.values)
def test_words_are_looked_at_by_the_top_three_whom_they_do_not_concern(cast: Cast, state: str, verb: str) -> None:
    motion = proposed(cast.heron, "suspension", about=cast.ash, suspended_from="board", weeks=2, words=HELD)
    words = MotionWords.objects.get()
    MotionWords.objects.filter(pk=words.pk).update(state=state)
    for who in [*PEOPLE, "ash"]:
        if who == "wren":
            continue
        by = sitting_now(cast[who])
        got = outcome(lambda by=by: look_at_words(words=words, by=by, verb=verb, seen=1))
        assert got in {"Refused", "Http404"}, who
    assert outcome(lambda: look_at_words(words=words, by=sitting_now(cast.wren), verb=verb, seen=2)) == "Conflict"
    got = outcome(lambda: look_at_words(words=words, by=sitting_now(cast.wren), verb=verb, seen=1))
    assert got == ("done" if state in WORDS_STEPS[verb].sources else "Conflict")
    assert motion.community == cast.fellside


def test_words_are_looked_at_with_the_second_step_given(cast: Cast) -> None:
    proposed(cast.heron, words=HELD)
    with pytest.raises(Refused, match="second sign-in step"):
        look_at_words(words=MotionWords.objects.get(), by=cast.wren, verb="release", seen=1)


@pytest.mark.parametrize("who", ["hazel", "sorrel", "thorn", "finch", "willow", "dale"])
def test_nobody_proposes_who_does_not_take_part(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        proposed(cast[who])
    assert not Motion.objects.exists()


def test_one_member_has_three_open_at_most(cast: Cast) -> None:
    motions = [proposed(cast.heron) for _ in range(3)]
    with pytest.raises(Refused):
        proposed(cast.heron)
    withdraw_motion(motion=motions[0], by=cast.heron)
    assert proposed(cast.heron).state == "talking"


def test_same_thing_is_open_once(cast: Cast) -> None:
    proposed(cast.heron, "rule", rule="pause_day_minutes", value="10")
    with pytest.raises(Conflict):
        proposed(cast.fern, "rule", rule="pause_day_minutes", value="12")
    proposed(cast.heron, "recall", about=cast.wren)
    with pytest.raises(Conflict):
        proposed(cast.fern, "recall", about=cast.wren)
    assert Motion.objects.count() == 2


def test_under_five_members_no_vote_is_secret(cast: Cast, votes: Votes) -> None:
    for name in ("ash", "juniper", "rowan", "linden", "fern", "clover"):
        change_state(membership=cast[name], verb="begin_break", by="site")
    motion = votes.opened(proposed(cast.heron, "recall", about=cast.wren))
    assert (motion.poll.electorate, motion.poll.secret) == (3, False)


@pytest.mark.parametrize(("kind", "secret"), [("recall", True), ("free", False)])
def test_votes_about_a_person_are_secret_and_others_by_rule(cast: Cast, votes: Votes, kind: str, secret: bool) -> None:
    more = {"about": cast.wren} if kind == "recall" else {}
    assert votes.opened(proposed(cast.heron, kind, **more)).poll.secret is secret


def test_roll_and_options_are_those_of_the_opening(cast: Cast, votes: Votes) -> None:
    motion = votes.opened(proposed(cast.heron, "recall", about=cast.wren))
    before = set(motion.poll.roll.values_list("membership", flat=True))
    change_state(membership=cast.hazel, verb="end_break", by="site")
    change_state(membership=cast.finch, verb="admit", by="site")
    change_state(membership=cast.fern, verb="begin_break", by="site")
    assert set(motion.poll.roll.values_list("membership", flat=True)) == before
    assert cast.wren.pk not in before
    for who in (cast.hazel, cast.finch, cast.wren, cast.fern):
        who.refresh_from_db()
        with pytest.raises(Refused):
            cast_vote(poll=motion.poll, by=who, choices=[0])
    assert State(cast.hazel.state) == State.ACTIVE
