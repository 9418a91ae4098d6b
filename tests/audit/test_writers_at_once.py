"""Many writers on one chain: one place for each, none lost (safety checks 7.3)."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

import clock
from audit import services
from audit.models import Chain, Entry
from audit.queries import verify
from audit.services import record
from tests.at_once import at_once

# SQLite has one writer at a time: fewer show the same and take less time.
WRITERS = 50 if connection.vendor == "postgresql" else 12


def write() -> None:
    with transaction.atomic():
        record(chain="community:1", verb="post", actor="membership:1", subject="post:1", at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_each_get_a_place_of_their_own() -> None:
    assert at_once(*[write] * WRITERS) == [None] * WRITERS
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, WRITERS + 1))
    assert verify() == []


def unlocked(meeting: Barrier):
    """The chain's row without its lock, both having read it before either goes on."""

    def read(name: str) -> Chain:
        row, _made = Chain.objects.get_or_create(name=name)
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=5)
        return row

    return read


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_loses_a_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    Chain.objects.create(name="community:1")
    monkeypatch.setattr(services, "_locked_chain", unlocked(Barrier(2)))
    assert sum(isinstance(result, DatabaseError) for result in at_once(write, write)) == 1


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_immediate_transaction_loses_a_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    Chain.objects.create(name="community:1")
    monkeypatch.setattr(services, "_locked_chain", unlocked(Barrier(2)))
    monkeypatch.setattr(services, "connection", SimpleNamespace(in_atomic_block=True))

    def bare() -> None:
        record(chain="community:1", verb="post", actor="membership:1", subject="post:1", at=clock.now())

    assert sum(isinstance(result, DatabaseError) for result in at_once(bare, bare)) == 1
