"""A PostgreSQL whose clock can be moved while it runs, as the only clock the site goes by is the database's.

Needs Debian's package libfaketime: the server's own system calls are told another time; nothing of ours is changed.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measuring.postgres import Cluster


def library() -> Path:
    """Where libfaketime is. Raises RuntimeError where it is missing."""
    found = list(Path("/usr/lib").glob("**/faketime/libfaketime.so.1"))
    if not found:
        raise RuntimeError("libfaketime is missing: apt-get install faketime")
    return found[0]


class Clockwork(Cluster):
    """A server that lives `ahead` seconds in the future."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.ahead, self.file = 0, Path(folder) / "clock"
        self.move(0)

    def move(self, seconds: int) -> None:
        """Let so many seconds pass at once, for connections that are open too."""
        self.ahead += seconds
        self.file.write_text(f"+{self.ahead}")
        self.file.chmod(0o644)

    def start(self, **environment: str) -> None:
        told = {"FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1"}
        told |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1", "LD_PRELOAD": str(library())}
        super().start(**told, **environment)


@contextlib.contextmanager
def clockwork() -> Iterator[Clockwork]:
    """A running server with a clock that can be moved, gone with everything in it at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Clockwork(folder)
        made.start()
        try:
            yield made
        finally:
            made.end()
