"""Several threads doing something at the same moment, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*things: Callable[[], Any]) -> list[Any]:
    """Do all of these at once; returns what each returned or raised, in their order."""
    start = Barrier(len(things))

    def one(thing: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return thing()
        except Exception as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(one, things))
