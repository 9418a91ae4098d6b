"""A backup's bytes, sealed under a key file: pieces of AES-256-GCM, so that no piece can be changed, moved or left out.

Each file has a key of its own, derived from the key file and a salt. A piece's nonce is its place and whether it is
the last one: a file that was cut short has no last piece.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"PEERNET BACKUP 1\n"
SALT, PIECE, TAG = 16, 64 * 1024, 16
SHORTEST_KEY = 32


class Amiss(Exception):
    """The file is not what was sealed, or the key is another; says which."""


class Ring:
    """The keys of a key file, one a line: the first seals, the others still open what they sealed."""

    def __init__(self, lines: str) -> None:
        self.keys = [line.encode() for line in lines.split()]
        if not self.keys or min(map(len, self.keys)) < SHORTEST_KEY:
            raise Amiss(f"A key for backups has at least {SHORTEST_KEY} characters, one key a line.")

    @classmethod
    def read(cls, path: Path) -> "Ring":
        """The ring in this file. Raises OSError, `Amiss`."""
        return cls(path.read_text())

    def seal(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """What to write for these bytes; never more than a piece in memory."""
        salt = os.urandom(SALT)
        cipher = _cipher(self.keys[0], salt)
        yield MAGIC + salt
        number, waiting = 0, b""
        for part in parts:
            waiting += part
            while len(waiting) > PIECE:
                yield cipher.encrypt(_nonce(number, last=False), waiting[:PIECE], None)
                number, waiting = number + 1, waiting[PIECE:]
        yield cipher.encrypt(_nonce(number, last=True), waiting, None)

    def unseal(self, file: BinaryIO) -> Iterator[bytes]:
        """The bytes that were sealed. Raises `Amiss` before it gives out anything that was changed."""
        header = file.read(len(MAGIC) + SALT)
        if len(header) != len(MAGIC) + SALT or not header.startswith(MAGIC):
            raise Amiss("This is no sealed backup.")
        number, piece = 0, file.read(PIECE + TAG)
        cipher = self._that_fits(header[len(MAGIC) :], piece, last=len(piece) < PIECE + TAG or not _more(file))
        while piece:
            after = file.read(PIECE + TAG)
            try:
                yield cipher.decrypt(_nonce(number, last=not after), piece, None)
            except InvalidTag:
                raise Amiss("The backup was changed or cut short after it was sealed.") from None
            number, piece = number + 1, after

    def _that_fits(self, salt: bytes, piece: bytes, *, last: bool) -> AESGCM:
        for key in self.keys:
            cipher = _cipher(key, salt)
            try:
                cipher.decrypt(_nonce(0, last=last), piece, None)
            except (InvalidTag, ValueError):
                continue
            return cipher
        raise Amiss("This key does not open the backup, or the backup was changed.")


def key_id(key: bytes) -> str:
    """By what a manifest says which key it takes, without telling anything about it."""
    return hashlib.sha256(b"peernet backup key\0" + key).hexdigest()[:8]


def _more(file: BinaryIO) -> bool:
    here = file.tell()
    more = bool(file.read(1))
    file.seek(here)
    return more


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"peernet backup").derive(key)
    return AESGCM(derived)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
