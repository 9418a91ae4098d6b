"""`peernet backup`: the database into one folder, sealed; the keys into another. Old ones go."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from peernet.commands import Stop, site

if TYPE_CHECKING:
    from peernet.backups.sealing import Ring

KEY = "PEERNET_BACKUP_KEY_FILE"
UNSEALED = (
    f"A backup holds what members wrote: say which key seals it ({KEY}, or --encrypt-with FILE), "
    "or --plain if the folder itself is encrypted."
)


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, type=Path, metavar="FOLDER", help="where the database's backups lie")
    parser.add_argument(
        "--keys-to", type=Path, metavar="FOLDER", help="where the keys go: another place, best another disk"
    )
    parser.add_argument("--encrypt-with", type=Path, metavar="FILE", help=f"the key to seal it under ({KEY})")
    parser.add_argument("--plain", action="store_true", help="do not seal it: the folder itself is encrypted")


def call(given: Namespace) -> int:
    """Exit code 0: the backup lies there whole; 1: there is none, and one line says why."""
    site.open_site()
    site.need_tables()
    import clock
    from audit.erasures import ListAmiss
    from peernet import serving
    from peernet.backups import files, making, postgres

    if refused := serving.half_restored():
        raise Stop(refused)
    ring = key_for(given.encrypt_with, plain=given.plain)
    need_apart(given)
    now = clock.now()
    try:
        path = making.make(given.to, ring, now)
        files.prune(given.to, now)
        if given.keys_to:
            keys = making.copy_keys(given.keys_to, now)
            making.prune_keys(given.keys_to, keys, now)
    except (postgres.Trouble, ListAmiss) as trouble:
        raise Stop(str(trouble)) from None
    except OSError as fault:
        raise Stop(f"{fault.filename or given.to}: {fault.strerror}.") from None
    print(f"Backed up: {path}")
    return 0


def key_for(named: Path | None, *, plain: bool = False, without: str = UNSEALED) -> "Ring | None":
    """The keys to seal or open with, from the command or the environment. Raises `Stop`."""
    from peernet.backups.sealing import Amiss, Ring

    file = named or (Path(os.environ[KEY]) if os.environ.get(KEY) else None)
    if plain and not named:
        return None
    if file is None:
        raise Stop(without)
    try:
        return Ring.read(file)
    except OSError as fault:
        raise Stop(f"{file}: {fault.strerror}.") from None
    except Amiss as amiss:
        raise Stop(f"{file}: {amiss}") from None


def need_apart(given: Namespace) -> None:
    """Raise `Stop` if keys and database would lie in one place: whoever found it could read and sign everything."""
    from peernet.backups.making import apart

    key = given.encrypt_with or (Path(os.environ[KEY]) if os.environ.get(KEY) else None)
    inside = key is not None and given.to.resolve() in key.resolve().parents
    if inside or (given.keys_to and not apart(given.to, given.keys_to)):
        raise Stop("Keys never lie beside the backups they belong to: name another place.")
