"""Two at once about a session: moved twice from pages of the same edition."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import clock
from meetings.said import Moved
from meetings.services import move_session
from people.decisions import Conflict
from tests.cast import sitting_now
from tests.meetings.groups import a_session
from tests.races.race import Race, both_ways


class MovedTwice(Race):
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


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(MovedTwice)
