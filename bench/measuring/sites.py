"""The real site with its demo, as a bench serves it: embedded in one process, or gunicorn on PostgreSQL."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measuring.ports import free_port, wait_for
from bench.measuring.postgres import cluster

ROOT = Path(__file__).resolve().parents[2]
EMBEDDED = [[sys.executable, "-m", "peernet.cli", "run", "--port", "{port}"]]
GUNICORN = ["-m", "gunicorn", "peernet.wsgi:application", "--bind", "127.0.0.1:{port}", "--log-level", "warning"]
PRODUCTION = [[sys.executable, *GUNICORN, "--workers", "2", "--threads", "4"]]


class Site:
    """A site in a folder of its own, with the commands that serve it."""

    def __init__(self, folder: str, commands: list[list[str]], **settings: str) -> None:
        self.port, self.commands = free_port(), commands
        self.log = Path(folder) / "said.txt"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
        self.environment |= {
            "PEERNET_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "peernet.settings",
            "PYTHONPATH": str(ROOT),
            **settings,
        }

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def ask(self, *arguments: str) -> str:
        """Run Python with these arguments in this site's environment; return what it printed."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    def start(self) -> list[subprocess.Popen[bytes]]:
        """Start every process, each the head of a family of its own; return them once pages are answered."""
        with self.log.open("ab") as said:
            started = [
                subprocess.Popen(
                    [word.format(port=self.port) for word in command],
                    env=self.environment,
                    cwd=ROOT,
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                )
                for command in self.commands
            ]
        try:
            wait_for(self.port, alive=lambda: all(process.poll() is None for process in started))
        except RuntimeError as fault:
            kill(started)
            raise RuntimeError(f"{fault}: {self.log.read_text()[-2000:]}") from None
        return started

    @contextlib.contextmanager
    def served(self) -> Iterator[list[subprocess.Popen[bytes]]]:
        """The running processes, killed with their children at the end."""
        started = self.start()
        try:
            yield started
        finally:
            kill(started)


def kill(processes: list[subprocess.Popen[bytes]], how: signal.Signals = signal.SIGKILL) -> None:
    """Send this signal to every process and its children, and wait for the ends."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
    for process in processes:
        process.wait(60)


@contextlib.contextmanager
def embedded() -> Iterator[Site]:
    """`peernet run` on SQLite, filled with the demo at its first start."""
    with tempfile.TemporaryDirectory() as folder:
        yield Site(folder, EMBEDDED)


@contextlib.contextmanager
def production(**settings: str) -> Iterator[Site]:
    """gunicorn on a PostgreSQL of its own, filled with the demo."""
    with cluster() as database, tempfile.TemporaryDirectory() as folder:
        site = Site(folder, PRODUCTION, PEERNET_DATABASE_URL=database.url, **settings)
        site.ask("-m", "peernet.cli", "demo", "--json")
        site.ask("-m", "django", "collectstatic", "--noinput")
        yield site


GROUNDS = {"sqlite": embedded, "postgresql": production}
