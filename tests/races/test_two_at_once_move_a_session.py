"""Two at once about a session: moved twice from pages of the same edition."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

import clock
from audit.queries import verify
from meetings.said import Moved
from meetings.services import move_session
from people.decisions import Conflict
from tests.cast import sitting_now
from tests.meetings.groups import a_session
from tests.races.test_two_at_once_on_a_post import FREE, LOCKED, Patch, Race, fails_without_locks


class MovedTwice(Race):
    meets = ("meetings.services.sessions.may_change_session",)

    def prepare(self) -> None:
        self.session = a_session(self.cast.fellside, clock.now() + timedelta(days=1))

    def jobs(self) -> list[Callable[[], Any]]:
        hours = (self.session.starts_at + timedelta(hours=number) for number in (1, 2))
        who = (self.cast.dale, self.cast.wren)
        return [
            partial(move_session, session=self.session, by=sitting_now(by), said=Moved(at, 60), seen=0)
            for by, at in zip(who, hours, strict=True)
        ]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


RACES = (MovedTwice,)


@pytest.mark.parametrize("race", RACES)
def test_two_at_once_who_move_a_session_end_as_if_one_came_after_the_other(
    cast: Any, moment: Any, monkeypatch: Patch, race: type[Race]
) -> None:
    once = race(cast, moment, monkeypatch)
    assert [once.run(LOCKED) for _ in range(2)] == [True, True]
    assert verify() == []


@pytest.mark.parametrize("race", RACES)
def test_two_at_once_who_move_a_session_without_the_lock_break_it(
    cast: Any, moment: Any, monkeypatch: Patch, race: type[Race]
) -> None:
    once = race(cast, moment, monkeypatch)
    fails_without_locks(monkeypatch, partial(once.run, FREE))
