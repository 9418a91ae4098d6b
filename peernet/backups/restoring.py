"""Putting a backup back: staged apart, brought up to date, erased again what was erased, and only then in place."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

import clock
from audit import erasures
from audit.services import OPERATOR, note_restore, record
from crisisplans.services.settling import close_all
from moderation.services import go_on_with_erasings
from peernet.backups import PASSING, files, manifest, vendor_here
from peernet.backups.sealing import Amiss, Ring, key_id

NOTE = "restoring"
READ = 256 * 1024


class Unfit(Exception):
    """This backup can't be put back here; says why in one line, and nothing has been changed."""


def begun() -> bool:
    """Whether a restore was begun in this data folder and is not done: nothing may serve."""
    return _note().exists()


def check(told: manifest.Manifest, file: Path, ring: Ring | None) -> None:
    """Look whether this backup is whole and can be put back here. Raises `Unfit`."""
    here = vendor_here()
    if told.database != here.NAME:
        raise Unfit(f"This backup is of {told.database}; the database here is {here.NAME}.")
    if newer := sorted(set(told.migrations) - _known_migrations()):
        raise Unfit(f"This backup is of a newer release ({told.version}): it has {newer[0]}, which is not known here.")
    if not file.exists():
        raise Unfit(f"There is no {file}.")
    if (file.stat().st_size, manifest.digest(file)) != (told.length, told.sha256):
        raise Unfit(f"{file} is not what its manifest says: it was changed, or copied only in part.")
    if told.sealed_with and (ring is None or told.sealed_with not in map(key_id, ring.keys)):
        raise Unfit(f"This backup is sealed with another key ({told.sealed_with}). Say where it is: --key FILE")


def _known_migrations() -> set[str]:
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def restore(told: manifest.Manifest, file: Path, ring: Ring | None) -> int:
    """Put the backup in the place of whatever is there; return how many erasings were done again.

    `check` has passed. Can be ended at any moment: from the first step to the last nothing serves, and it is begun
    again from the start. Raises `Unfit`, `erasures.ListAmiss`, `Amiss`, `postgres.Trouble`.
    """
    list(
        erasures.read(settings.ERASURE_FILE)
    )  # before anything is touched: a list that is amiss erases the wrong words
    place = vendor_here().Place()
    _leave_note(told)
    place.begin()
    place.stage(_parts(file, ring))
    again = _make_fit(told)
    place.put_in_place()
    _note().unlink()
    files.sync_folder(_note().parent)
    return again


def give_up() -> None:
    """End a restore that was begun: the database is again what it was before. Raises `postgres.Trouble`."""
    vendor_here().Place().give_up()
    with suppress(FileNotFoundError):
        _note().unlink()


def _parts(file: Path, ring: Ring | None) -> Iterator[bytes]:
    with file.open("rb") as opened:
        if file.name.endswith(".sealed"):
            if ring is None:
                raise Amiss("The backup is sealed and there is no key.")
            yield from ring.unseal(opened)
            return
        while part := opened.read(READ):
            yield part


def _make_fit(told: manifest.Manifest) -> int:
    """What has to be true before the restored database serves anybody."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _clear_sittings()
    again = erasures.replay(settings.ERASURE_FILE)
    go_on_with_erasings()
    # What owners took back since then would be open again.
    close_all(why="restored")
    now = clock.now()
    _record_it(told, now)
    note_restore(settings.HEADS_FILE, now)
    return again


def _clear_sittings() -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in PASSING:
            if table in there:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own names


@transaction.atomic
def _record_it(told: manifest.Manifest, now: datetime) -> None:
    facts: dict[str, Any] = {"made": told.made_at, "file": told.sha256[:16]}
    record(chain=OPERATOR, verb="put a backup back", actor=OPERATOR, subject=OPERATOR, at=now, facts=facts)


def _note() -> Path:
    return Path(settings.DATA_DIR) / NOTE


def _leave_note(told: manifest.Manifest) -> None:
    handle = os.open(_note(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{told.file}\n")
        file.flush()
        os.fsync(file.fileno())
    files.sync_folder(_note().parent)
