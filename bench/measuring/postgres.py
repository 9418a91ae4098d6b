"""A PostgreSQL server of a bench's own: in a folder that goes with it, on a free port of 127.0.0.1, as in production.

Nothing is turned off that production would have on: what it says is on disk is on disk.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measuring.ports import free_port


def programs() -> Path:
    """Where PostgreSQL's own programs are. Raises RuntimeError where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("postgres")
    if not found and not on_path:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent if found else Path(str(on_path)).parent


class Cluster:
    """A server that can be started, ended and killed; `url` is its database."""

    def __init__(self, folder: str, *settings: str) -> None:
        self.folder, self.port, self.settings = Path(folder) / "postgres", free_port(), settings
        # PostgreSQL refuses to run as root.
        self.account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        self.folder.mkdir(mode=0o700)
        Path(folder).chmod(0o711)
        if self.account:
            shutil.chown(self.folder, "postgres", "postgres")
        make = [programs() / "initdb", "-D", self.folder, "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        self._run(*make, "--locale=C.UTF-8")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self, **environment: str) -> None:
        """Start it, with these variables added to its environment. Raises RuntimeError if it does not answer."""
        options = [word for setting in self.settings for word in ("-c", setting)]
        listening = ["-h", "127.0.0.1", "-p", str(self.port), "-k", ""]
        command = [programs() / "postgres", "-D", self.folder, *listening, *options]
        whole = {**os.environ, **environment}
        self.process = subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL, env=whole, **self.account)
        for _ in range(300):
            asked = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
            if subprocess.run(asked, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start within 30 s")

    def end(self, *, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends it in order, whoever is connected; SIGQUIT is its own kill -9."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None

    def _run(self, *command: object) -> None:
        subprocess.run([str(word) for word in command], cwd="/", check=True, stdout=subprocess.DEVNULL, **self.account)


@contextlib.contextmanager
def cluster(*settings: str) -> Iterator[Cluster]:
    """A running server, gone with everything in it at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Cluster(folder, *settings)
        made.start()
        try:
            yield made
        finally:
            made.end()


def exists() -> bool:
    """Whether this machine has PostgreSQL and, for root, its account."""
    with contextlib.suppress(RuntimeError, KeyError):
        programs()
        return os.geteuid() != 0 or bool(pwd.getpwnam("postgres"))
    return False
