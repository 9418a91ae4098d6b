"""Two at once about a poll of times, and about a piece of local life."""

from collections.abc import Callable
from functools import partial
from typing import Any

from meetings.models import LocalChange, LocalPiece, PollMark, PollTime, Session, TimePoll
from meetings.services.local import LocalWords, change_piece
from meetings.services.polls import call_off_poll, mark_times
from meetings.services.settling_polls import settle_poll
from people.decisions import Conflict, Refused
from tests.cast import sitting_now
from tests.meetings.local_steps import a_piece
from tests.meetings.poll_steps import a_poll
from tests.races.race import Race, both_ways


class SettledTwice(Race):
    """Whoever asked and one of the Top Three choose other times: one choice holds, the other is told."""

    def prepare(self) -> None:
        PollTime.objects.update(session=None)
        Session.objects.all().delete()
        self.poll = a_poll(self.cast.moss)
        self.numbers = [row.pk for row in self.poll.times.all()]

    def jobs(self) -> list[Callable[[], Any]]:
        settle = partial(settle_poll, poll=self.poll)
        return [
            partial(settle, by=self.cast.moss, times=self.numbers[:1]),
            partial(settle, by=sitting_now(self.cast.wren), times=self.numbers[1:2]),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        one = sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]
        return one and Session.objects.count() == 1


class CalledOffWhileSettled(SettledTwice):
    """What was made into sessions is not called off as well."""

    def jobs(self) -> list[Callable[[], Any]]:
        return [super().jobs()[0], partial(call_off_poll, poll=self.poll, by=sitting_now(self.cast.wren))]

    def held(self, outcomes: list[Any]) -> bool:
        state = TimePoll.objects.get(pk=self.poll.pk).state
        made = Session.objects.count()
        one = sorted(isinstance(outcome, Conflict | Refused) for outcome in outcomes) == [False, True]
        return one and (state, made) in {("settled", 1), ("called_off", 0)}


class OneAnswerFromTwoPhones(Race):
    """Two answers of one person, one after the other: never a bit of both."""

    def prepare(self) -> None:
        PollMark.objects.all().delete()
        self.poll = a_poll(self.cast.moss)
        self.numbers = [row.pk for row in self.poll.times.all()]

    def jobs(self) -> list[Callable[[], Any]]:
        answer = partial(mark_times, poll=self.poll, by=self.cast.heron)
        return [partial(answer, marks={pk: "well"}) for pk in self.numbers[:2]]

    def held(self, outcomes: list[Any]) -> bool:
        return outcomes == [None, None] and PollMark.objects.count() == 1


class TwoChangesOfAPiece(Race):
    """Both from the same text: one stands, the other comes back to its writer."""

    def prepare(self) -> None:
        LocalChange.objects.all().delete()
        LocalPiece.objects.all().delete()
        self.piece = a_piece(self.cast.heron)

    def jobs(self) -> list[Callable[[], Any]]:
        change = partial(change_piece, piece=self.piece, seen=1)
        return [
            partial(change, by=self.cast.moss, says=LocalWords("On Mondays")),
            partial(change, by=self.cast.fern, says=LocalWords("On Tuesdays")),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        one = sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]
        return one and LocalPiece.objects.get().edition == 2


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    SettledTwice, CalledOffWhileSettled, OneAnswerFromTwoPhones, TwoChangesOfAPiece
)
