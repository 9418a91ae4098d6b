"""An SQLite database brought up to date, made once and copied by whatever begins with an empty site.

Some hundred migrations take many seconds. The copy lies in pytest's own folder, under a name that says what it was
made of, so that one run makes it for all its parts, and the next run has it still. What a first start makes besides
(keys, lists) is not in it: each site makes its own. Starts from nothing: tests/ground/test_embedded.py, tests/upgrade.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
KEPT_IN = ROOT / ".pytest_cache" / "ready"
OTHERS = ("django", "django-allauth")
AN_HOUR = 3600
# In the environment: the name of a database on the server that several runs share.
SHARED = "PEERNET_TEST_READY"
MAKE = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
connection.close()
"""


def lay(folder: Path) -> None:
    """Put the database where a site with this folder looks for it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ready_database(), folder / "peernet.sqlite3")
    (folder / "peernet.sqlite3").chmod(0o600)


@cache
def ready_database() -> Path:
    """The database, made now if nobody has made it of the same migrations. Whoever comes meanwhile waits."""
    made = KEPT_IN / f"{_made_of()}.sqlite3"
    with _one_at_a_time("file"):
        if not made.exists():
            # Another run may be about to copy one that is newer.
            for old in KEPT_IN.glob("*.sqlite3"):
                if old.stat().st_mtime < time.time() - AN_HOUR:
                    old.unlink()
            _make(made)
    return made


@contextmanager
def ready_on_server(url: str) -> Iterator[str]:
    """The same on a PostgreSQL server: the name of a database to copy others from, which goes at the end.

    Where several runs share one (`SHARED` names it), the first to come makes it, and whoever started them lets it go.
    """
    name = os.environ.get(SHARED) or f"peernet-ready-{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        try:
            with _one_at_a_time("server"):
                if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                    server.execute(f'CREATE DATABASE "{name}"')
                    with tempfile.TemporaryDirectory() as folder:
                        _migrate(Path(folder), PEERNET_DATABASE_URL=urlsplit(url)._replace(path=f"/{name}").geturl())
            yield name
        finally:
            if SHARED not in os.environ:
                let_go(url, name)


def let_go(url: str, name: str) -> None:
    """Remove it from the server, if it is there."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _one_at_a_time(what: str) -> Iterator[None]:
    KEPT_IN.mkdir(parents=True, exist_ok=True)
    with (KEPT_IN / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made_of() -> str:
    """A name for all migrations as they are: ours by their text, others' by their release."""
    known = hashlib.sha256("".join(version(name) for name in OTHERS).encode())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), ROOT / "peernet" / "settings.py"]):
        known.update(path.read_bytes())
    return known.hexdigest()[:16]


def _make(made: Path) -> None:
    folder = made.with_suffix(".making")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    _migrate(folder)
    (folder / "peernet.sqlite3").rename(made)
    shutil.rmtree(folder)


def _migrate(folder: Path, **settings: str) -> None:
    """Apply all migrations, in a process that has nothing of this one's settings."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
    own = {"PEERNET_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "peernet.settings", **settings}
    subprocess.run([sys.executable, "-c", MAKE], cwd=ROOT, env=bare | own, check=True)
