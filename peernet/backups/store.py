"""The key store of plans in a backup of the keys: one file, a line for each of its files, and putting them back."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from crisisplans import key_files, key_ring, person_keys
from crisisplans.services.erasing import erased_names

NAME = "plan-keys"


class NoStore(Exception):
    """The file is no copy of a key store; says so in one line."""


def lines() -> Iterator[bytes]:
    """Every file of the key store, wrapped as it lies there; the site may go on meanwhile."""
    for name in key_files.names():
        with suppress(key_files.NoSuchFile):  # erased since
            yield json.dumps({"name": name, "holds": key_files.read(name).decode()}).encode() + b"\n"


def put_back(copy: Path) -> int:
    """Put each file of a copy into the key store that is missing there or can't be opened; return how many.

    What was erased stays erased: none whose name stands on the erasure list. Raises `NoStore`, OSError.
    """
    told = [_read(line) for line in copy.read_bytes().splitlines()]
    erased = set(erased_names())
    back = 0
    with key_files.held():
        for name, holds in told:
            if name not in erased and not _opens(name):
                key_files.write(name, holds)
                back += 1
    return back


def _read(line: bytes) -> tuple[str, bytes]:
    try:
        told = json.loads(line)
        name, holds = told["name"], told["holds"].encode()
        key_files.path_of(name)
    except (ValueError, KeyError, TypeError, AttributeError, key_files.NoSuchFile):
        raise NoStore("This is no copy of a key store, or it was cut short.") from None
    return name, holds


def _opens(name: str) -> bool:
    try:
        person_keys.read(name)
    except (key_files.NoSuchFile, key_ring.RingLacks):
        return False
    return True
