"""Whether this site may serve: asked once by every process as it starts (pages, sockets, jobs)."""

from django.conf import settings
from django.db import connection

from audit import erasures
from audit.models import Chain
from peernet import demo_guard
from peernet.backups import restoring, vendor_here

HALF_RESTORED = (
    "A backup was being put back here and that is not done: call `peernet restore` again with the same backup "
    "(or `peernet restore --give-up`, which leaves the database as it was before)."
)
NOT_ERASED_YET = (
    "The erasure list knows of erasings that this database does not: a backup was put back. "
    "Call `peernet migrate`, which erases them again; then start."
)


def refusal() -> str:
    """Return why nothing may be served from here, as one line, or ""."""
    return half_restored() or demo_guard.refusal() or not_erased_yet()


def half_restored() -> str:
    """Return why not, while a restore is under way or was broken off."""
    return HALF_RESTORED if restoring.begun() or vendor_here().half_restored() else ""


def not_erased_yet() -> str:
    """Return why not, where an older database stands beside a newer erasure list (safety checks, 2.8)."""
    if not settings.ERASURE_FILE.exists() or Chain._meta.db_table not in connection.introspection.table_names():
        return ""
    return NOT_ERASED_YET if erasures.is_ahead(settings.ERASURE_FILE) else ""
