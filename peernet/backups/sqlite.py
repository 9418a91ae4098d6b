"""Copying a SQLite database out while it is used, and putting one in its place."""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from audit.erasure_file import sync_folder
from peernet.backups import PASSING

READ = 256 * 1024
NAME = "sqlite"


def server_version() -> str:
    return sqlite3.sqlite_version


def copy_out(folder: Path) -> Path:
    """Make a whole copy as of one moment, in `folder`, for its owner alone; the caller removes it.

    VACUUM INTO writes only what there is: nothing of what was erased lingers in free pages.
    """
    copy = folder / "backup-copy.part"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    _forget_what_passes(copy)
    return copy


def _forget_what_passes(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as made:
        there = {row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in there.intersection(PASSING):
            made.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own names
        made.execute("VACUUM")


def packed(copy: Path) -> Iterator[bytes]:
    """The copy's bytes, compressed."""
    squeeze = zlib.compressobj(wbits=31)
    with copy.open("rb") as file:
        while part := file.read(READ):
            yield squeeze.compress(part)
    yield squeeze.flush()


def _unpacked(parts: Iterable[bytes]) -> Iterator[bytes]:
    grow = zlib.decompressobj(wbits=31)
    for part in parts:
        yield grow.decompress(part)
    yield grow.flush()


class Place:
    """Where the database lies, and how another one comes there."""

    def __init__(self) -> None:
        self.path = Path(connection.settings_dict["NAME"])
        self.staged = self.path.with_name(self.path.name + ".restoring")

    def is_empty(self) -> bool:
        """Whether nobody is in the database yet."""
        if not self.path.exists():
            return True
        with closing(sqlite3.connect(self.path)) as there:
            try:
                return not there.execute("SELECT EXISTS (SELECT 1 FROM people_person)").fetchone()[0]
            except sqlite3.OperationalError:  # no such table
                return True

    def begin(self) -> None:
        """Nothing: the data folder's lock and the note in it keep everybody out."""

    def stage(self, parts: Iterable[bytes]) -> None:
        """Unpack the backup beside the database and let this process work on it there."""
        self._clear()
        handle = os.open(self.staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for part in _unpacked(parts):
                file.write(part)
        use(str(self.staged))

    def put_in_place(self) -> None:
        """The staged one becomes the database, in one step."""
        with connection.cursor() as cursor:
            # What was erased on the way must not linger in pages that are free now.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        use(str(self.path))
        handle = os.open(self.staged, os.O_RDWR)
        os.fsync(handle)
        os.close(handle)
        # What the old one had not yet taken over from its log would spoil the new one.
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        self.staged.replace(self.path)
        sync_folder(self.path.parent)

    def give_up(self) -> None:
        """Leave the database as it was before."""
        self._clear()

    def _clear(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self.staged.with_name(self.staged.name + ending).unlink(missing_ok=True)


def half_restored() -> bool:
    """Whether the database itself says that a restore was begun: SQLite has only the note in the data folder."""
    return False


def use(name: str) -> None:
    """Let this process work on another file."""
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
