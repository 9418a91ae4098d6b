"""Opening, voting, closing, counting: who may do what in which state, and what is kept (safety checks, 4)."""

import json
import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from communities.lifecycle import State
from communities.models import Membership
from elections import keys, outcomes
from elections.lifecycle import POLL_STEPS, PollState
from elections.models import Box, Elector, OpenVote, Poll
from elections.queries import electorate_of, still_to_vote
from elections.services import cancel_poll, cast_vote, close_due
from elections.services.closing import destroy_spent_keys
from people.decisions import Conflict, Refused
from tests.cast import Cast
from tests.elections.votes import LASTS, NEEDS, TREES, Heard, fresh, motion, opened, register, sweep, voted, votes
from tests.steps import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]
TAKES_PART = ["wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover", "bramble"]


def verbs(poll: Poll) -> list[str]:
    return list(Entry.objects.filter(subject=poll.ref).order_by("number").values_list("verb", flat=True))


# Who votes.


def test_electorate_is_who_takes_part_now(cast: Cast) -> None:
    assert {member.pk for member in electorate_of(cast.fellside)} == {cast[key].pk for key in TAKES_PART}


def test_staff_vote_only_while_members_outnumber_them(cast: Cast) -> None:
    assert cast.dale in electorate_of(cast.fellside, staff=True)
    many = [cast[key].pk for key in TAKES_PART[2:]]
    assert {member.kind for member in electorate_of(cast.fellside, staff=True, but_not=many)} == {"member"}
    with pytest.raises(ValueError, match="outnumber"):
        opened(cast, who=[cast.heron, cast.dale])


@pytest.mark.parametrize("key", [*TAKES_PART, "finch", "hazel", "sorrel", "thorn", "dale"])
def test_whoever_takes_part_and_is_on_the_roll_votes_and_nobody_else(cast: Cast, key: str) -> None:
    poll = opened(cast)
    if key in TAKES_PART:
        cast_vote(poll=poll, by=cast[key], choices=[0])
        assert voted(poll) == 1
        return
    with pytest.raises(Refused):
        cast_vote(poll=poll, by=cast[key], choices=[0])
    assert voted(poll) == 0


@pytest.mark.parametrize("key", ["teal", "pebble", "willow"])
def test_whoever_belongs_elsewhere_or_has_left_does_not_vote(cast: Cast, key: str) -> None:
    poll = opened(cast)
    with pytest.raises((Refused, Http404)):
        cast_vote(poll=poll, by=cast[key], choices=[0])
    assert voted(poll) == 0


@pytest.mark.parametrize("state", [State.ON_A_BREAK, State.INACTIVE])
def test_whoever_goes_away_while_it_is_open_does_not_vote_and_does_on_coming_back(cast: Cast, state: str) -> None:
    poll = opened(cast)
    Membership.objects.filter(pk=cast.heron.pk).update(state=state)
    # An old page still holds the membership as it was.
    with pytest.raises(Refused):
        cast_vote(poll=poll, by=cast.heron, choices=[0])
    Membership.objects.filter(pk=cast.heron.pk).update(state=State.ACTIVE)
    cast_vote(poll=poll, by=cast.heron, choices=[0])
    assert voted(poll) == 1


def test_roll_and_options_are_those_of_the_opening(cast: Cast) -> None:
    poll = opened(cast)
    Membership.objects.filter(pk=cast.finch.pk).update(state=State.ACTIVE)
    with pytest.raises(Refused):
        cast_vote(poll=poll, by=cast.finch, choices=[0])
    row = fresh(poll)
    assert (row.options, row.electorate, Elector.objects.filter(poll=poll).count()) == (TREES, 10, 10)


@pytest.mark.parametrize("choices", [[3], [-1], [0, 1, 2]])
def test_what_can_not_be_chosen_is_refused_and_the_vote_is_still_to_be_had(cast: Cast, choices: list[int]) -> None:
    poll = opened(cast, most=2)
    with pytest.raises(Refused):
        cast_vote(poll=poll, by=cast.heron, choices=choices)
    votes(poll, (cast.heron, [0, 1]))
    assert voted(poll) == 1


