"""psycopg's part of it."""

from typing import Any, Self

from psycopg import Connection, Cursor


class KeptCursor(Cursor[Any]):
    """Sends values apart from the statement, and lets PostgreSQL keep the statement from its first time on."""

    def __init__(self, connection: Connection[Any]) -> None:
        # Django turns keeping off; its own cursors never ask for it.
        connection.prepare_threshold = 0
        super().__init__(connection)

    def execute(self, query: Any, params: Any = None, **more: Any) -> Self:
        return super().execute(query, params, prepare=True, **more)
