"""Several at once: one of 20 votes counts, no ballot is lost, a close and a vote never both win (safety checks, 4.4).

The twins show that the lock does it: without it, of two ballots one is lost.
"""

from datetime import timedelta
from threading import Barrier

import pytest

import clock
from communities.models import Membership
from communities.queries import lock_membership
from elections import ballots, keys, outcomes
from elections.models import Box, Poll
from elections.services import cancel_poll, cast_vote, close_due, closing, polls
from people.decisions import Conflict
from tests.at_once import at_once
from tests.cast import Cast
from tests.elections.votes import Heard, fresh, opened, register, voted

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS = ("wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover", "bramble")


def in_box(poll: Poll) -> int:
    row = fresh(poll)
    return sum(place is not None for place in polls.open_box(row, keys.read(row.key_name)))


def vote(poll: Poll, by: Membership, choices: list[int]):
    return lambda: cast_vote(poll=poll, by=by, choices=choices)


def test_of_twenty_votes_of_one_member_at_once_one_counts(cast: Cast) -> None:
    poll = opened(cast)
    results = at_once(*[vote(poll, cast.heron, [number % 3]) for number in range(20)])
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 19
    assert (voted(poll), in_box(poll)) == (1, 1)


def test_roll_and_box_hold_as_many_in_fifty_runs(cast: Cast) -> None:
    for run in range(50):
        poll = opened(cast)
        voters = [cast[key] for key in VOTERS[: 3 + run % 4]]
        # Each twice at once, so that the roll is what keeps them apart.
        results = at_once(*[vote(poll, member, [run % 3]) for member in voters for _ in range(2)])
        assert sum(result is None for result in results) == len(voters)
        assert voted(poll) == in_box(poll) == len(voters)


def unlocked(pk: int) -> Poll:
    return Poll.objects.select_related("community").get(pk=pk)


def both_look_first(meeting: Barrier):
    """The box opened by both before either puts its ballot in."""
    really = polls.open_box

    def look(poll: Poll, key: bytes) -> list[ballots.Ballot | None]:
        places = really(poll, key)
        meeting.wait(timeout=10)
        return places

    return look


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polls, "open_box", both_look_first(Barrier(2)))
    monkeypatch.setattr(polls, "note", lambda *_told, **_facts: None)
    monkeypatch.setattr(polls, "lock_poll", unlocked)


@pytest.mark.postgres_only
def test_twin_without_the_lock_loses_a_ballot(cast: Cast, without_lock: None) -> None:
    poll = opened(cast)
    assert at_once(vote(poll, cast.heron, [0]), vote(poll, cast.moss, [1])) == [None, None]
    assert (voted(poll), in_box_of(poll)) == (2, 1)


@pytest.mark.sqlite_only
def test_twin_without_the_immediate_transaction_loses_a_ballot(cast: Cast, without_lock: None) -> None:
    poll = opened(cast)
    bare = cast_vote.__wrapped__
    results = at_once(
        lambda: bare(poll=poll, by=cast.heron, choices=[0]), lambda: bare(poll=poll, by=cast.moss, choices=[1])
    )
    assert results == [None, None]
    assert (voted(poll), in_box_of(poll)) == (2, 1)


def in_box_of(poll: Poll) -> int:
    row = fresh(poll)
    sealed = bytes(Box.objects.get(poll=row).sealed)
    places = ballots.unseal(
        sealed, key=keys.read(row.key_name), electorate=row.electorate, options=3, bound_to=f"{row.ref}:{row.attempt}"
    )
    return sum(place is not None for place in places)


def test_close_and_votes_at_once_never_count_one_that_came_after(cast: Cast) -> None:
    register(heard := Heard())
    for _run in range(8):
        poll = opened(cast)
        # The close comes now: whoever gets the lock first.
        Poll.objects.filter(pk=poll.pk).update(closes_at=clock.now() + timedelta(milliseconds=40))
        results = at_once(*[vote(poll, cast[key], [0]) for key in VOTERS[:5]], close_due)
        clock_is_past(poll)
        close_due()
        taken = sum(result is None for result in results[:5])
        assert fresh(poll).outcome["ballots"] == voted(poll) == taken
    assert len(heard.results) == 8


def clock_is_past(poll: Poll) -> None:
    """Bring the close forward, so that nobody waits for it."""
    Poll.objects.filter(pk=poll.pk, state="open").update(closes_at=clock.now())


def test_counted_by_five_at_once_it_is_told_once(cast: Cast) -> None:
    register(heard := Heard())
    poll = opened(cast)
    vote(poll, cast.heron, [0])()
    clock_is_past(poll)
    results = at_once(*[close_due] * 5)
    assert all(isinstance(result, int) for result in results)
    assert [pk for pk, _result in heard.results] == [poll.pk]
    assert keys.names() == []


@pytest.fixture
def counts_without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen the vote closed and uncounted before either goes on."""
    meeting = Barrier(2)

    def look(pk: int) -> Poll:
        row = unlocked(pk)
        meeting.wait(timeout=10)
        return row

    monkeypatch.setattr(closing, "_lock_roll", lambda _pk: None)
    monkeypatch.setattr(closing, "lock_poll", look)
    monkeypatch.setattr(closing, "note", lambda *_told, **_facts: None)
    monkeypatch.setattr(closing, "destroy_key_after_commit", lambda _name: None)


def closed_and_heard(cast: Cast) -> tuple[Poll, Heard]:
    register(heard := Heard())
    poll = opened(cast)
    clock_is_past(poll)
    closing._close(poll.pk)
    return poll, heard


@pytest.mark.postgres_only
def test_twin_that_counts_without_the_lock_tells_twice(cast: Cast, request: pytest.FixtureRequest) -> None:
    poll, heard = closed_and_heard(cast)
    request.getfixturevalue("counts_without_lock")
    at_once(*[lambda: closing._count(poll.pk)] * 2)
    assert len(heard.results) == 2


@pytest.mark.sqlite_only
def test_twin_that_counts_without_the_immediate_transaction_tells_twice(
    cast: Cast, request: pytest.FixtureRequest
) -> None:
    poll, heard = closed_and_heard(cast)
    request.getfixturevalue("counts_without_lock")
    at_once(*[lambda: closing._count.__wrapped__(poll.pk)] * 2)
    assert len(heard.results) == 2


def test_called_off_and_voted_at_once_one_after_the_other(cast: Cast) -> None:
    for _run in range(6):
        poll = opened(cast)
        off, took = at_once(lambda p=poll: cancel_poll(poll=p, by="site", now=clock.now()), vote(poll, cast.heron, [0]))
        assert off is None
        assert took is None or isinstance(took, Conflict)
        assert fresh(poll).state == "cancelled"
        assert not keys.exists(poll.key_name)


def test_outcome_that_changes_a_voter_meets_that_voters_late_vote_without_a_circle(cast: Cast) -> None:
    """The count holds the roll's memberships before the vote, so nobody waits for each other for ever."""
    for _run in range(6):
        poll = opened(cast)
        told = outcomes.of("trial")
        outcomes.register(
            "trial", lambda _poll, _result: lock_membership(cast.heron) and None, told.heading, told.back_to
        )
        clock_is_past(poll)
        results = at_once(close_due, vote(poll, cast.heron, [0]), vote(poll, cast.moss, [0]))
        assert isinstance(results[0], int)
        assert all(isinstance(result, Conflict) for result in results[1:])
        close_due()
        assert fresh(poll).state == "counted"
