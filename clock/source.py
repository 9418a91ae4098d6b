"""Asks the database what time it is, so that every process of an installation agrees (domain, section 6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.db import connection

QUESTIONS = {
    # clock_timestamp, not now(): inside a transaction the time must go on after a lock was waited for.
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
}


def ask_database() -> datetime:
    """Return the database's time, in UTC (SQLite: to the millisecond). One query."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTIONS[connection.vendor])
        answer = cursor.fetchone()[0]
    if isinstance(answer, str):
        return datetime.fromisoformat(answer).replace(tzinfo=UTC)
    return answer.astimezone(UTC)


_source = ask_database
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the time by the database's clock, aware, in UTC. Ask after a lock is taken, not before."""
    return _told.get() or _source()


@contextmanager
def telling(at: datetime) -> Iterator[None]:
    """Let it be `at` within: how the demo lives through three weeks. Never called while the site serves."""
    token = _told.set(at)
    try:
        yield
    finally:
        _told.reset(token)
