"""The key store: one file for each person in a folder outside the database, each there whole or not at all (ADR 0030).

A file's name is drawn by chance and tells nothing. What changes one is read and written under one lock for the whole
folder, which is held for as long as that takes and no longer; whoever only reads needs none.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from audit.erasure_file import sync_folder

ENDING = ".keys"
PART = ".part"
LOCK = ".lock"


class NoSuchFile(Exception):
    """There is no file of this name in the key store."""


def draw_name() -> str:
    """A name for a new file."""
    return secrets.token_hex(16)


def read(name: str) -> bytes:
    """What is in the file of this name. Raises `NoSuchFile`."""
    try:
        return path_of(name).read_bytes()
    except FileNotFoundError:
        raise NoSuchFile(name) from None


def write(name: str, content: bytes) -> None:
    """Put this in the place of what the file held; it is on the disk before this returns. Called under `held`."""
    put_whole(path_of(name), content)


def put_whole(path: Path, content: bytes) -> None:
    """Write a file of the key store under another name, wait until it is on the disk, then give it its own."""
    part = path.with_suffix(PART)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def destroy(name: str) -> None:
    """Write over a file, wait until that is on the disk, and take it away. Twice is once. Raises OSError."""
    path = path_of(name)
    for one in (path, path.with_suffix(PART)):
        with suppress(FileNotFoundError):
            handle = os.open(one, os.O_WRONLY)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(one.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            one.unlink()
            sync_folder(path.parent)


def exists(name: str) -> bool:
    """Whether there is a file of this name."""
    return path_of(name).is_file()


def names() -> list[str]:
    """The names of all files there are."""
    return sorted(path.stem for path in _folder().glob(f"*{ENDING}"))


@contextmanager
def held() -> Iterator[None]:
    """Hold the folder against everybody else who would change a file in it. The last lock that anybody takes."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def path_of(name: str) -> Path:
    """Where the file of this name lies. Raises `NoSuchFile` for what can be no name."""
    if not (name.isascii() and name.isalnum()):
        raise NoSuchFile(name)
    return _folder() / f"{name}{ENDING}"


def _folder() -> Path:
    return Path(settings.PLAN_KEYS)
