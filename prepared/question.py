"""A question worded once, asked often."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from functools import wraps
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from prepared.statements import cursor, with_constants

Row = TypeVar("Row")


def given(name: str) -> Any:
    """Return what stands for a value that is given each time: `filter(thread_id=given("thread"))`.

    In comparisons with a number, a text or a time.
    """
    return Given(name)


class Given(Expression):
    """The place of a value in a question."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list["Given"]]:  # type: ignore[override]
        return "%s", [self]


def prepared(wording: Callable[[], "QuerySet[Any, Row]"]) -> Callable[..., list[Row]]:
    """Make of a function that returns a queryset with `given` values one that takes them by name and returns rows.

    The queryset is put together once for each kind of database. No `prefetch_related`, no lists of any length.
    """
    worded: dict[str, _Worded] = {}

    @wraps(wording)
    def ask(**values: Any) -> list[Row]:
        known = worded.get(connection.vendor)
        if known is None:
            known = worded[connection.vendor] = _Worded(wording())
        return known.ask(values)

    return ask


class _Worded:
    """A queryset with its SQL. Shared by all threads, so that asking changes nothing in it."""

    def __init__(self, queryset: "QuerySet[Any, Any]") -> None:
        self.queryset, self.using = queryset, queryset.db
        self.compiler = queryset.query.get_compiler(using=self.using)
        sql, parameters = self.compiler.as_sql()
        connection = connections[self.using]
        connection.ensure_connection()
        self.sql = with_constants(sql, parameters, Given, connection)
        varying = connection.vendor == "postgresql"
        self.parameters = [p for p in parameters if isinstance(p, Given) or not varying]

    def ask(self, values: dict[str, Any]) -> list[Any]:
        """Return the rows, made as Django makes them of any queryset."""
        compiler = copy(self.compiler)
        compiler.connection = connections[self.using]
        ops = compiler.connection.ops
        parameters = [_value(values[p.name], ops) if isinstance(p, Given) else p for p in self.parameters]
        with cursor(self.using) as opened:
            opened.execute(self.sql, parameters)
            found = opened.fetchall()
        if not found:
            return []
        query = copy(self.queryset.query)
        # In place of their methods, for this one time: the rows are there.
        vars(compiler)["execute_sql"] = lambda *_, **__: [found]
        vars(query)["get_compiler"] = lambda *_, **__: compiler
        asked: Any = SimpleNamespace(db=self.using, query=query, model=self.queryset.model, _known_related_objects={})
        rows: Any = self.queryset._iterable_class(asked)
        return list(rows)


def _value(value: Any, ops: BaseDatabaseOperations) -> Any:
    return ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
