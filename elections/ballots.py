"""The box of a secret vote: places for everybody on the roll, shuffled and sealed anew as a whole (safety checks, 4.1).

Its length says how many may vote and how many options there are, which everybody knows, and nothing else: an empty
place looks like a used one, and no place is anybody's.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
TAG = 16
USED = 1
# Not to be guessed from anything, unlike Python's own chance.
chance = secrets.SystemRandom()
Ballot = frozenset[int]


class BoxBroken(Exception):
    """The box does not open with its key, or is not as it was left."""


def place_length(options: int) -> int:
    """Bytes of one place: whether it is used, and a bit for each option."""
    return 1 + (options + 7) // 8


def sealed_length(electorate: int, options: int) -> int:
    """Bytes of a sealed box, from its opening to its close."""
    return NONCE + electorate * place_length(options) + TAG


def empty(electorate: int, options: int) -> list[Ballot | None]:
    """A box before the first vote."""
    return [None] * electorate


def put_in(places: list[Ballot | None], ballot: Ballot) -> list[Ballot | None]:
    """The box with one ballot more, shuffled. Raises `BoxBroken` where there is no place left."""
    if None not in places:
        raise BoxBroken
    mixed = [*places]
    mixed[mixed.index(None)] = ballot
    chance.shuffle(mixed)
    return mixed


def seal(places: list[Ballot | None], *, key: bytes, options: int, bound_to: str) -> bytes:
    """The box as it is stored, under a nonce of its own; it opens only as what it is bound to."""
    length = place_length(options)
    plain = b"".join(_packed(place, length) for place in places)
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes, *, key: bytes, electorate: int, options: int, bound_to: str) -> list[Ballot | None]:
    """The places of a box. Raises `BoxBroken`."""
    if len(sealed) != sealed_length(electorate, options):
        raise BoxBroken
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
    except InvalidTag:
        raise BoxBroken from None
    length = place_length(options)
    return [_unpacked(plain[at : at + length], options) for at in range(0, len(plain), length)]


def _packed(place: Ballot | None, length: int) -> bytes:
    if place is None:
        return bytes(length)
    return bytes([USED]) + sum(1 << option for option in place).to_bytes(length - 1, "big")


def _unpacked(place: bytes, options: int) -> Ballot | None:
    if place[0] != USED:
        return None
    bits = int.from_bytes(place[1:], "big")
    return frozenset(option for option in range(options) if bits >> option & 1)
