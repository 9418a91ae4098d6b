"""psycopg's part of it."""

from typing import Any, Self

from psycopg import Cursor


class KeptCursor(Cursor[Any]):
    """Sends values apart from the statement, and lets PostgreSQL keep the statement from its first time on."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> Self:
        return super().execute(query, params, prepare=True, **more)
