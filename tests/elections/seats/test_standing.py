"""Standing in an election: every state of a name and of an election, every verb, every role."""

from datetime import timedelta

import pytest
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from elections.lifecycle import STANDING_STEPS, ElectionKind, ElectionState, StandingState
from elections.models import Election, Nomination, Poll
from elections.queries import electorate_of
from elections.seats.services import answer, nominate, stand, withdraw
from elections.services import open_poll
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast
from tests.elections.seats.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
FELLSIDE = ("wren", "rowan", "linden", "heron", "finch", "hazel", "sorrel", "bramble", "thorn", "willow", "dale")


def poll_for(cast: Cast, subject: str) -> Poll:
    return open_poll(
        community=cast.fellside,
        purpose="election",
        subject=subject,
        secret=True,
        options=["Heron", "Moss"],
        electorate=electorate_of(cast.fellside),
        closes_at=clock.now() + timedelta(days=5),
        most=None,
        by="site",
        now=clock.now(),
    )


def election_in(cast: Cast, state: str) -> Election:
    """An election at Fellside in that state, put there without asking the services."""
    now = clock.now()
    has_poll = state in {ElectionState.VOTING, ElectionState.DECIDED, ElectionState.UNDECIDED}
    return Election.objects.create(
        community=cast.fellside,
        kind=ElectionKind.BY_ELECTION,
        state=state,
        opened_at=now,
        nominations_close_at=now + timedelta(days=7),
        poll=poll_for(cast, "election:0") if has_poll else None,
        ended_at=None if state in {ElectionState.NOMINATING, ElectionState.VOTING} else now,
    )


def name_in(election: Election, cast: Cast, state: str) -> Nomination:
    """Heron's name in it, put forward by Moss."""
    now = clock.now()
    return Nomination.objects.create(
        election=election, candidate=cast.heron, proposed_by=cast.moss, state=state, made_at=now, changed_at=now
    )


# What each verb leads to from each state of a name while people can stand; "no" where it can't be.
LEADS_TO = {
    ("yes", "asked"): "standing",
    ("yes", "standing"): "standing",
    ("yes", "declined"): "no",
    ("yes", "withdrawn"): "no",
    ("no", "asked"): "declined",
    ("no", "standing"): "no",
    ("no", "declined"): "declined",
    ("no", "withdrawn"): "no",
    ("no_longer", "asked"): "no",
    ("no_longer", "standing"): "withdrawn",
    ("no_longer", "declined"): "no",
    ("no_longer", "withdrawn"): "withdrawn",
    ("stand", "asked"): "standing",
    ("stand", "standing"): "standing",
    ("stand", "declined"): "standing",
    ("stand", "withdrawn"): "standing",
    ("nominate", "asked"): "asked",
    ("nominate", "standing"): "standing",
    ("nominate", "declined"): "declined",
    ("nominate", "withdrawn"): "withdrawn",
}


def do(verb: str, cast: Cast, name: Nomination) -> None:
    if verb == "stand":
        stand(election=name.election, by=cast.heron)
    elif verb == "nominate":
        nominate(election=name.election, candidate=cast.heron, by=cast.fern)
    elif verb == "no_longer":
        withdraw(nomination=name, by=cast.heron)
    else:
        answer(nomination=name, by=cast.heron, yes=verb == "yes")


@pytest.mark.parametrize(("verb", "state"), LEADS_TO)
def test_each_verb_from_each_state_of_a_name(cast: Cast, verb: str, state: str) -> None:
    name = name_in(election_in(cast, ElectionState.NOMINATING), cast, state)
    wanted = LEADS_TO[verb, state]
    if wanted == "no":
        with pytest.raises(Conflict):
            do(verb, cast, name)
    else:
        do(verb, cast, name)
    name.refresh_from_db()
    assert name.state == (state if wanted == "no" else wanted)
    assert Nomination.objects.count() == 1


def test_table_of_steps_is_what_the_services_do() -> None:
    assert {target for step in STANDING_STEPS.values() for target in [step.target]} <= set(StandingState)
    assert set(STANDING_STEPS) == {"accept", "decline", "withdraw", "stand_after_all"}


OVER = (ElectionState.DECIDED, ElectionState.UNDECIDED, ElectionState.CALLED_OFF)


