"""The key store of plans in a backup of the keys: one file, a line for each of its files, and putting them back."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from crisisplans.keystore import key_files, key_ring, person_keys
from crisisplans.services.erasing import erased_names

NAME = "plan-keys"


class NoStore(Exception):
    """The file is no copy of a key store; says so in one line."""


def lines() -> Iterator[bytes]:
    """Every file of the key store, wrapped as it lies there; the site may go on meanwhile."""
    for name in key_files.names():
        with suppress(key_files.NoSuchFile):  # erased since
            yield json.dumps({"name": name, "holds": key_files.read(name).decode()}).encode() + b"\n"


class Done(NamedTuple):
    """How many files came back, and how many were left for want of the ring's key that is around them."""

    back: int
    waiting: int


def put_back(copy: Path) -> Done:
    """Put each file of a copy into the key store that is missing there, or was spoilt there.

    One that is whole but under a key which the ring lacks just now is left: the copy may be older, and keys that were
    made since would be gone for good. What was erased stays erased: none whose name stands on the erasure list.
    Raises `NoStore`, `key_ring.RingUnfit`, OSError.
    """
    told = [_read(line) for line in copy.read_bytes().splitlines()]
    erased = set(erased_names())
    back = waiting = 0
    with key_files.held():
        for name, holds in told:
            if name in erased or _opens(name):
                continue
            if _waits_for_its_key(name):
                waiting += 1
                continue
            key_files.write(name, holds)
            back += 1
    return Done(back, waiting)


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


def _waits_for_its_key(name: str) -> bool:
    try:
        ring_id = json.loads(key_files.read(name))["ring"]
    except (key_files.NoSuchFile, ValueError, KeyError, TypeError):
        return False
    return ring_id not in key_ring.ids()
