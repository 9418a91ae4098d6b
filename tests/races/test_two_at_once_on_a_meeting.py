"""Two at once about a meeting: one special meeting, one that is open, one outcome, one second voice."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import IntegrityError

import clock
from audit.queries import verify
from meetings.lifecycle import MeetingState, Outcome
from meetings.models import CommunityMeeting
from meetings.services import call_special_meeting, note_outcome, open_meeting, second_copy
from people.decisions import Conflict
from tests.cast import Cast, sitting_now
from tests.meetings.making import a_meeting, a_piece, an_item
from tests.races.at_once import at_once
from tests.races.race import Race, both_ways
from tests.steps import start


class TwoOutcomes(Race):
    def prepare(self) -> None:
        CommunityMeeting.objects.filter(state=MeetingState.OPEN).update(state=MeetingState.ENDED, ended_at=clock.now())
        meeting = a_meeting(self.cast.fellside, self.cast.juniper, state=MeetingState.OPEN)
        self.item = an_item(self.cast.heron, meeting=meeting)

    def jobs(self) -> list[Callable[[], Any]]:
        note = partial(note_outcome, item=self.item, words="")
        return [
            partial(note, by=sitting_now(self.cast.wren), outcome=Outcome.TALKED),
            partial(note, by=sitting_now(self.cast.ash), outcome=Outcome.AGREED),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


class TwoMeetingsOpen(Race):
    def prepare(self) -> None:
        CommunityMeeting.objects.filter(state=MeetingState.OPEN).update(state=MeetingState.ENDED, ended_at=clock.now())
        self.meetings = [a_meeting(self.cast.fellside) for _ in range(2)]

    def jobs(self) -> list[Callable[[], Any]]:
        by = (self.cast.wren, self.cast.ash)
        return [
            partial(open_meeting, meeting=one, by=sitting_now(who)) for one, who in zip(self.meetings, by, strict=True)
        ]

    def held(self, outcomes: list[Any]) -> bool:
        broken = any(isinstance(outcome, IntegrityError) for outcome in outcomes)
        return not broken and sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


class TwoSecondVoices(Race):
    def prepare(self) -> None:
        self.item = a_piece(start(self.cast.heron), self.cast.wren).copy.item

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(second_copy, item=self.item, by=sitting_now(by)) for by in (self.cast.ash, self.cast.juniper)]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(TwoOutcomes, TwoMeetingsOpen, TwoSecondVoices)


def test_called_by_two_at_once_it_is_one_special_meeting(cast: Cast) -> None:
    call = partial(call_special_meeting, community=cast.fellside, why="", now=clock.now())
    found = at_once(*[partial(call, by=f"membership:{number}") for number in range(4)])
    assert len({meeting.pk for meeting in found}) == 1
    assert CommunityMeeting.objects.count() == 1
    assert verify() == []
