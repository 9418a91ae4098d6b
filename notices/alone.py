"""One sender at a time: two at once would mix up the order."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection


@dataclass(frozen=True)
class Lock:
    """A lock in the process, and its number among processes (an advisory lock of PostgreSQL)."""

    number: int
    here: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def alone(lock: Lock) -> Iterator[bool]:
    """Whether nobody else holds this lock just now; it is held until the end of the block."""
    if not lock.here.acquire(blocking=False):
        yield False
        return
    try:
        if connection.vendor == "postgresql":
            yield from _among_processes(lock.number)
        else:
            yield True  # embedded: there is no other process
    finally:
        lock.here.release()


def _among_processes(number: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
