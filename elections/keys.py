"""Election keys: each vote's own, in a file outside the database and every backup, destroyed at the count (ADR 0022).

Whoever has the box of a vote without its key has random bytes. So a key is never logged, copied, or kept in a row.
"""

import os
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from audit.erasure_file import sync_folder

LENGTH = 32
ENDING = ".key"
# A key that no vote names: its opening did not come about, or the database is an older one put back.
NOBODYS_AFTER = timedelta(days=1)


class KeyLost(Exception):
    """There is no key of this name, or what is there is none."""


def make() -> str:
    """Make a new key and return its name; it is on the disk, for its owner alone, before this returns."""
    name = secrets.token_hex(16)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(_path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    return name


def read(name: str) -> bytes:
    """Return the key of this name. Raises `KeyLost`."""
    try:
        key = _path(name).read_bytes()
    except FileNotFoundError:
        raise KeyLost(name) from None
    if len(key) != LENGTH:
        raise KeyLost(name)
    return key


def exists(name: str) -> bool:
    """Whether there is a key of this name."""
    return _path(name).is_file()


def destroy(name: str) -> None:
    """Write over a key, wait until that is on the disk, and take its file away. Twice is once. Raises OSError."""
    path = _path(name)
    with suppress(FileNotFoundError):
        handle = os.open(path, os.O_WRONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)


def names() -> list[str]:
    """The names of all keys there are."""
    return sorted(path.stem for path in _folder().glob(f"*{ENDING}"))


def is_nobodys(name: str, now: datetime) -> bool:
    """Whether a key that no vote names is old enough for its opening to have come about or not."""
    with suppress(FileNotFoundError):
        return now.timestamp() - _path(name).stat().st_mtime > NOBODYS_AFTER.total_seconds()
    return False


def _folder() -> Path:
    return Path(settings.ELECTION_KEYS)


def _path(name: str) -> Path:
    if not (name and name.isalnum()):
        raise KeyLost(name)
    return _folder() / f"{name}{ENDING}"
