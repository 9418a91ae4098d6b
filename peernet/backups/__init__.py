"""Backups of the database with its keys apart, and putting one back (ADR 0017)."""

from types import ModuleType

from django.db import connection

# Sittings that were ended must not come alive again, words on their way through a sign-in must not outlive it, nor
# anything that was only kept for speed: in no backup, and cleared from what is put back.
PASSING = ("django_session", "usersessions_usersession", "peernet_cache")


def vendor_here() -> ModuleType:
    """The module that knows how this site's kind of database is copied and put in place."""
    from peernet.backups import postgres, sqlite

    return postgres if connection.vendor == "postgresql" else sqlite