def test_motion_takes_exactly_one_answer(cast: Cast) -> None:
    poll = motion(cast)
    for choices in ([], [0, 1]):
        with pytest.raises(Refused):
            cast_vote(poll=poll, by=cast.heron, choices=choices)


def test_what_waits_for_ones_vote_is_known_and_goes_with_it(cast: Cast, time_machine: TimeMachineFixture) -> None:
    later, first = opened(cast), opened(cast, lasts=timedelta(days=1))
    now = clock.now()
    assert list(still_to_vote(cast.heron, now)) == [first, later]
    votes(first, (cast.heron, [0]))
    assert list(still_to_vote(cast.heron, now)) == [later]
    assert list(still_to_vote(cast.dale, now)) == []
    assert list(still_to_vote(cast.heron, now + LASTS)) == []


# Secret or open.


@pytest.mark.parametrize(("members", "secret"), [(4, False), (5, True)])
def test_under_five_members_no_vote_is_secret(cast: Cast, members: int, secret: bool) -> None:
    who = [cast[key] for key in TAKES_PART[:members]]
    poll = opened(cast, who=[*who, cast.dale] if members == 4 else who)
    assert poll.secret is secret
    assert bool(poll.key_name) is secret


def test_secret_vote_leaves_no_row_of_a_choice_and_an_open_one_does(cast: Cast) -> None:
    closed, shown = opened(cast), opened(cast, secret=False)
    votes(closed, (cast.heron, [1]))
    votes(shown, (cast.heron, [1]))
    assert [(vote.poll_id, vote.choices) for vote in OpenVote.objects.all()] == [(shown.pk, [1])]


@pytest.mark.parametrize("bad", ["options", "who", "twice", "elsewhere", "seats", "measure"])
def test_what_is_no_vote_is_not_opened(cast: Cast, bad: str) -> None:
    how: dict[str, dict] = {
        "options": {"options": []},
        "who": {"who": []},
        "twice": {"who": [cast.heron, cast.heron]},
        "elsewhere": {"who": [cast.heron, cast.teal]},
        "seats": {"seats": 0},
        "measure": {"options": ["Yes"], "measure": NEEDS},
    }
    with pytest.raises(ValueError, match="A vote needs"):
        opened(cast, **how[bad])
    assert Poll.objects.count() == 0


# State by verb.


def in_state(cast: Cast, state: str, time_machine: TimeMachineFixture) -> Poll:
    """A vote in this state; "due" is open and past its close."""
    poll = opened(cast)
    if state == PollState.CANCELLED:
        cancel_poll(poll=poll, by="site", now=clock.now())
    if state in {"due", PollState.CLOSED, PollState.COUNTED}:
        time_machine.shift(LASTS)
    if state == PollState.CLOSED:
        from elections.services import closing

        closing._close(poll.pk)
    if state == PollState.COUNTED:
        close_due()
    return fresh(poll)


AFTER = {
    ("open", "vote"): "open",
    ("open", "cancel"): "cancelled",
    ("open", "sweep"): "open",
    ("due", "sweep"): "counted",
    ("closed", "sweep"): "counted",
    ("counted", "sweep"): "counted",
    ("cancelled", "sweep"): "cancelled",
}


@pytest.mark.parametrize("verb", ["vote", "cancel", "sweep"])
@pytest.mark.parametrize("state", ["open", "due", "closed", "counted", "cancelled"])
def test_each_verb_in_each_state(cast: Cast, state: str, verb: str, time_machine: TimeMachineFixture) -> None:
    poll = in_state(cast, state, time_machine)
    before = verbs(poll)
    acts = {
        "vote": lambda: cast_vote(poll=poll, by=cast.heron, choices=[0]),
        "cancel": lambda: cancel_poll(poll=poll, by="site", now=clock.now()),
        "sweep": sweep,
    }
    if (state, verb) in AFTER:
        acts[verb]()
        assert fresh(poll).state == AFTER[state, verb]
        return
    with pytest.raises(Conflict):
        acts[verb]()
    assert fresh(poll).state == poll.state
    assert verbs(poll) == before


