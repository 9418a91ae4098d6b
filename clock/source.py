"""Asks the database what time it is, so that every process of an installation agrees (domain, section 6)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Func
from django.db.models.sql.compiler import SQLCompiler

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


class Beside(Func):
    """The database's time as one more column of a question that is asked anyway; read with `read_beside`."""

    output_field = DateTimeField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_names: Any, **_more: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return QUESTIONS[connection.vendor].removeprefix("SELECT ").replace("%", "%%"), ()


def read_beside(column: datetime) -> datetime:
    """Return the time that came as a `Beside`; where `now()` would tell another (in tests), that one."""
    if _told.get() is None and _source is ask_database:
        return column.astimezone(UTC)
    return now()


@contextmanager
def telling(at: datetime) -> Iterator[None]:
    """Let it be `at` within: how the demo lives through three weeks. Never called while the site serves."""
    token = _told.set(at)
    try:
        yield
    finally:
        _told.reset(token)
