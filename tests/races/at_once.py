"""Two or more at once on a real database, and the same with the lock taken out."""

import importlib
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.db.transaction import Atomic

RECORDERS = (
    "audit.erasures",
    "boards.services.holding_all",
    "boards.services.inviting",
    "boards.services.settling",
    "boards.services.writing",
    "communities.services.keeping_apart",
    "communities.services.standing",
    "crisisplans.services.erasing",
    "crisisplans.services.looking",
    "crisisplans.services.opening",
    "crisisplans.services.reviewing",
    "crisisplans.services.saving",
    "crisisplans.services.suggesting",
    "elections.motions.services.happening",
    "elections.motions.services.opening",
    "elections.motions.services.proposing",
    "elections.motions.services.words",
    "elections.seats.services.holding",
    "elections.seats.services.minding",
    "elections.seats.services.standing",
    "elections.seats.services.steps",
    "elections.services.polls",
    "meetings.services.absences",
    "meetings.services.agenda",
    "meetings.services.away",
    "meetings.services.coming",
    "meetings.services.coming_back",
    "meetings.services.holding",
    "meetings.services.local",
    "meetings.services.meeting_rows",
    "meetings.services.pack",
    "meetings.services.polls",
    "meetings.services.register",
    "meetings.services.sessions",
    "moderation.services.answering",
    "moderation.services.asides",
    "moderation.services.asking_in",
    "moderation.services.closing",
    "moderation.services.closing_objections",
    "moderation.services.danger",
    "moderation.services.deciding",
    "moderation.services.for_staff",
    "moderation.services.reporting",
    "moderation.services.returning",
    "moderation.services.suspending_by_two",
)


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

    Nobody is waited for longer than `patience` (seconds): whoever a lock keeps out comes later.
    """

    def __init__(self, racers: int, patience: float) -> None:
        self._barrier, self._patience = threading.Barrier(racers), patience

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(self._patience)


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
    outcomes: list[Any] = [None] * len(jobs)

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
    for module in RECORDERS:
        patch.setattr(f"{module}.record", lambda **entry: None)
    # Words are sealed only within a transaction, which is what the twin has none of.
    patch.setattr("crisisplans.sealing.connection", SimpleNamespace(in_atomic_block=True))
    if connection.vendor == "postgresql":
        patch.setattr(QuerySet, "select_for_update", lambda self, **how: self)
    else:
        patch.setattr(Atomic, "__enter__", lambda self: None)
        patch.setattr(Atomic, "__exit__", lambda self, *fault: None)
