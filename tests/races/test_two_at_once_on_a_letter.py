"""Two at once on a letter of the group: it is begun once, sent once, and an answer and a decision never both hold."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError

from communities.lifecycle import State
from communities.models import Membership
from meetings.models import (
    AbsenceCase,
    ComeBackAsked,
    LetterReached,
    LetterVoice,
    LetterWords,
    Mark,
    Register,
    Session,
)
from meetings.services.absences import follow_up
from meetings.services.coming_back import ask_to_come_back, welcome_back
from meetings.services.deciding_absences import leave_as_it_is
from meetings.services.letters import agree_letter, answer_letter
from moderation.models import Suspension
from moderation.services import confirm_suspension
from notices.models import Notice
from tests.cast import sitting_now
from tests.meetings.attending import a_letter, everybody_but, fresh, missed_days
from tests.races.race import Race, both_ways, lost


class _Letter(Race):
    """From nothing each time."""

    def prepare(self) -> None:
        rows = (LetterVoice, LetterReached, LetterWords, AbsenceCase, Suspension, Mark, Register, Session, Notice)
        for model in rows:
            model.objects.all().delete()
        Membership.objects.filter(pk=self.cast.moss.pk).update(
            state=State.ACTIVE, suspended_from="", suspended_until=None, state_since=self.cast.moss.joined_at
        )


class TwoBegin(_Letter):
    def prepare(self) -> None:
        super().prepare()
        missed_days(self.cast, days=(9, 7, 2), here=everybody_but(self.cast, self.cast.moss))

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(follow_up, community=self.cast.fellside)] * 2

    def held(self, outcomes: list[Any]) -> bool:
        broken = [fault for fault in outcomes if isinstance(fault, IntegrityError)]
        return not broken and AbsenceCase.objects.count() == LetterWords.objects.count() == 1


class TwoSayYes(_Letter):
    # Each has spoken, then each has counted.
    meets = ("meetings.services.letters.apart_from", "meetings.services.letters.takes_part")
    times = 2

    def prepare(self) -> None:
        super().prepare()
        self.case = a_letter(self.cast, self.cast.moss)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(agree_letter, case=self.case, by=one, seen=1) for one in (self.cast.heron, self.cast.fern)]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(map(str, outcomes)) == ["False", "True"] and fresh(self.case).state == "sent"


class AnswerAgainstDecision(_Letter):
    def prepare(self) -> None:
        super().prepare()
        self.case = a_letter(self.cast, self.cast.moss, opened=True)
        self.moment.shift(timedelta(days=8))
        follow_up(community=self.cast.fellside)
        self.row = Suspension.objects.get()
        self._confirm(self.cast.wren)

    def _confirm(self, by: Membership) -> Suspension:
        return confirm_suspension(suspension=self.row, by=sitting_now(by))

    def jobs(self) -> list[Callable[[], Any]]:
        answer = partial(answer_letter, case=self.case, by=self.cast.moss, answer="come")
        return [answer, partial(self._confirm, self.cast.ash)]

    def held(self, outcomes: list[Any]) -> bool:
        here = Membership.objects.get(pk=self.cast.moss.pk).state == State.ACTIVE
        answered = fresh(self.case).state == "answered"
        dropped = Suspension.objects.get().state == "dropped"
        return here is answered is dropped and sorted(map(lost, outcomes)) == [False, True]


class AnswerAgainstLeaving(_Letter):
    """Where one in office decides, that nothing follows."""

    def prepare(self) -> None:
        super().prepare()
        self.case = a_letter(self.cast, self.cast.moss, opened=True)
        AbsenceCase.objects.update(after="inactive")
        self.moment.shift(timedelta(days=8))

    def jobs(self) -> list[Callable[[], Any]]:
        answer = partial(answer_letter, case=self.case, by=self.cast.moss, answer="come")
        return [answer, partial(leave_as_it_is, case=self.case, by=sitting_now(self.cast.wren))]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(map(lost, outcomes)) == [False, True]


class TwoSayWelcome(Race):
    def prepare(self) -> None:
        ComeBackAsked.objects.all().delete()
        Membership.objects.filter(pk=self.cast.sorrel.pk).update(state=State.INACTIVE)
        self.asked = ask_to_come_back(by=self.cast.sorrel)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(welcome_back, asked=self.asked, by=sitting_now(one)) for one in (self.cast.wren, self.cast.ash)]

    def held(self, outcomes: list[Any]) -> bool:
        back = Membership.objects.get(pk=self.cast.sorrel.pk).state == State.ACTIVE
        return back and sorted(map(lost, outcomes)) == [False, True]


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    TwoBegin,
    TwoSayYes,
    AnswerAgainstLeaving,
    AnswerAgainstDecision,
    # A change of standing looks again at what stands: whoever is second undoes their own steps with their transaction.
    without_twin=(TwoSayWelcome,),
)
