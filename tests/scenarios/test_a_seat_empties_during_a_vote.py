"""While Fellside votes on one seat, another falls empty: the same vote fills both, and two are there all the time."""

import pytest

from communities.lifecycle import Office
from elections.models import Election
from elections.seats.services import step_down
from tests.cast import client_of
from tests.elections.seats.steps import NOON, deciding, in_office, opened, the_job_runs, to_the_count, to_the_vote, vote
from tests.scenarios.night import page

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def test_a_seat_empties_during_a_vote(cast, time_machine):
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    election = to_the_vote(opened(cast.fellside), time_machine, cast.heron, cast.moss, cast.fern)
    vote(election, cast.clover, cast.heron, cast.moss)
    vote(election, cast.linden, cast.moss)

    juniper = client_of(cast.juniper)
    term = cast.juniper.terms.get()
    assert "An alternate stands in at once." in page(juniper, f"/c/fellside/seats/{term.pk}/step-down/")
    juniper.post(f"/c/fellside/seats/{term.pk}/step-down/")
    assert deciding(cast.fellside) == {"wren", "rowan"}
    assert "You are standing in for a while" in page(client_of(cast.rowan), "/notices/")
    the_job_runs()
    assert Election.objects.filter(community=cast.fellside).count() == 1

    vote(election, cast.ash, cast.heron, cast.moss, cast.fern)
    to_the_count(election, time_machine)
    assert in_office(cast.fellside, Office.TOP_THREE) == {"wren", "heron", "moss"}
    assert in_office(cast.fellside, Office.CARETAKER) == set()
    told = page(client_of(cast.clover), f"/c/fellside/elections/{election.pk}/")
    assert told.count("elected: Top Three") == 2
    assert "fern" not in in_office(cast.fellside, *Office)
    assert Election.objects.filter(community=cast.fellside).count() == 1
