"""Demo people, whose passwords everybody knows, never stand on the open net nor beside anybody real."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from people.models import Person

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def demo_people() -> bool:
    """Whether anybody of the demo is in the database (one without tables holds nobody)."""
    return _anybody(is_demo=True)


def refusal() -> str:
    """Return why this site must not start, as one line, or "". Called by `peernet run` and as the site is loaded."""
    if not demo_people():
        return ""
    if not settings.EMBEDDED or urlsplit(settings.SITE_ADDRESS).hostname not in LOOPBACK:
        return (
            "The demo's people are in this database and their passwords are known to everybody, so it is served on "
            "this machine only. Unset PEERNET_HOSTS and PEERNET_ADDRESS, or use an empty database."
        )
    if _anybody(is_demo=False):
        return (
            "This database holds the demo's people and others beside them. Somebody real must not share a site "
            "with people whose passwords are known to everybody: use an empty database."
        )
    return ""


def is_loopback(host: str) -> bool:
    """Whether an address that the server listens on is reached from this machine only."""
    return host in LOOPBACK or host.startswith("127.")


def _anybody(*, is_demo: bool) -> bool:
    if Person._meta.db_table not in connection.introspection.table_names():
        return False
    return Person.objects.filter(is_demo=is_demo).exists()
