"""Backups of the database with its keys apart, and putting one back (ADR 0017)."""

from types import ModuleType

from django.db import connection


def vendor_here() -> ModuleType:
    """The module that knows how this site's kind of database is copied and put in place."""
    from peernet.backups import postgres, sqlite

    return postgres if connection.vendor == "postgresql" else sqlite