@pytest.mark.parametrize("state", list(ElectionState))
@pytest.mark.parametrize("verb", ["stand", "nominate", "yes", "no", "no_longer"])
def test_each_verb_in_each_state_of_an_election(cast: Cast, verb: str, state: str) -> None:
    before = {"no_longer": "standing"}.get(verb, "asked")
    name = name_in(election_in(cast, state), cast, before)
    if verb in {"stand", "nominate"}:
        name.delete()
    may = state == ElectionState.NOMINATING or verb == "no" or (verb == "no_longer" and state == ElectionState.VOTING)
    if may:
        do(verb, cast, name)
    else:
        with pytest.raises((Refused, Conflict)):
            do(verb, cast, name)
    assert Nomination.objects.exclude(state=before).exists() == (may and verb != "nominate")


@pytest.mark.parametrize("key", FELLSIDE)
def test_who_may_stand(cast: Cast, key: str) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    if key in {"rowan", "linden", "heron"}:
        assert stand(election=election, by=cast[key]).state == StandingState.STANDING
    elif key in {"finch", "sorrel", "thorn", "willow", "dale"}:
        with pytest.raises(Http404):
            stand(election=election, by=cast[key])
    else:  # wren has a seat that goes on; hazel is on a break; bramble is suspended from the board
        with pytest.raises(Refused):
            stand(election=election, by=cast[key])
    assert Nomination.objects.exists() == (key in {"rowan", "linden", "heron"})


@pytest.mark.parametrize("key", FELLSIDE)
def test_who_may_put_a_name_forward(cast: Cast, key: str) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    if key in {"wren", "rowan", "linden", "bramble"}:
        nominate(election=election, candidate=cast.heron, by=cast[key])
        assert Nomination.objects.get().state == StandingState.ASKED
    elif key == "heron":
        nominate(election=election, candidate=cast.heron, by=cast.heron)
        assert Nomination.objects.get().state == StandingState.STANDING
    else:
        with pytest.raises((Refused, Http404)):
            nominate(election=election, candidate=cast.heron, by=cast[key])
        assert not Nomination.objects.exists()


@pytest.mark.parametrize("key", FELLSIDE)
def test_who_may_be_put_forward(cast: Cast, key: str) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    if key in {"rowan", "linden", "heron"}:
        nominate(election=election, candidate=cast[key], by=cast.fern)
        assert Notice.objects.get(kind="put_forward").person_id == cast[key].person_id
    else:
        with pytest.raises((Refused, Http404)):
            nominate(election=election, candidate=cast[key], by=cast.fern)


@pytest.mark.parametrize("verb", ["stand", "nominate", "answer"])
def test_another_communitys_election_is_missing(cast: Cast, verb: str) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    name = name_in(election, cast, "asked")
    acts = {
        "stand": lambda: stand(election=election, by=cast.teal),
        "nominate": lambda: nominate(election=election, candidate=cast.plover, by=cast.teal),
        "answer": lambda: answer(nomination=name, by=cast.teal, yes=True),
    }
    with pytest.raises(Http404):
        acts[verb]()


def test_somebody_of_another_community_can_not_be_put_forward(cast: Cast) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    with pytest.raises(Http404):
        nominate(election=election, candidate=cast.teal, by=cast.heron)


def test_answer_is_the_one_askeds_alone(cast: Cast) -> None:
    name = name_in(election_in(cast, ElectionState.NOMINATING), cast, "asked")
    for key in ("moss", "wren", "linden"):
        with pytest.raises(Http404):
            answer(nomination=name, by=cast[key], yes=True)


def test_time_to_stand_ends_to_the_second_by_the_databases_clock(cast: Cast, time_machine: TimeMachineFixture) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    time_machine.move_to(election.nominations_close_at - timedelta(milliseconds=1), tick=False)
    stand(election=election, by=cast.heron)
    time_machine.shift(timedelta(milliseconds=1))
    with pytest.raises(Refused):
        stand(election=election, by=cast.moss)


def test_asking_names_nobody_and_goes_when_it_was_answered(cast: Cast) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    nominate(election=election, candidate=cast.heron, by=cast.moss)
    nominate(election=election, candidate=cast.heron, by=cast.fern)
    notice = Notice.objects.get(kind="put_forward")
    answer(nomination=Nomination.objects.get(), by=cast.heron, yes=False)
    notice.refresh_from_db()
    assert notice.withdrawn_at is not None
    assert Nomination.objects.get().proposed_by_id == cast.moss.pk


def test_record_holds_who_acted_and_no_name_put_forward(cast: Cast) -> None:
    election = election_in(cast, ElectionState.NOMINATING)
    nominate(election=election, candidate=cast.heron, by=cast.moss)
    entry = Entry.objects.get(verb="put forward")
    assert (entry.actor, entry.subject) == (cast.moss.ref, election.ref)
    assert cast.heron.ref not in f"{entry.facts}{entry.subject}"
