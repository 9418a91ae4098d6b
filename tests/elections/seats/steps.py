"""Short ways for the tests of elections: jobs run, time goes on, people vote."""

from datetime import timedelta

from time_machine import TimeMachineFixture

import clock
from communities.lifecycle import Office, State
from communities.models import Community, Membership, TermOfOffice
from elections.models import Election
from elections.schedule import follow_up
from elections.seats import services
from elections.seats.bench import bench_of
from elections.seats.queries import running
from elections.services import cast_vote
from tests.cast import Cast

NOON = "2026-06-10 12:00:00+01:00"


def the_job_runs() -> None:
    """As each half minute on a site with a worker; twice, for it must be safe to run twice."""
    follow_up()
    follow_up()


def end(*members: Membership) -> None:
    """Their terms run out now, as if their day had come; no service and no job knows yet."""
    now = clock.now()
    for member in members:
        TermOfOffice.objects.in_force(now).filter(membership=member).update(ends_at=now)


def in_office(community: Community, *offices: Office) -> set[str]:
    """The names of those who hold one of these offices now."""
    return {term.membership.display_name.lower() for term in bench_of(community, clock.now()).held(*offices)}


def deciding(community: Community) -> set[str]:
    """Who can decide now, by name."""
    return in_office(community, Office.TOP_THREE, Office.CARETAKER)


def opened(community: Community) -> Election:
    """The election for seats that goes on, after the job has run."""
    the_job_runs()
    election = running(community)
    assert election is not None
    return election


def to_the_vote(election: Election, time: TimeMachineFixture, *candidates: Membership) -> Election:
    """These stand; then the vote is open."""
    for member in candidates:
        services.stand(election=election, by=member)
    assert election.nominations_close_at is not None
    time.move_to(election.nominations_close_at, tick=False)
    the_job_runs()
    election.refresh_from_db()
    assert election.poll is not None
    return election


def vote(election: Election, by: Membership, *whom: Membership) -> None:
    """Tick these names."""
    numbers = {row.candidate_id: row.option for row in election.nominations.all()}
    assert election.poll is not None
    choices = [number for member in whom if (number := numbers[member.pk]) is not None]
    cast_vote(poll=election.poll, by=by, choices=choices)


def to_the_count(election: Election, time: TimeMachineFixture) -> Election:
    """The vote closes and is counted."""
    assert election.poll is not None
    time.move_to(election.poll.closes_at, tick=False)
    the_job_runs()
    election.refresh_from_db()
    return election


def whole_election(
    community: Community,
    time: TimeMachineFixture,
    *,
    stand: list[Membership],
    votes: dict[Membership, list[Membership]],
) -> Election:
    """From its beginning to the count."""
    election = to_the_vote(opened(community), time, *stand)
    for by, whom in votes.items():
        vote(election, by, *whom)
    return to_the_count(election, time)


def make_active(cast: Cast, *keys: str) -> None:
    """These are active members, and nobody else of their community is."""
    community = cast[keys[0]].community_id
    Membership.objects.filter(community_id=community, kind="member").exclude(
        pk__in=[cast[key].pk for key in keys]
    ).update(state=State.PROSPECTIVE, suspended_from="", suspended_until=None)


def weeks(number: int) -> timedelta:
    return timedelta(weeks=number)
