"""A site of its own for each test: a folder, a database of the kind under test, and commands that are processes.

What many tests begin with is lived through once a run; each then has a copy of it.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.backups.story import BETWEEN, MARKED
from tests.conftest import ON_POSTGRES
from tests.ready import lay

ROOT = Path(__file__).resolve().parents[2]
KEY = "a-key-that-is-long-enough-for-the-backups-of-tests"


class Site:
    """One installation. `peernet("backup", …)` is the command; `step("write")` is a step of tests/backups/story.py."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder, self.database = folder, database
        self.data, self.backups, self.keys = folder / "data", folder / "backups", folder / "keys"
        self.key = folder / "backup-key"
        self.key.write_text(KEY)
        self.has_key = True

    @property
    def environment(self) -> dict[str, str]:
        bare = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_", "PG"))}
        told = {"PEERNET_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "peernet.settings"}
        if self.has_key:
            told["PEERNET_BACKUP_KEY_FILE"] = str(self.key)
        if self.database:
            told["PEERNET_DATABASE_URL"] = self.database
        return {**bare, **told}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def peernet(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "peernet.cli", *words)

    def step(self, name: str) -> str:
        done = self.run("-m", "tests.backups.story", name, str(self.folder))
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def killed_in(self, place: str, *words: str) -> None:
        """Call the command in a process that kills itself as it comes to `place` ("module:name")."""
        done = self.run("-m", "tests.backups.killed", place, *words)
        assert done.returncode == -signal.SIGKILL, (done.returncode, done.stderr)

    def serves(self) -> str:
        """Load the site as a server does; "" when it may, else the line that says why not."""
        done = self.run("-c", "import peernet.asgi")
        return "" if done.returncode == 0 else done.stderr.strip()

    def all_words(self) -> str:
        """Everything that the database holds, as one text."""
        return self.step("dump")

    def looked_at(self) -> tuple[str, str]:
        """Load the site as a server does, which must go; what the database holds, and what `state` of the story says.

        All in one process: each takes a second to start.
        """
        words, _line, said = self.step("look").partition(BETWEEN)
        return words.strip(), said

    def copy_by_hand(self) -> None:
        """Keep the database as it is now, as somebody would who knows nothing of our commands."""
        if self.database:
            self._on_server(f'CREATE DATABASE "{self._name}-kept" TEMPLATE "{self._name}"')
        else:
            shutil.copy(self.data / "peernet.sqlite3", self.folder / "kept")

    def put_back_by_hand(self) -> None:
        if self.database:
            self._on_server(
                f'DROP DATABASE "{self._name}"', f'ALTER DATABASE "{self._name}-kept" RENAME TO "{self._name}"'
            )
        else:
            for ending in ("-wal", "-shm"):
                (self.data / f"peernet.sqlite3{ending}").unlink(missing_ok=True)
            shutil.copy(self.folder / "kept", self.data / "peernet.sqlite3")

    def empty_database(self) -> None:
        """As on a new machine."""
        if self.database:
            self._on_server(f'DROP DATABASE "{self._name}"', f'CREATE DATABASE "{self._name}"')
        else:
            (self.data / "peernet.sqlite3").unlink()

    def clear(self) -> None:
        if self.database:
            names = (self._name, f"{self._name}-kept")
            self._on_server(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names))

    @property
    def _name(self) -> str:
        return urlsplit(self.database).path.lstrip("/")

    def _on_server(self, *steps: str) -> None:
        with psycopg.connect(urlsplit(self.database)._replace(path="/postgres").geturl(), autocommit=True) as server:
            for one in steps:
                server.execute(one)


def new_site(folder: Path, like: str = "template1") -> Site:
    """An empty installation on the kind of database that this run is about, there `like` another one."""
    if not ON_POSTGRES:
        return Site(folder)
    base = urlsplit(os.environ["PEERNET_DATABASE_URL"])
    made = Site(folder, base._replace(path=f"/peernet-backups-{uuid4().hex[:8]}").geturl())
    made._on_server(f'CREATE DATABASE "{made._name}" TEMPLATE "{like}"')
    return made


def copy_of(original: Site, folder: Path) -> Site:
    """The same installation once more: its files, keys and backups, and its database."""
    shutil.copytree(original.folder, folder, dirs_exist_ok=True)
    if not original.database:
        return Site(folder)
    made = Site(folder, urlsplit(original.database)._replace(path=f"/peernet-backups-{uuid4().hex[:8]}").geturl())
    made._on_server(f'CREATE DATABASE "{made._name}" TEMPLATE "{original._name}"')
    return made


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    made = new_site(tmp_path)
    yield made
    made.clear()


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory, ready_to_copy: str) -> Iterator[Site]:
    made = new_site(tmp_path_factory.mktemp("written"), ready_to_copy)
    if not made.database:
        lay(made.data)
    made.step("write")
    yield made
    made.clear()


@pytest.fixture(scope="session")
def erased_once(written_once: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    made = copy_of(written_once, tmp_path_factory.mktemp("erased"))
    manifest = made.step("old_backup")
    made.step("erase")
    assert [word for word in MARKED if word in made.all_words()] == []
    yield made, str(Path(manifest).relative_to(made.folder))
    made.clear()


@pytest.fixture
def site(written_once: Site, tmp_path: Path) -> Iterator[Site]:
    """A site with the cast and what they wrote forty days ago (tests/backups/story.py, `write`)."""
    made = copy_of(written_once, tmp_path / "site")
    yield made
    made.clear()


@pytest.fixture
def erased(erased_once: tuple[Site, str], tmp_path: Path) -> Iterator[tuple[Site, str]]:
    """A site where the marked words are erased, and the manifest of a backup from 35 days ago that holds them."""
    original, manifest = erased_once
    made = copy_of(original, tmp_path / "site")
    yield made, str(made.folder / manifest)
    made.clear()
