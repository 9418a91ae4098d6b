"""What two people do about one decision at the same moment: heard once, undone by two, left to the others once."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from audit.queries import verify
from boards.lifecycle import State
from boards.models import StepAside
from moderation.lifecycle import Hearing
from moderation.models import Objection, PostDecision
from moderation.services import hear, object_to, step_aside
from tests.cast import Cast, sitting_now
from tests.moderation.objecting import objected
from tests.races.at_once import Moment
from tests.races.test_two_at_once_on_a_post import FREE, LOCKED, Patch, Race, decided, fails_without_locks, lost
from tests.steps import HELD, fresh, start


def hearing(objection: Objection, by: Any, verdict: Hearing) -> Callable[[], Any]:
    return partial(hear, objection=objection, by=sitting_now(by), verdict=verdict)


class UndoAgainstLettingStand(Race):
    meets = ("moderation.services.hearing.hearing_of",)

    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        decided(self.post, "return", self.cast.wren)
        self.objection = objected(fresh(self.post))

    def jobs(self) -> list[Callable[[], Any]]:
        return [
            hearing(self.objection, self.cast.ash, Hearing.UNDO),
            hearing(self.objection, self.cast.juniper, Hearing.LET_STAND),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        undone, stands = outcomes
        state = Objection.objects.get(pk=self.objection.pk).state
        post = fresh(self.post).state
        first = lost(stands) and not lost(undone) and (state, post) == ("undone", State.ACCEPTED)
        return first or (lost(undone) and not lost(stands) and (state, post) == ("stands", State.RETURNED))


class TwoUndoWhatTwoDecided(UndoAgainstLettingStand):
    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        for one in (self.cast.wren, self.cast.ash):
            decided(self.post, "remove", one)
        self.objection = objected(fresh(self.post))

    def jobs(self) -> list[Callable[[], Any]]:
        return [hearing(self.objection, by, Hearing.UNDO) for by in (self.cast.juniper, self.cast.rowan)]

    def held(self, outcomes: list[Any]) -> bool:
        row = Objection.objects.get(pk=self.objection.pk)
        back = PostDecision.objects.filter(post=self.post, verb="release")
        whole = row.state == "undone" and back.count() == 1 and back.get().seconded_by_id is not None
        return whole and not any(map(lost, outcomes)) and fresh(self.post).state == State.ACCEPTED


class TheSameObjectionTwice(Race):
    meets = ("moderation.services.objecting.last_objection",)

    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        decided(self.post, "return", self.cast.wren)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(object_to, case=self.post.ref, by=self.cast.heron)] * 2

    def held(self, outcomes: list[Any]) -> bool:
        made = [one for one in outcomes if isinstance(one, Objection)]
        return len(made) == 2 and len({one.pk for one in made}) == 1


class TwoLeaveItToTheOthers(Race):
    """Both leave at once: the third is left, and whoever left is not among those who decide."""

    meets = ("moderation.services.asides.may_judge",)

    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        decided(self.post, "remove", self.cast.wren)

    def jobs(self) -> list[Callable[[], Any]]:
        seconds = partial(decided, self.post, "remove", self.cast.ash)
        return [partial(step_aside, post=self.post, by=sitting_now(self.cast.wren)), seconds]

    def held(self, outcomes: list[Any]) -> bool:
        # Either the second came first and it is removed, or the first voice counted no more: never a removal by a
        # voice that had been taken away.
        removed = fresh(self.post).state == State.REMOVED
        by_two = PostDecision.objects.filter(post=self.post, seconded_by__isnull=False, lapsed_at=None).exists()
        return removed == by_two and StepAside.objects.filter(membership=self.cast.wren, case=self.post.ref).exists()


RACES = (UndoAgainstLettingStand, TwoUndoWhatTwoDecided, TheSameObjectionTwice)


@pytest.mark.parametrize("race", [*RACES, TwoLeaveItToTheOthers])
def test_two_at_once_on_an_objection_end_as_if_one_came_after_the_other(
    cast: Cast, moment: Moment, monkeypatch: Patch, race: type[Race]
) -> None:
    once = race(cast, moment, monkeypatch)
    assert [once.run(LOCKED) for _ in range(2)] == [True, True]
    assert verify() == []


@pytest.mark.parametrize("race", RACES)
def test_two_at_once_on_an_objection_without_the_lock_break_it(
    cast: Cast, moment: Moment, monkeypatch: Patch, race: type[Race]
) -> None:
    once = race(cast, moment, monkeypatch)
    fails_without_locks(monkeypatch, partial(once.run, FREE))
