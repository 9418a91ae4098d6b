"""One person's data keys: which seals, which only open what they sealed once, and their file in the key store."""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crisisplans.keystore import key_files, key_ring

LENGTH = 32
# The oldest backup of a database is 35 days old, and must still open with the key store as it is now.
RETIRED_KEPT = timedelta(days=36)


@dataclass(frozen=True)
class DataKey:
    """One key. `retired_at`: since when no row is sealed under it; it still opens backups for a while."""

    id: str
    key: bytes
    made_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True)
class PersonKeys:
    """All data keys of one person, the newest first: that one seals."""

    keys: tuple[DataKey, ...]

    @property
    def newest(self) -> DataKey:
        """The key that seals."""
        return self.keys[0]

    def of(self, key_id: str) -> bytes | None:
        """The key of this id, if it is still there."""
        return next((one.key for one in self.keys if one.id == key_id), None)

    def with_new(self, now: datetime) -> "PersonKeys":
        """With one key more, which seals from now on."""
        return PersonKeys((_draw(now), *self.keys))

    def settled(self, used: Set[str], now: datetime) -> "PersonKeys":
        """With each older key that no row is sealed under marked as retired, and without those that were long ago."""
        older = (one if one.id not in used else replace(one, retired_at=None) for one in self.keys[1:])
        marked = (one if one.retired_at or one.id in used else replace(one, retired_at=now) for one in older)
        kept = (one for one in marked if one.retired_at is None or one.retired_at > now - RETIRED_KEPT)
        return PersonKeys((self.newest, *kept))


def make(now: datetime) -> tuple[str, PersonKeys]:
    """Draw a person's first key and put it into a file of its own; return the file's name and the keys."""
    name, keys = key_files.draw_name(), PersonKeys((_draw(now),))
    with key_files.held():
        write(name, keys)
    return name, keys


def read(name: str) -> PersonKeys:
    """The keys in this file. Raises `key_files.NoSuchFile`, `key_ring.RingLacks`."""
    return opened(name)[1]


def opened(name: str) -> tuple[str, PersonKeys]:
    """The keys in this file, and the id of the ring's key around them. Raises as `read` does."""
    try:
        told = json.loads(key_files.read(name))
        wrapped = base64.b64decode(told["keys"], validate=True)
        plain = key_ring.unwrap(told["ring"], wrapped, bound_to=name)
        return told["ring"], PersonKeys(tuple(_read(one) for one in json.loads(plain)))
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise key_ring.RingLacks from None


def write(name: str, keys: PersonKeys) -> None:
    """Write a person's keys, wrapped under the newest key of the ring. Called under `key_files.held`."""
    plain = json.dumps([_told(one) for one in keys.keys]).encode()
    ring_id, wrapped = key_ring.wrap(plain, bound_to=name)
    key_files.write(name, json.dumps({"ring": ring_id, "keys": base64.b64encode(wrapped).decode()}).encode())


def rewrap(name: str) -> bool:
    """Wrap one file under the newest key of the ring; False where it is already, or is gone.

    Raises `key_ring.RingLacks`.
    """
    with key_files.held():
        try:
            ring_id, keys = opened(name)
        except key_files.NoSuchFile:
            return False
        if ring_id == key_ring.newest_id():
            return False
        write(name, keys)
    return True


def _draw(now: datetime) -> DataKey:
    return DataKey(secrets.token_hex(4), os.urandom(LENGTH), now)


def _told(one: DataKey) -> dict[str, str]:
    told = {"id": one.id, "key": base64.b64encode(one.key).decode(), "made_at": one.made_at.isoformat()}
    return told | ({"retired_at": one.retired_at.isoformat()} if one.retired_at else {})


def _read(told: dict[str, str]) -> DataKey:
    retired = told.get("retired_at")
    return DataKey(
        told["id"],
        base64.b64decode(told["key"]),
        datetime.fromisoformat(told["made_at"]),
        datetime.fromisoformat(retired) if retired else None,
    )
