"""What two people do about one decision at the same moment: heard once, undone by two, left to the others once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import IntegrityError

from boards.lifecycle import State
from boards.models import Explanation, StepAside
from communities.models import TermOfOffice
from meetings.models import AgendaItem
from moderation.lifecycle import Hearing
from moderation.models import Objection, PostDecision
from moderation.services import hear, object_to, step_aside
from tests.cast import sitting_now
from tests.moderation.objecting import objected
from tests.races.race import Race, both_ways, lost
from tests.races.test_two_at_once_on_a_post import decided
from tests.steps import HELD, fresh, start


def hearing(objection: Objection, by: Any, verdict: Hearing) -> Callable[[], Any]:
    return partial(hear, objection=objection, by=sitting_now(by), verdict=verdict)


class UndoAgainstLettingStand(Race):
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
    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        decided(self.post, "return", self.cast.wren)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(object_to, case=self.post.ref, by=self.cast.heron)] * 2

    def held(self, outcomes: list[Any]) -> bool:
        made = [one for one in outcomes if isinstance(one, Objection)]
        return len(made) == 2 and len({one.pk for one in made}) == 1


class TwoLeaveItToTheOthers(Race):
    """The last two leave it at once, and nobody stands in: it goes to the community, and its author is told once."""

    # Having asked who is left, having left, having asked again, and having found nothing on the agenda. Without the
    # third, one of them could end before the other asks again, which on PostgreSQL is the only way to see the other.
    meets = (
        "moderation.services.asides.circle_of_post",
        "moderation.services.asides.open_decision",
        "moderation.services.too_few.open_item",
    )
    times = 4

    def prepare(self) -> None:
        TermOfOffice.objects.filter(membership=self.cast.rowan).delete()
        AgendaItem.objects.all().delete()
        self.post = start(self.cast.heron, HELD)
        step_aside(post=self.post, by=sitting_now(self.cast.juniper))

    def jobs(self) -> list[Callable[[], Any]]:
        leaving = (self.cast.wren, self.cast.ash)
        return [partial(step_aside, post=self.post, by=sitting_now(one)) for one in leaving]

    def held(self, outcomes: list[Any]) -> bool:
        told = Explanation.objects.filter(post=self.post, verb="to_meeting").count()
        brought = AgendaItem.objects.filter(ref=self.post.ref).count()
        return outcomes == [None, None] and (told, brought) == (1, 1)


class OneLeavesWhatAnotherSeconds(Race):
    """Without the lock the database still refuses a voice both seconded and taken away; then one meets a fault."""

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
        broken = [fault for fault in outcomes if isinstance(fault, IntegrityError)]
        left = StepAside.objects.filter(membership=self.cast.wren, case=self.post.ref).exists()
        return removed == by_two and left and not broken


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    UndoAgainstLettingStand,
    TwoUndoWhatTwoDecided,
    TheSameObjectionTwice,
    TwoLeaveItToTheOthers,
    OneLeavesWhatAnotherSeconds,
)
