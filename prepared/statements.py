"""Statements that PostgreSQL keeps as well: read and planned once for a connection, then only run.

Where PostgreSQL plans anew each time, that takes it longer than the answer does. A pooler that hands out another
connection for each statement must know prepared statements (PgBouncer does since 1.21).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


@contextmanager
def cursor(using: str = "default") -> Iterator[CursorWrapper]:
    """Django's cursor, but for statements that are the same each time: PostgreSQL keeps them.

    Where queries are written down (in tests) it is Django's own, so that they read as always.
    """
    connection: Any = connections[using]
    if connection.vendor != "postgresql" or connection.queries_logged:
        with connection.cursor() as ordinary:
            yield ordinary
        return
    from prepared.postgresql import KeptCursor

    # As Django opens a cursor.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        kept = KeptCursor(connection.connection)
    with connection._prepare_cursor(kept) as opened:
        yield opened


def with_constants(sql: str, parameters: Sequence[Any], varies: type, connection: BaseDatabaseWrapper) -> str:
    """Return the statement with every parameter in its place but those that vary.

    What never changes belongs in the statement: a partial index is only known to fit by what is written there.
    """
    if connection.vendor != "postgresql":
        return sql
    from psycopg.sql import Literal

    pieces = sql.split("%s")
    written = [pieces[0]]
    for parameter, piece in zip(parameters, pieces[1:], strict=True):
        value = parameter.value if isinstance(parameter, Enum) else parameter
        known = (
            "%s" if isinstance(value, varies) else Literal(value).as_string(connection.connection).replace("%", "%%")
        )
        written += [known, piece]
    return "".join(written)