def test_steps_are_those_of_the_table() -> None:
    assert {verb: (set(row.sources), row.target) for verb, row in POLL_STEPS.items()} == {
        "close": ({"open"}, "closed"),
        "count": ({"closed"}, "counted"),
        "cancel": ({"open"}, "cancelled"),
        "hold_again": ({"open", "closed"}, "open"),
    }


# The close.


def test_last_moment_counts_and_the_close_itself_does_not(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = opened(cast)
    time_machine.shift(LASTS - timedelta(microseconds=1))
    votes(poll, (cast.heron, [0]))
    assert close_due() == 0
    time_machine.shift(timedelta(microseconds=1))
    with pytest.raises(Conflict):
        cast_vote(poll=poll, by=cast.moss, choices=[0])
    assert close_due() == 1
    assert fresh(poll).outcome["ballots"] == 1


def test_count_is_told_once_and_carries_the_result(cast: Cast, heard: Heard, time_machine: TimeMachineFixture) -> None:
    poll = motion(cast)
    votes(poll, *[(cast[key], [0]) for key in TAKES_PART[:6]], (cast.clover, [1]))
    time_machine.shift(LASTS)
    sweep()
    sweep()
    [(pk, result)] = heard.results
    assert pk == poll.pk
    assert (result.passed, result.quorate, result.ballots, result.electorate) == (True, True, 7, 10)
    assert result.figures is None
    assert verbs(poll) == ["open vote", *["vote"] * 7, "close vote", "count vote"]


def test_lot_stands_on_record_before_the_box_is_opened(
    cast: Cast, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]))
    recorded = Entry.objects.get(subject=poll.ref, verb="vote").facts
    seen: list[list[str]] = []
    monkeypatch.setattr(keys, "read", lambda name: seen.append(verbs(poll)) or real(name))
    time_machine.shift(LASTS)
    close_due()
    assert seen == [["open vote", "vote", "close vote"]]
    row = fresh(poll)
    assert f'"lot":"{row.lot}"' in Entry.objects.get(subject=poll.ref, verb="close vote").facts
    # It was on record with the last vote already: the close could not choose another.
    assert row.lot in recorded


real = keys.read


def test_what_is_kept_of_a_count_is_what_may_be_said(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]), (cast.moss, [0, 1]))
    time_machine.shift(LASTS)
    close_due()
    assert fresh(poll).outcome == {
        "winners": [0],
        "passed": None,
        "quorate": True,
        "ballots": 2,
        "by_lot": False,
        "figures": None,
    }


def test_outcome_that_fails_leaves_the_vote_for_the_next_time_and_others_are_counted(
    cast: Cast, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing, fine = opened(cast), opened(cast)
    votes(failing, (cast.heron, [0]))
    told = outcomes.of("trial")

    def fail(poll: Poll, result: object) -> None:
        if poll.pk == failing.pk:
            raise RuntimeError

    outcomes.register("trial", fail, told.heading, told.back_to)
    time_machine.shift(LASTS)
    with caplog.at_level(logging.ERROR):
        close_due()
    assert (fresh(failing).state, fresh(fine).state) == (PollState.CLOSED, PollState.COUNTED)
    assert keys.exists(failing.key_name)
    assert "a vote could not go on" in caplog.text
    register(again := Heard())
    close_due()
    assert [result.ballots for _pk, result in again.results] == [1]


# The key.


def test_key_is_destroyed_once_the_count_is_stored(
    cast: Cast, time_machine: TimeMachineFixture, django_capture_on_commit_callbacks: object
) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]))
    time_machine.shift(LASTS)
    with django_capture_on_commit_callbacks() as waiting:
        close_due()
    assert keys.exists(poll.key_name)
    for act in waiting:
        act()
    assert keys.names() == []


