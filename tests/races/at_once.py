"""Two or more at once on a real database, and the same with the lock taken out."""

import importlib
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.db.transaction import Atomic

from audit.services import record

WRITES = ("INSERT", "UPDATE", "DELETE")


class Moment:
    """The time of a race: it stands still until it is moved, for every thread."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def shift(self, span: timedelta) -> None:
        self.at += span


class Meeting:
    """A place in the code where racers wait for each other, so that each has looked before one of them acts.

    Where a racer first writes to the database, unless a function is named to meet after (`meet_after`). Nobody is
    waited for longer than `patience` (seconds): whoever a lock keeps out comes later. They meet so many `times`.
    `first`: which of them then goes on alone, to its end, and the others after it, one by one. So it is not chance
    which of them acts on what has changed since it looked.
    """

    def __init__(self, racers: int, patience: float, first: int | None = None, times: int = 1) -> None:
        self._barrier, self._patience, self._times = threading.Barrier(racers), patience, times
        self._ended = [threading.Event() for _ in range(racers)]
        self._order = [] if first is None else [(first + step) % racers for step in range(racers)]
        self._racer = threading.local()

    def racing(self, place: int, job: Callable[[], Any], *, before_writing: bool) -> Callable[[], Any]:
        """The job of the racer with this number (0, 1, …), whose end the others can wait for."""

        def run() -> Any:
            self._racer.place = place
            try:
                with connection.execute_wrapper(self._look_at_statement) if before_writing else nullcontext():
                    return job()
            finally:
                self._ended[place].set()

        return run

    def wait(self) -> None:
        """Meet the others; nothing once one has met them often enough."""
        met = getattr(self._racer, "met", 0)
        if met == self._times:
            return
        self._racer.met = met + 1
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(self._patience)
        if self._order and self._racer.met == self._times:
            for place in self._order[: self._order.index(self._racer.place)]:
                self._ended[place].wait(self._patience)

    def _look_at_statement(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(WRITES):
            self.wait()
        return execute(sql, *rest)


def meet_after(patch: pytest.MonkeyPatch, meeting: Meeting, *names: str) -> None:
    """Let racers meet after each of these functions ("boards.services.writing.rules_of")."""
    for name in names:
        module, _dot, function = name.rpartition(".")
        patch.setattr(name, _then_meet(getattr(importlib.import_module(module), function), meeting))


def _then_meet(original: Callable[..., Any], meeting: Meeting) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        meeting.wait()
        return result

    return wrapped


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a database connection of its own; return what each returned or raised."""
    outcomes: list[Any] = [TimeoutError("It did not end.")] * len(jobs)

    def run(place: int) -> None:
        try:
            outcomes[place] = jobs[place]()
        except Exception as fault:  # it is the outcome
            outcomes[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def take_out_the_locks(patch: pytest.MonkeyPatch) -> None:
    """The twin's world: no row is locked (PostgreSQL), no transaction holds others off (SQLite).

    The record is left out with it: its chain has a lock of its own, and would show the race as an error of its own.
    """
    # What it does is taken out, rather than its name in each module that knows it.
    patch.setattr(record, "__code__", (lambda **entry: None).__code__)
    # Words are sealed only within a transaction, which is what the twin has none of.
    patch.setattr("crisisplans.sealing.connection", SimpleNamespace(in_atomic_block=True))
    if connection.vendor == "postgresql":
        patch.setattr(QuerySet, "select_for_update", lambda self, **how: self)
    else:
        patch.setattr(Atomic, "__enter__", lambda self: None)
        patch.setattr(Atomic, "__exit__", lambda self, *fault: None)
