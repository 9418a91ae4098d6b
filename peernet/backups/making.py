"""Making a backup: the database at one moment, sealed, with its manifest; and the keys, somewhere else."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from audit import erasures
from audit.models import Chain
from peernet.backups import files, manifest, postgres, sqlite, store, vendor_here
from peernet.backups.sealing import Ring, key_id
from peernet.fitness.secrets import KEY_FILES

# A person's key that was destroyed is gone from copies too after this (domain, 6).
KEYS_KEPT = timedelta(days=7)


def make(folder: Path, ring: Ring | None, now: datetime) -> Path:
    """Write one backup into `folder` and return its manifest's path. The site may go on meanwhile.

    The manifest comes last: what has none is no backup. Raises OSError, `postgres.Trouble`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{manifest.stem(now)}.backup{'.sealed' if ring else ''}"
    with _copied() as (parts, heads, applied):
        length, digest = files.write_whole(folder / name, ring.seal(parts) if ring else parts)
    vendor = vendor_here()
    told = manifest.Manifest(
        file=name,
        made_at=now.isoformat(),
        database=vendor.NAME,
        server=vendor.server_version(),
        version=version("peernet"),
        migrations=applied,
        length=length,
        sha256=digest,
        sealed_with=key_id(ring.keys[0]) if ring else "",
        heads=heads,
        erasures=int(heads.get(erasures.CHAIN, [0])[0]),
    )
    path = folder / f"{manifest.stem(now)}{manifest.ENDING}"
    files.write_whole(path, [told.written()])
    return path


@contextmanager
def _copied() -> Iterator[tuple[Iterable[bytes], dict[str, list[int | str]], list[str]]]:
    """The database's bytes as of one moment, with the record's heads and the migrations of that same moment."""
    if connection.vendor == "postgresql":
        with postgres.one_moment() as moment:
            yield postgres.dumped(moment), _heads(), _applied()
        return
    copy = sqlite.copy_out(Path(settings.DATA_DIR))
    place = connection.settings_dict["NAME"]
    try:
        sqlite.use(str(copy))
        heads, applied = _heads(), _applied()
    finally:
        sqlite.use(place)
    try:
        yield sqlite.packed(copy), heads, applied
    finally:
        copy.unlink()


def _heads() -> dict[str, list[int | str]]:
    return {row.name: [row.length, row.head] for row in Chain.objects.exclude(length=0).order_by("name")}


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def copy_keys(folder: Path, now: datetime) -> Path:
    """Copy the keys, the key store of plans and the erasure list into a folder of this time below `folder`; return it.

    Never into the folder of the database's backups: `apart` says so first. Raises OSError.
    """
    place = folder / manifest.stem(now).replace("peernet-", "peernet-keys-")
    place.mkdir(parents=True, mode=0o700)
    for variable, default in KEY_FILES.items():
        named = Path(os.environ.get(variable) or Path(settings.DATA_DIR) / default)
        if named.exists():  # a key may not have been needed yet
            files.write_whole(place / Path(default).name, [named.read_bytes()])
    files.write_whole(place / store.NAME, store.lines())
    # The list holds no words and no key, but must outlive this machine as the keys do.
    erasures.write_out(settings.ERASURE_FILE)
    files.write_whole(place / "erasures", [settings.ERASURE_FILE.read_bytes()])
    files.sync_folder(folder)
    return place


def prune_keys(folder: Path, newest: Path, now: datetime) -> int:
    """Remove copies of keys made more than seven days ago (safety checks, 2.8); the newest stays. Returns how many."""
    before = manifest.stem(now - KEYS_KEPT).replace("peernet-", "peernet-keys-")
    old = [one for one in folder.glob("peernet-keys-*") if one.is_dir() and one != newest and one.name < before]
    for one in old:
        shutil.rmtree(one)
    return len(old)


def apart(first: Path, second: Path) -> bool:
    """Whether neither folder is the other, nor in it."""
    one, two = first.resolve(), second.resolve()
    return one != two and one not in two.parents and two not in one.parents
