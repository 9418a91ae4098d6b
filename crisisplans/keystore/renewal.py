"""When a renewal of everybody's keys was begun, in the key store itself, so that a broken-off one goes on."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from crisisplans.keystore import key_files

NOTE = ".renewing"


def begun_at(now: datetime) -> datetime:
    """When the renewal that is under way was begun; it begins now if there is none. Raises OSError."""
    with key_files.held():
        if (begun := under_way()) is not None:
            return begun
        key_files.put_whole(_path(), now.isoformat().encode())
    return now


def under_way() -> datetime | None:
    """When a renewal was begun that is not done."""
    with suppress(FileNotFoundError):
        return datetime.fromisoformat(_path().read_text())
    return None


def end() -> None:
    """It is done."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.PLAN_KEYS) / NOTE
