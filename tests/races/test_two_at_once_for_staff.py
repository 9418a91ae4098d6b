"""What is for staff, by two at the same moment: it goes once, opens once, and the first to have seen it stands."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from boards.models import StaffInvitation
from moderation.lifecycle import DangerState, DangerTo
from moderation.models import DangerNotice, StaffNotice
from moderation.services.asking_in import ask_staff_in, second_asking_in
from moderation.services.danger import ALONE_AFTER, _send_if_unanswered, answer_danger_notice, ask_danger_notice
from moderation.services.for_staff import acknowledge
from people.decisions import Conflict
from tests.cast import sitting_now
from tests.races.race import Race, both_ways, lost


class OfDanger(Race):
    """A race about a danger notice that waits for a second."""

    def asking(self) -> Callable[[], DangerNotice]:
        return partial(
            ask_danger_notice,
            by=sitting_now(self.cast.wren),
            about=self.cast.moss,
            to=DangerTo.LIFE,
            words="Some words",
            adds_danger=False,
            form_key=self.key,
        )

    def prepare(self) -> None:
        self.key = uuid4()
        self.danger = self.asking()()

    def answering(self, key: str, verb: str) -> Callable[[], DangerNotice]:
        return partial(answer_danger_notice, danger=self.danger, by=sitting_now(self.cast[key]), verb=verb)


class TwoAgree(OfDanger):
    def jobs(self) -> list[Callable[[], Any]]:
        return [self.answering("ash", "agree"), self.answering("juniper", "agree")]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


class AgreeAgainstLettingBe(OfDanger):
    def jobs(self) -> list[Callable[[], Any]]:
        return [self.answering("ash", "agree"), self.answering("wren", "drop")]

    def held(self, outcomes: list[Any]) -> bool:
        state = DangerNotice.objects.get(pk=self.danger.pk).state
        given = StaffNotice.objects.filter(danger=self.danger).exists()
        return sum(map(lost, outcomes)) == 1 and given == (state == DangerState.SENT)


class AgreeAgainstTheTenMinutes(OfDanger):
    def prepare(self) -> None:
        super().prepare()
        self.moment.shift(ALONE_AFTER)

    def jobs(self) -> list[Callable[[], Any]]:
        return [self.answering("ash", "agree"), partial(_send_if_unanswered, self.danger.pk)]

    def held(self, outcomes: list[Any]) -> bool:
        agreed, alone = outcomes
        return lost(agreed) == (alone is True)


class SecondVoiceTwice(Race):
    def prepare(self) -> None:
        self.asking = ask_staff_in(
            by=sitting_now(self.cast.wren),
            staff=[self.cast.dale],
            thread=None,
            until=self.moment() + ALONE_AFTER,
            form_key=uuid4(),
        )
        self.before = StaffInvitation.objects.count()

    def jobs(self) -> list[Callable[[], Any]]:
        people = (self.cast.ash, self.cast.juniper)
        return [partial(second_asking_in, asking=self.asking, by=sitting_now(member)) for member in people]

    def held(self, outcomes: list[Any]) -> bool:
        return sum(map(lost, outcomes)) == 1 and StaffInvitation.objects.count() == self.before + 1


class TwoHaveSeenIt(OfDanger):
    def prepare(self) -> None:
        super().prepare()
        self.answering("ash", "agree")()
        self.notice = StaffNotice.objects.get(danger=self.danger)

    def jobs(self) -> list[Callable[[], Any]]:
        people = (self.cast.dale, self.cast.glen)
        return [partial(acknowledge, notice=self.notice, by=sitting_now(member)) for member in people]

    def held(self, outcomes: list[Any]) -> bool:
        return len({outcome.seen_by_id for outcome in outcomes}) == 1


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    TwoAgree, AgreeAgainstLettingBe, AgreeAgainstTheTenMinutes, SecondVoiceTwice, TwoHaveSeenIt
)
