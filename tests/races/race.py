"""A race of two or more, and the two tests of it: with the locks it holds, and its twin without them fails."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from audit.queries import verify
from people.decisions import Conflict, Refused
from tests.cast import Cast
from tests.races.at_once import Meeting, Moment, at_once, meet_after, take_out_the_locks

Patch = pytest.MonkeyPatch
# How long racers wait for each other, in seconds: where locks keep one out, in vain; without them, until all are there.
LOCKED, FREE = 0.2, 20.0


def lost(outcome: Any) -> bool:
    return isinstance(outcome, Conflict | Refused)


class Race:
    """One race: `run` sets it up anew, runs it and says whether what must hold held."""

    # Where they meet is before the first thing written, or after any of these functions that look.
    meets: tuple[str, ...] = ()
    # For whoever comes to none of those functions.
    or_before_writing = False
    times = 1
    racers = 2

    def __init__(self, cast: Cast, moment: Moment, patch: Patch) -> None:
        self.cast, self.moment, self.patch = cast, moment, patch

    def run(self, patience: float, first: int | None = None) -> bool:
        """`first`: see `Meeting`."""
        with self.patch.context() as patch:
            self.prepare()
            meeting = Meeting(self.racers, patience, first, self.times)
            meet_after(patch, meeting, *self.meets)
            racing = partial(meeting.racing, before_writing=self.or_before_writing or not self.meets)
            outcomes = at_once(*[racing(place, job) for place, job in enumerate(self.jobs())])
        for fault in outcomes:
            if isinstance(fault, Exception) and not isinstance(fault, Conflict | Refused | IntegrityError):
                raise fault  # a twin must fail for the lock's sake, not for another reason
        return self.held(outcomes)

    def prepare(self) -> None:
        raise NotImplementedError

    def jobs(self) -> list[Callable[[], Any]]:
        raise NotImplementedError

    def held(self, outcomes: list[Any]) -> bool:
        raise NotImplementedError


def fails_without_locks(race: Race) -> None:
    """The twin: with the locks taken out, what must hold breaks when one of the racers goes first, or the other."""
    with race.patch.context() as patch:
        take_out_the_locks(patch)
        held = [race.run(FREE, first=0)]
        if all(held):
            held.append(race.run(FREE, first=race.racers - 1))
    assert not all(held)


def both_ways(*races: type[Race], without_twin: tuple[type[Race], ...] = ()) -> tuple[Callable[..., None], ...]:
    """The two tests of a file of races. `without_twin`: what holds on one of the databases without our locks too."""

    @pytest.mark.parametrize("race", races + without_twin)
    def with_locks(cast: Cast, moment: Moment, monkeypatch: Patch, race: type[Race]) -> None:
        once = race(cast, moment, monkeypatch)
        assert [once.run(LOCKED) for _ in range(2)] == [True, True]
        assert verify() == []

    @pytest.mark.parametrize("race", races)
    def without_locks(cast: Cast, moment: Moment, monkeypatch: Patch, race: type[Race]) -> None:
        fails_without_locks(race(cast, moment, monkeypatch))

    return with_locks, without_locks
