"""The file of the erasure list: lines are only ever added, each is on the disk before `add` returns.

A line that a power cut left in half is not one: it is cut off with the next adding.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

# More than any line is long: a line is found by reading this much from the end.
LONGEST = 256 * 1024


class Held:
    """The file, held against everybody else who would add to it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.end = _cut_torn_line(file)

    def last(self) -> dict[str, Any] | None:
        """The last whole line, read; None while there is none."""
        return _last_before(self.file, self.end)

    def add(self, lines: Iterable[str]) -> int:
        """Add lines and wait until they are on the disk; return how many."""
        self.file.seek(self.end)
        added = 0
        for line in lines:
            self.file.write(line.encode() + b"\n")
            added += 1
        self.file.flush()
        os.fsync(self.file.fileno())
        return added


@contextmanager
def held(path: Path) -> Iterator[Held]:
    """Hold the file for adding; it is made where there is none, for its owner alone."""
    new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if new:
            sync_folder(path.parent)
        yield Held(file)


def last_line(path: Path) -> dict[str, Any] | None:
    """The last whole line of the file, read, without holding it; None where there is none."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            return _last_before(file, _end_of_lines(file, size))
    except FileNotFoundError:
        return None


def whole_lines(path: Path) -> Iterator[str]:
    """Every whole line, oldest first."""
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line.decode(errors="replace")


def _cut_torn_line(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    end = _end_of_lines(file, size)
    if end < size:
        file.truncate(end)
    return end


def _end_of_lines(file: BinaryIO, size: int) -> int:
    start = max(0, size - LONGEST)
    file.seek(start)
    return start + file.read(size - start).rfind(b"\n") + 1


def _last_before(file: BinaryIO, end: int) -> dict[str, Any] | None:
    start = max(0, end - LONGEST)
    file.seek(start)
    lines = file.read(end - start).splitlines()
    return json.loads(lines[-1]) if lines else None


def sync_folder(folder: Path) -> None:
    """Wait until what was renamed or made in this folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
