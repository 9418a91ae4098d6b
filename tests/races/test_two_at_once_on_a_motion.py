"""A motion at the same moment: proposed, opened, taken back as it closes, carried out late, words looked at by two."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import IntegrityError
from django.db.utils import OperationalError

import clock
from audit.queries import verify
from boards.models import HoldAll
from communities.models import RuleChange
from elections.models import Motion, MotionWords, Poll
from elections.motions.lifecycle import MotionState
from elections.motions.services import happen_due, look_at_words, open_due, propose_motion, withdraw_motion
from elections.motions.services.opening import open_motion
from elections.motions.services.proposing import own_open
from elections.services import cast_vote, close_due
from people.decisions import Conflict, Refused
from tests.cast import Cast, sitting_now
from tests.elections.motions.steps import asked, fresh, proposed
from tests.races.at_once import Moment, at_once
from tests.races.race import Race, both_ways
from tests.steps import HELD

MOTIONS = "elections.motions.services"


class SentTwice(Race):
    """The same form twice: one proposal."""

    def prepare(self) -> None:
        MotionWords.objects.all().delete()
        Motion.objects.all().delete()

    def jobs(self) -> list[Callable[[], Any]]:
        self.form = asked("free", form_key=uuid4())
        return [partial(propose_motion, by=self.cast.heron, asked=self.form)] * 2

    def held(self, outcomes: list[Any]) -> bool:
        return not any(isinstance(one, Exception) for one in outcomes) and outcomes[0].pk == outcomes[1].pk


class OneTooMany(Race):
    """Two more by somebody who has two open: three are the most."""

    def prepare(self) -> None:
        Motion.objects.filter(proposed_by=self.cast.fern).update(state=MotionState.WITHDRAWN, decided_at=clock.now())
        for _ in range(2):
            proposed(self.cast.fern)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(propose_motion, by=self.cast.fern, asked=asked("free")) for _ in range(2)]

    def held(self, outcomes: list[Any]) -> bool:
        return own_open(self.cast.fern) == 3 and sum(isinstance(one, Refused) for one in outcomes) == 1


class OpenedByTwo(Race):
    """Two pages open its vote: there is one."""

    def prepare(self) -> None:
        MotionWords.objects.all().delete()
        Motion.objects.all().delete()
        self.motion = proposed(self.cast.heron)
        Motion.objects.update(opens_at=clock.now())
        self.polls = Poll.objects.count()

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(open_motion, self.motion.pk)] * 2

    def held(self, outcomes: list[Any]) -> bool:
        return outcomes == [None, None] and Poll.objects.count() == self.polls + 1


class HappensLate(Race):
    """Two sweeps find what was carried and has not happened: it happens once."""

    def prepare(self) -> None:
        HoldAll.objects.all().delete()
        motion = proposed(self.cast.heron, "hold_all", days=7)
        Motion.objects.filter(pk=motion.pk).update(state=MotionState.CARRIED, decided_at=clock.now())

    def jobs(self) -> list[Callable[[], Any]]:
        return [happen_due] * 2

    def held(self, outcomes: list[Any]) -> bool:
        return not any(isinstance(one, Exception) for one in outcomes) and HoldAll.objects.count() == 1


class LookedAtByTwo(Race):
    """One lets others read words, another gives them back: one decides."""

    def prepare(self) -> None:
        MotionWords.objects.all().delete()
        Motion.objects.all().delete()
        proposed(self.cast.heron, words=HELD)
        self.words = MotionWords.objects.get()

    def jobs(self) -> list[Callable[[], Any]]:
        look = partial(look_at_words, words=self.words, seen=1)
        # Given back, they can't be released; released, they can still be given back: so both say the first.
        return [partial(look, by=sitting_now(self.cast[key]), verb="release") for key in ("wren", "ash")]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(type(one).__name__ for one in outcomes) == ["Conflict", "NoneType"]


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    SentTwice, OneTooMany, OpenedByTwo, HappensLate, LookedAtByTwo
)


def test_same_thing_proposed_by_two_at_once_is_open_once(cast: Cast) -> None:
    form = partial(asked, "rule", rule="pause_day_minutes", value="10")
    outcomes = at_once(*[partial(propose_motion, by=by, asked=form()) for by in (cast.heron, cast.fern)])
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "Motion"]
    assert not any(isinstance(one, IntegrityError) for one in outcomes)


def test_what_was_carried_happens_once_however_many_count_and_open(cast: Cast, moment: Moment) -> None:
    motion = voted_on(cast, moment)
    moment.at = motion.poll.closes_at
    outcomes = at_once(*[close_due] * 4, open_due, happen_due)
    assert not [fault for fault in outcomes if isinstance(fault, Exception)]
    assert (fresh(motion).effect, RuleChange.objects.count()) == ("done", 1)
    assert verify() == []


def test_taken_back_as_it_closes_is_too_late_and_waits_in_no_circle(cast: Cast, moment: Moment) -> None:
    motion = voted_on(cast, moment)
    moment.at = motion.poll.closes_at
    outcomes = at_once(close_due, partial(withdraw_motion, motion=motion, by=cast.heron))
    assert isinstance(outcomes[1], Conflict)
    assert not isinstance(outcomes[0], OperationalError)
    close_due()
    assert (fresh(motion).state, RuleChange.objects.count()) == ("carried", 1)


def voted_on(cast: Cast, moment: Moment) -> Motion:
    """A rule's change that six have said yes to."""
    motion = proposed(cast.heron, "rule", rule="pause_day_minutes", value="10")
    moment.at = motion.opens_at
    open_due()
    motion = fresh(motion)
    for key in ("wren", "ash", "juniper", "rowan", "fern", "moss"):
        cast_vote(poll=motion.poll, by=cast[key], choices=[0])
    return motion
