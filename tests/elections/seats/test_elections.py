"""Elections from their beginning by themselves to offices that begin (domain, sections 2 and 3)."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.queries import verify
from communities.lifecycle import Office
from communities.models import TermOfOffice
from elections.lifecycle import ElectionKind, ElectionState
from elections.models import Election
from elections.seats.queries import running
from elections.seats.services import stand, step_down
from notices.models import Notice
from tests.cast import Cast
from tests.elections.seats.steps import (
    NOON,
    deciding,
    end,
    in_office,
    opened,
    the_job_runs,
    to_the_count,
    to_the_vote,
    vote,
    whole_election,
)

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def test_nothing_is_to_be_chosen_and_no_election_begins(cast: Cast) -> None:
    the_job_runs()
    assert running(cast.fellside) is None


def test_first_election_begins_by_itself_with_five_active_members(cast: Cast) -> None:
    election = opened(cast.riverside)
    assert (election.kind, election.state) == (ElectionKind.FIRST, ElectionState.NOMINATING)
    told = Notice.objects.filter(kind="election_open").values_list("person", flat=True)
    assert set(told) == {cast[key].person_id for key in ("otter", "kestrel", "teal", "plover", "pebble")}


def test_first_election_waits_while_four_are_active(cast: Cast) -> None:
    cast.pebble.state = "on_a_break"
    cast.pebble.save()
    the_job_runs()
    assert running(cast.riverside) is None


def test_caretakers_step_back_when_two_have_been_elected(cast: Cast, time_machine: TimeMachineFixture) -> None:
    chosen = [cast.teal, cast.plover]
    election = whole_election(
        cast.riverside,
        time_machine,
        stand=[*chosen, cast.otter],
        votes={cast.teal: chosen, cast.plover: chosen, cast.pebble: [*chosen, cast.otter], cast.kestrel: [cast.otter]},
    )
    assert election.state == ElectionState.DECIDED
    assert in_office(cast.riverside, Office.TOP_THREE) == {"teal", "plover", "otter"}
    assert in_office(cast.riverside, Office.CARETAKER) == set()
    term = TermOfOffice.objects.get(membership=cast.teal, office=Office.TOP_THREE)
    assert term.ends_at - term.starts_at >= timedelta(weeks=25)
    assert Notice.objects.filter(kind="elected").count() == 3
    assert verify() == []


def test_one_alone_is_elected_and_the_caretakers_stay_until_there_are_two(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    whole_election(cast.riverside, time_machine, stand=[cast.teal], votes={cast.pebble: [cast.teal]})
    assert in_office(cast.riverside, Office.TOP_THREE) == {"teal"}
    assert in_office(cast.riverside, Office.CARETAKER) == {"otter", "kestrel"}
    assert opened(cast.riverside).kind == ElectionKind.BY_ELECTION


def test_next_by_ranking_is_alternate(cast: Cast, time_machine: TimeMachineFixture) -> None:
    step_down(term=cast.wren.terms.get(), by=cast.wren)
    step_down(term=cast.rowan.terms.get(), by=cast.rowan)
    whole_election(
        cast.fellside,
        time_machine,
        stand=[cast.heron, cast.moss, cast.fern],
        votes={
            cast.clover: [cast.heron, cast.moss],
            cast.linden: [cast.heron, cast.moss],
            cast.ash: [cast.heron],
            cast.rowan: [cast.fern],
        },
    )
    assert in_office(cast.fellside, Office.TOP_THREE) == {"ash", "juniper", "heron"}
    assert in_office(cast.fellside, Office.ALTERNATE) == {"moss"}


def test_election_begins_before_a_term_ends_and_seats_change_hands_on_its_day(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    ends_at = cast.wren.terms.get().ends_at
    time_machine.move_to(ends_at - timedelta(days=20), tick=False)
    the_job_runs()
    assert running(cast.fellside) is None
    time_machine.move_to(ends_at - timedelta(days=19), tick=False)
    chosen = [cast.heron, cast.wren]
    election = whole_election(
        cast.fellside, time_machine, stand=chosen, votes={cast.moss: chosen, cast.fern: [cast.heron]}
    )
    assert election.kind == ElectionKind.ORDINARY
    assert in_office(cast.fellside, Office.TOP_THREE) == {"wren", "ash", "juniper"}
    time_machine.move_to(ends_at - timedelta(milliseconds=1), tick=False)
    assert in_office(cast.fellside, Office.TOP_THREE) == {"wren", "ash", "juniper"}
    time_machine.move_to(ends_at, tick=False)
    assert in_office(cast.fellside, Office.TOP_THREE) == {"wren", "heron", "juniper"}
    assert TermOfOffice.objects.in_force(ends_at).filter(membership=cast.wren).count() == 1


@pytest.mark.parametrize("how", ["step_down", "left", "begin_break", "suspend", "ran_out"])
def test_empty_seat_begins_a_by_election_whatever_the_reason(cast: Cast, how: str) -> None:
    from moderation.services import change_standing

    if how == "step_down":
        step_down(term=cast.ash.terms.get(), by=cast.ash)
    elif how == "ran_out":
        end(cast.ash)
    else:
        more = (
            {"suspended_from": "board", "suspended_until": clock.now() + timedelta(days=9)} if how == "suspend" else {}
        )
        change_standing(membership=cast.ash, verb="leave" if how == "left" else how, by="site", **more)
    assert opened(cast.fellside).kind == ElectionKind.BY_ELECTION


def test_nobody_stands_and_the_time_goes_on_and_is_said_once(cast: Cast, time_machine: TimeMachineFixture) -> None:
    election = opened(cast.riverside)
    for times in (1, 2, 3):
        time_machine.move_to(election.nominations_close_at, tick=False)
        the_job_runs()
        election.refresh_from_db()
        assert (election.state, election.prolonged) == (ElectionState.NOMINATING, times)
    assert Notice.objects.filter(kind="election_waits").count() == 5
    assert deciding(cast.riverside) == {"otter", "kestrel"}


def test_nobody_votes_and_nobody_is_chosen_by_the_lot_alone(cast: Cast, time_machine: TimeMachineFixture) -> None:
    election = to_the_count(to_the_vote(opened(cast.riverside), time_machine, cast.teal, cast.plover), time_machine)
    assert election.state == ElectionState.UNDECIDED
    assert in_office(cast.riverside, Office.TOP_THREE) == set()
    assert opened(cast.riverside).pk != election.pk


def test_whoever_withdrew_after_the_paper_was_printed_is_passed_over(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    from elections.seats.services import withdraw

    election = to_the_vote(opened(cast.riverside), time_machine, cast.teal, cast.plover, cast.otter, cast.kestrel)
    for by in (cast.pebble, cast.otter):
        vote(election, by, cast.teal, cast.plover, cast.otter)
    withdraw(nomination=election.nominations.get(candidate=cast.teal), by=cast.teal)
    to_the_count(election, time_machine)
    assert in_office(cast.riverside, Office.TOP_THREE) == {"plover", "otter", "kestrel"}


def test_no_seat_is_free_any_more_and_the_election_is_called_off(cast: Cast, time_machine: TimeMachineFixture) -> None:
    from communities.models import Rule

    step_down(term=cast.ash.terms.get(), by=cast.ash)
    election = opened(cast.fellside)
    stand(election=election, by=cast.heron)
    Rule.objects.create(community=cast.fellside, key="seats", value=2, since=clock.now())
    time_machine.move_to(election.nominations_close_at, tick=False)
    the_job_runs()
    election.refresh_from_db()
    assert election.state == ElectionState.CALLED_OFF
    assert running(cast.fellside) is None


def test_election_goes_on_by_its_page_while_no_job_runs(cast: Cast, time_machine: TimeMachineFixture) -> None:
    from tests.cast import client_of

    election = opened(cast.riverside)
    stand(election=election, by=cast.teal)
    page = f"/c/riverside/elections/{election.pk}/"
    time_machine.move_to(election.nominations_close_at, tick=False)
    assert "The vote is open until" in client_of(cast.pebble).get(page).content.decode()
    election.refresh_from_db()
    vote(election, cast.pebble, cast.teal)
    time_machine.move_to(election.poll.closes_at, tick=False)
    assert "elected: Top Three" in client_of(cast.pebble).get(page).content.decode()
    assert Election.objects.get().state == ElectionState.DECIDED
