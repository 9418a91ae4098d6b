"""One process to one data folder: two would each run the jobs, and neither would see the other's queue."""

import fcntl
import os
from pathlib import Path
from typing import TextIO

from peernet.commands import Stop


def take(folder: Path, address: str) -> TextIO:
    """Return the held lock of this data folder; it goes with the process, however that ends.

    Raises `Stop` if another process holds it, saying where that one is reached.
    """
    handle = os.open(folder / "running", os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(handle, "r+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        there = file.read().strip() or "another place"
        file.close()
        raise Stop(f"Peernet is already running on this data ({folder}), at {there}.") from None
    file.truncate(0)
    file.write(address)
    file.flush()
    return file
