"""Seats at the same moment: two step down and somebody steps in, two look and one steps in, one is asked twice."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError
from django.db.utils import OperationalError

import clock
from audit.queries import verify
from communities.lifecycle import Office, State
from communities.models import Membership, TermOfOffice
from elections.models import EarlyEnd, Election, Nomination
from elections.seats.bench import bench_of
from elections.seats.queries import running
from elections.seats.services import follow_up_seats, nominate, see_to_two, stand, step_down
from elections.services import cast_vote, close_due
from moderation.services import leave
from tests.cast import Cast
from tests.races.at_once import Moment, at_once
from tests.races.race import Race, both_ways


def deciding(cast: Cast) -> set[int]:
    return bench_of(cast.fellside, clock.now()).deciding()


class TwoStepDown(Race):
    """Wren and Ash at once, where Juniper alone would be left: Rowan, the alternate, steps in."""

    # First when each has ended a term, so that both are seen to be ended by whoever looks next.
    meets = ("elections.seats.services.minding.lock_seats", "elections.seats.services.minding.bench_of")
    times = 2

    def prepare(self) -> None:
        EarlyEnd.objects.all().delete()
        TermOfOffice.objects.filter(membership__community=self.cast.fellside).delete()
        now = clock.now()
        self.terms = {}
        for key, office in (
            ("wren", "top_three"),
            ("ash", "top_three"),
            ("juniper", "top_three"),
            ("rowan", "alternate"),
        ):
            self.terms[key] = TermOfOffice.objects.create(
                membership=self.cast[key], office=office, starts_at=now - timedelta(days=3)
            )

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(step_down, term=self.terms[key], by=self.cast[key]) for key in ("wren", "ash")]

    def held(self, outcomes: list[Any]) -> bool:
        both = {self.cast.juniper.pk, self.cast.rowan.pk}
        return outcomes == [None, None] and deciding(self.cast) == both and self.stepped_in() == 1

    def stepped_in(self) -> int:
        return TermOfOffice.objects.filter(membership=self.cast.rowan, office=Office.CARETAKER).count()


class TwoLook(TwoStepDown):
    """Terms have run out and two jobs look at once: Rowan steps in once."""

    def jobs(self) -> list[Callable[[], Any]]:
        ended = [self.terms[key].pk for key in ("wren", "ash")]
        TermOfOffice.objects.filter(pk__in=ended).update(ends_at=clock.now())
        return [partial(see_to_two, self.cast.fellside, clock.now())] * 2

    def held(self, outcomes: list[Any]) -> bool:
        return outcomes == [None, None] and self.stepped_in() == 1


class AskedByTwo(Race):
    """Two put the same name forward."""

    def prepare(self) -> None:
        Nomination.objects.all().delete()
        self.election = running(self.cast.riverside)
        if self.election is None:
            follow_up_seats(self.cast.riverside)
            self.election = running(self.cast.riverside)

    def jobs(self) -> list[Callable[[], Any]]:
        ask = partial(nominate, election=self.election, candidate=self.cast.pebble)
        return [partial(ask, by=self.cast.teal), partial(ask, by=self.cast.plover)]

    def held(self, outcomes: list[Any]) -> bool:
        broken = any(isinstance(fault, IntegrityError) for fault in outcomes)
        return not broken and Nomination.objects.filter(candidate=self.cast.pebble).count() == 1


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(TwoStepDown, TwoLook, AskedByTwo)


def test_many_looks_at_once_open_one_election_and_tell_of_it_once(cast: Cast) -> None:
    outcomes = at_once(*[partial(follow_up_seats, cast.riverside)] * 6)
    assert not [fault for fault in outcomes if isinstance(fault, Exception)]
    assert Election.objects.filter(community=cast.riverside).count() == 1
    assert verify() == []


def test_whoever_leaves_as_the_votes_are_counted_waits_in_no_circle_and_holds_no_seat(
    cast: Cast, moment: Moment
) -> None:
    follow_up_seats(cast.riverside)
    election = running(cast.riverside)
    for key in ("teal", "plover", "pebble"):
        stand(election=election, by=cast[key])
    moment.at = election.nominations_close_at
    follow_up_seats(cast.riverside)
    election.refresh_from_db()
    cast_vote(poll=election.poll, by=cast.otter, choices=[0, 1, 2])
    moment.at = election.poll.closes_at
    outcomes = at_once(close_due, partial(leave, by=cast.teal), partial(follow_up_seats, cast.riverside))
    assert not [fault for fault in outcomes if isinstance(fault, OperationalError)]
    close_due()
    follow_up_seats(cast.riverside)
    assert Membership.objects.get(pk=cast.teal.pk).state == State.LEFT
    held = TermOfOffice.objects.in_force(clock.now()).filter(membership__community=cast.riverside)
    assert set(held.filter(office=Office.TOP_THREE).values_list("membership", flat=True)) == {
        cast.plover.pk,
        cast.pebble.pk,
    }
