"""A new network, from its founder to the second election, in ten weeks; every step by its people or by time."""

from datetime import timedelta

import pytest

import clock
from audit.queries import verify
from communities.lifecycle import Instead, Kind, Office, State
from communities.models import Membership
from communities.queries import is_open_for_writing
from communities.services import create_community, join, record_admission
from elections.lifecycle import ElectionKind
from elections.models import Election
from people.models import Person
from tests.cast import client_of, sitting_now
from tests.elections.seats.steps import (
    NOON,
    in_office,
    opened,
    the_job_runs,
    to_the_count,
    to_the_vote,
    vote,
)

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.django_db]
WEEK = timedelta(weeks=1)


class Place:
    """The new community, whose people come in by their links."""

    def __init__(self) -> None:
        self.founded = create_community(
            name="Quayside",
            preset="service_user_network",
            founder="the one who asked",
            caretakers=["a friend of hers"],
            staff="the nurse",
            chosen_rules={"term_weeks": "5", "nomination_days": "4", "election_days": "3"},
        )
        self.community = self.founded.community

    def comes_in(self, name: str, token: str) -> Membership:
        key = f"{name.lower()}-of-the-quay-10"
        person = Person.objects.create_person(sign_in_name=key, password=None, created_at=clock.now())
        return join(token=token, person=person, display_name=name)

    def joins(self, name: str, *by: Membership) -> Membership:
        """By the open link, and said yes to by two, who looked at a plan on paper with the newcomer."""
        member = self.comes_in(name, self.founded.open_token)
        for one in by:
            record_admission(membership=member, by=sitting_now(one), instead=Instead.ON_PAPER)
        member.refresh_from_db()
        assert member.state == State.ACTIVE
        return member


def test_the_first_ten_weeks_of_a_new_community(time_machine):
    started = clock.now()
    place = Place()
    first, second, staff = (link.token for link in place.founded.links)

    gull = place.comes_in("Gull", first)
    assert not is_open_for_writing(place.community, clock.now())
    time_machine.shift(timedelta(days=2))
    tern = place.comes_in("Tern", second)
    place.comes_in("Nurse", staff)
    assert is_open_for_writing(place.community, clock.now())
    page = client_of(gull).get("/c/quayside/rules/").content.decode()
    assert "These are our founding weeks" in page

    members = []
    for name in ("Skua", "Petrel"):
        time_machine.shift(timedelta(days=4))
        members.append(place.joins(name, gull, tern))
    the_job_runs()
    assert not Election.objects.exists()

    time_machine.shift(timedelta(days=4))
    members.append(place.joins("Dunlin", gull, tern))
    skua, petrel, dunlin = members
    election = opened(place.community)
    assert election.kind == ElectionKind.FIRST
    to_the_vote(election, time_machine, gull, skua, petrel)
    assert election.poll.secret
    for by in (gull, tern, skua, petrel):
        vote(election, by, gull, skua)
    vote(election, dunlin, petrel)
    to_the_count(election, time_machine)
    assert in_office(place.community, Office.TOP_THREE) == {"gull", "skua", "petrel"}
    assert in_office(place.community, Office.CARETAKER) == set()
    assert "These are our founding weeks" not in client_of(tern).get("/c/quayside/rules/").content.decode()

    ends_at = gull.terms.get(office=Office.TOP_THREE).ends_at
    time_machine.move_to(ends_at - timedelta(days=14), tick=False)
    second_election = opened(place.community)
    assert second_election.kind == ElectionKind.ORDINARY
    to_the_vote(second_election, time_machine, skua, dunlin, tern)
    for by in (gull, petrel, tern):
        vote(second_election, by, dunlin, tern, skua)
    to_the_count(second_election, time_machine)
    assert in_office(place.community, Office.TOP_THREE) == {"gull", "skua", "petrel"}
    time_machine.move_to(ends_at, tick=False)
    assert in_office(place.community, Office.TOP_THREE) == {"dunlin", "tern", "skua"}
    the_job_runs()
    assert is_open_for_writing(place.community, clock.now())
    assert clock.now() - started <= 10 * WEEK
    assert Membership.objects.filter(community=place.community, kind=Kind.STAFF).count() == 1
    assert verify() == []
