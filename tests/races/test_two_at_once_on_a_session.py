"""Two at once about a session: its last place, its register, and a time away that is said twice."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError

from clock.london import day_of
from meetings.lifecycle.coming import Answer, AwayKind, Was
from meetings.models import AwayTime, Coming, Mark, Register
from meetings.services.away import Days, say_away
from meetings.services.coming import say_coming
from meetings.services.register import take_register
from people.decisions import Conflict
from tests.cast import sitting_now
from tests.meetings.groups import a_session
from tests.races.race import Race, both_ways


class TheLastPlace(Race):
    def prepare(self) -> None:
        self.session = a_session(self.cast.fellside, self.moment.at + timedelta(days=1), room=1)

    def jobs(self) -> list[Callable[[], Any]]:
        come = partial(say_coming, session=self.session, answer=Answer.COMING)
        return [partial(come, by=who) for who in (self.cast.heron, self.cast.moss)]

    def held(self, outcomes: list[Any]) -> bool:
        answers = Coming.objects.filter(session=self.session).values_list("answer", flat=True)
        return sorted(answers) == [Answer.COMING, Answer.WAITING]


class TwoRegisters(Race):
    """Each with other marks: one is the register, the other is told and sees it."""

    def prepare(self) -> None:
        self.session = a_session(self.cast.fellside, self.moment.at, counts=True)

    def jobs(self) -> list[Callable[[], Any]]:
        taken = partial(take_register, session=self.session)
        return [
            partial(taken, by=sitting_now(self.cast.dale), marks={self.cast.heron.pk: Was.HERE}),
            partial(taken, by=sitting_now(self.cast.glen), marks={self.cast.heron.pk: Was.NOT_HERE}),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        whole = Mark.objects.filter(register__session=self.session).count() == 1
        return whole and sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


class OneRegisterSentTwice(TwoRegisters):
    def jobs(self) -> list[Callable[[], Any]]:
        marks = {self.cast.heron.pk: Was.HERE, self.cast.moss.pk: Was.NOT_HERE}
        by = (self.cast.dale, self.cast.glen)
        return [partial(take_register, session=self.session, by=sitting_now(who), marks=marks) for who in by]

    def held(self, outcomes: list[Any]) -> bool:
        broken = any(isinstance(outcome, IntegrityError | Conflict) for outcome in outcomes)
        return not broken and Register.objects.filter(session=self.session).count() == 1


class TwoCorrections(TwoRegisters):
    def prepare(self) -> None:
        super().prepare()
        take_register(session=self.session, by=sitting_now(self.cast.dale), marks={self.cast.heron.pk: Was.ILL})

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(job, seen=1) for job in super().jobs()]


class AwaySaidTwice(Race):
    def prepare(self) -> None:
        AwayTime.objects.all().delete()

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(say_away, by=self.cast.heron, kind=AwayKind.ILL, days=Days(day_of(self.moment.at)))] * 2

    def held(self, outcomes: list[Any]) -> bool:
        return AwayTime.objects.count() == 1


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    TheLastPlace, TwoRegisters, OneRegisterSentTwice, TwoCorrections, AwaySaidTwice
)
