"""Reports at the same moment: one form is one report, ten an hour are ten, one answer stands, a decision closes all."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import IntegrityError

from boards.models import Post
from moderation.lifecycle import Verb
from moderation.models import Report
from moderation.services import report_post
from people.decisions import Conflict, Refused
from tests.moderation.reporting import answered, now_of, reported, told
from tests.races.race import Race, both_ways, lost
from tests.races.test_two_at_once_on_a_post import deciding
from tests.steps import start


class Reporting(Race):
    """A race about a post of Moss's that stands on the board."""

    def on_the_board(self) -> Post:
        post = start(self.cast.moss)
        self.moment.shift(timedelta(hours=2))
        post.refresh_from_db()
        return post


class SameReportFourTimes(Reporting):
    racers = 4

    def prepare(self) -> None:
        self.post, self.key = self.on_the_board(), uuid4()

    def jobs(self) -> list[Callable[[], Any]]:
        heron = self.cast.heron
        form = told(heron, self.cast.moss, form_key=self.key)
        return [partial(report_post, post=self.post, by=heron, told=form)] * self.racers

    def held(self, outcomes: list[Any]) -> bool:
        broken = [fault for fault in outcomes if isinstance(fault, IntegrityError)]
        return not broken and len({report.pk for report in outcomes if isinstance(report, Report)}) == 1


class TenthAndEleventhReport(Reporting):
    def prepare(self) -> None:
        self.post = self.on_the_board()
        for _each in range(9):
            reported(self.post, self.cast.heron)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(reported, self.post, self.cast.heron) for _each in range(2)]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]


class TwoAnswer(Reporting):
    def prepare(self) -> None:
        self.report = reported(self.on_the_board(), self.cast.heron)

    def jobs(self) -> list[Callable[[], Any]]:
        return [
            partial(answered, self.report, self.cast.wren, "leave"),
            partial(answered, self.report, self.cast.ash, "act"),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


class ReportAgainstHiding(Reporting):
    def prepare(self) -> None:
        self.post = self.on_the_board()

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(reported, self.post, self.cast.heron), deciding(self.post, Verb.HIDE, self.cast.wren)]

    def held(self, outcomes: list[Any]) -> bool:
        report, _decision = outcomes
        # Whichever was first: nothing stays open about a post that was decided on.
        return not any(map(lost, outcomes)) and now_of(report).state in {"acted", "gone"}


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    SameReportFourTimes, TenthAndEleventhReport, TwoAnswer, ReportAgainstHiding
)
