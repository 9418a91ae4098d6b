"""Files that are there whole or not at all, for their owner alone; and old backups cleared away."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from audit.erasure_file import sync_folder
from peernet.backups import manifest

# What members erased lives on in backups until they go (safety checks, 2.8).
KEPT = timedelta(days=35)
# Of what is older than this, one a day is enough.
EACH_KEPT = timedelta(days=2)
TORN_AFTER = timedelta(days=1)


def write_whole(path: Path, parts: Iterable[bytes]) -> tuple[int, str]:
    """Write a file under another name, wait until it is on the disk, then give it its own; return (bytes, SHA-256)."""
    part = path.with_name(path.name + ".part")
    digest, length = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in parts:
                file.write(piece)
                digest.update(piece)
                length += len(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)
    return length, digest.hexdigest()


def prune(folder: Path, now: datetime, kept: timedelta = KEPT) -> int:
    """Remove backups that are too old, and all but the first of each day before two days ago; return how many.

    The newest always stays. What a broken try left in half goes after a day.
    """
    found = sorted(_backups(folder), key=lambda one: one[0].at)
    days: set[str] = set()
    gone = 0
    for told, path in found[:-1]:
        age, day = now - told.at, told.made_at[:10]
        if age > kept or (age > EACH_KEPT and day in days):
            # The manifest first: a file without one is no backup.
            path.unlink()
            with suppress(FileNotFoundError):
                path.with_name(told.file).unlink()
            gone += 1
        days.add(day)
    _clear_torn(folder, now)
    return gone


def _backups(folder: Path) -> list[tuple[manifest.Manifest, Path]]:
    found = []
    for path in folder.glob(f"peernet-*{manifest.ENDING}"):
        with suppress(manifest.NoManifest, ValueError):
            found.append((manifest.read(path)[0], path))
    return found


def _clear_torn(folder: Path, now: datetime) -> None:
    whole = {told.file for told, _path in _backups(folder)}
    for path in folder.glob("peernet-*"):
        of_ours = path.suffix == ".part" or path.name.endswith((".backup", ".backup.sealed"))
        old = now.timestamp() - path.stat().st_mtime > TORN_AFTER.total_seconds()
        if of_ours and old and path.name not in whole:
            path.unlink()
