"""The database: which one, how new, and who is in it."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from peernet import demo_guard


def database_is_postgresql() -> Iterator[str]:
    """The release for real people is tried, backed up and restored on PostgreSQL."""
    if connection.vendor != "postgresql":
        yield "The database is SQLite, which is for trying the site out: set PEERNET_DATABASE_URL to a PostgreSQL."
    elif getattr(connection, "pg_version", 0) < 150000:
        yield "PostgreSQL is older than 15."


def database_is_up_to_date() -> Iterator[str]:
    """A migration that was forgotten shows as pages that fail."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "The database is older than the software: call `peernet migrate`."


def demo_is_gone() -> Iterator[str]:
    """The demo's passwords are known to everybody."""
    if settings.DEBUG:
        yield "PEERNET_DEBUG is on: faults would show what people wrote."
    if demo_guard.demo_people():
        yield "There are demo people here, whose passwords everybody knows: start with an empty database."