def test_key_that_outlived_its_vote_is_destroyed_by_the_sweep_and_no_other(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    counted, open_still, called_off = opened(cast), opened(cast, lasts=2 * LASTS), opened(cast)
    nobodys = keys.make()
    cancel_poll(poll=called_off, by="site", now=clock.now())
    time_machine.shift(LASTS)
    close_due()
    assert len(keys.names()) == 4
    destroy_spent_keys()
    assert set(keys.names()) <= {open_still.key_name, nobodys}
    assert keys.exists(open_still.key_name)
    assert not keys.exists(counted.key_name)


@pytest.mark.parametrize("harm", ["gone", "cut", "other"])
@pytest.mark.parametrize("when", ["open", "due"])
def test_vote_whose_key_is_lost_is_held_again_by_itself(
    cast: Cast, heard: Heard, harm: str, when: str, time_machine: TimeMachineFixture
) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]), (cast.moss, [1]))
    if when == "due":
        time_machine.shift(LASTS)
    path = settings.ELECTION_KEYS / f"{poll.key_name}.key"
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"short" if harm == "cut" else b"x" * 32)
    sweep()
    if when == "open" and harm != "gone":
        # A key that is there but wrong shows with the next vote, and is dealt with at the close.
        with pytest.raises(Conflict, match="held again"):
            cast_vote(poll=poll, by=cast.fern, choices=[0])
        time_machine.shift(LASTS)
        sweep()
    row = fresh(poll)
    assert (row.state, row.attempt, voted(poll), heard.again, heard.results) == (PollState.OPEN, 2, 0, [poll.pk], [])
    assert row.closes_at == clock.now() + LASTS
    assert (row.options, row.electorate) == (poll.options, poll.electorate)
    votes(row, (cast.heron, [2]))
    time_machine.shift(LASTS)
    sweep()
    [(_pk, result)] = heard.results
    assert (result.ballots, result.winners) == (1, (2,))


def test_box_that_was_put_back_as_it_was_earlier_is_found_and_the_vote_held_again(
    cast: Cast, heard: Heard, time_machine: TimeMachineFixture
) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]))
    earlier = bytes(Box.objects.get(poll=poll).sealed)
    votes(poll, (cast.moss, [1]))
    Box.objects.filter(poll=poll).update(sealed=earlier)
    time_machine.shift(LASTS)
    sweep()
    assert heard.again == [poll.pk]
    assert heard.results == []


def test_called_off_vote_keeps_nothing_that_could_be_counted(
    cast: Cast, heard: Heard, django_capture_on_commit_callbacks: object
) -> None:
    closed, shown = opened(cast), opened(cast, secret=False)
    votes(shown, (cast.heron, [1]))
    with django_capture_on_commit_callbacks(execute=True):
        for poll in (closed, shown):
            cancel_poll(poll=poll, by="membership:1", now=clock.now())
    assert keys.names() == []
    assert OpenVote.objects.count() == 0
    assert heard.results == []


# What leaves.


def test_record_of_a_vote_holds_no_choice_and_no_figure(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = opened(cast, secret=False)
    votes(poll, (cast.heron, [0]), (cast.moss, [1, 2]))
    time_machine.shift(LASTS)
    close_due()
    facts = {entry.verb: set(json.loads(entry.facts)) for entry in Entry.objects.filter(subject=poll.ref)}
    assert facts == {
        "open vote": {"purpose", "about", "secret", "options", "roll", "closes"},
        "vote": {"box"},
        "close vote": {"lot"},
        "count vote": {"ballots", "roll", "passed"},
    }


def test_poll_row_says_nothing_of_a_vote_that_is_open(cast: Cast) -> None:
    poll = opened(cast)
    before = Poll.objects.values().get(pk=poll.pk)
    votes(poll, (cast.heron, [0]), (cast.moss, [1]))
    assert Poll.objects.values().get(pk=poll.pk) == before
