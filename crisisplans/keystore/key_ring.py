"""The key ring: it wraps each person's own keys, and lies neither in the database nor beside their files (ADR 0030).

One key a line, from a file (`PEERNET_PLAN_KEY_FILE`) or from the environment (`PEERNET_PLAN_KEY`): the first wraps,
the others still open what they wrapped. It is read when it is first needed, so that a process which opens no plan
need not be given it.
"""

import hashlib
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12
SHORTEST_KEY = 32


class RingLacks(Exception):
    """The key that wrapped this is not on the ring, or what it wrapped was changed. Holds nothing of either."""


class RingUnfit(Exception):
    """There is no key on the ring, or one that could be guessed; says what to do, in one line."""


def newest_id() -> str:
    """The id of the key that wraps now; it tells nothing about the key. Raises `RingUnfit`, OSError."""
    return next(iter(_keys()))


def ids() -> list[str]:
    """The ids of all keys on the ring, the newest first. Raises `RingUnfit`, OSError."""
    return list(_keys())


def wrap(plain: bytes, *, bound_to: str) -> tuple[str, bytes]:
    """Return the newest key's id and the bytes wrapped under it; they open only as what they are bound to."""
    key_id, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE)
    return key_id, nonce + AESGCM(key).encrypt(nonce, plain, _bound(key_id, bound_to))


def unwrap(key_id: str, wrapped: bytes, *, bound_to: str) -> bytes:
    """Return what was wrapped. Raises `RingLacks`."""
    key = _keys().get(key_id)
    if key is None:
        raise RingLacks
    try:
        return AESGCM(key).decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound(key_id, bound_to))
    except (InvalidTag, ValueError):
        raise RingLacks from None


def _bound(key_id: str, bound_to: str) -> bytes:
    return f"peernet plan keys 1\0{key_id}\0{bound_to}".encode()


def _keys() -> dict[str, bytes]:
    # Asked each time, so that a new first line holds at once in every process.
    return _derived(settings.PLAN_RING())


@cache
def _derived(lines: str) -> dict[str, bytes]:
    keys = [line.encode() for line in lines.split()]
    if not keys or min(map(len, keys)) < SHORTEST_KEY:
        raise RingUnfit(f"The key ring of plans holds one key a line, each of at least {SHORTEST_KEY} characters.")
    return {hashlib.sha256(b"peernet plan ring\0" + key).hexdigest()[:8]: _wrapping(key) for key in keys}


def _wrapping(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"peernet plan ring").derive(key)
