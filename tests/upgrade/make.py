"""Make the data of a release for the test of the upgrade from it: `python tests/upgrade/make.py COMMIT RELEASE`.

Fills that release's demo at a fixed time, in SQLite and, with PEERNET_DATABASE_URL naming a PostgreSQL server's
database that may be emptied, in PostgreSQL. Only the demo's people are in it, and keys that are of the demo only.
"""

import lzma
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEYS = {
    "SECRET": "of-the-demo-only-the-secret-of-no-real-site",
    "RECORD": "of-the-demo-only-the-record-key-of-no-real-site",
}
NOT_NEEDED = r"^(\\(un)?restrict .*|CREATE SCHEMA public;|COMMENT ON SCHEMA public .*)\n"
FILL = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "peernet.settings"
sys.path.insert(0, os.getcwd())
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
from clock.source import telling
from peernet.demo import fill
at = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
with telling(at):
    fill.fill(at)
"""


def main(commit: str, release: str) -> None:
    """Write the release's folder beside this file."""
    place = HERE / release
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as code:
            code.extractall(folder / "code", filter="data")
        (folder / "data").mkdir()
        told = _keys(place, folder)
        _fill(folder, told)
        copy = folder / "copy"
        with sqlite3.connect(folder / "data" / "peernet.sqlite3") as there:
            there.execute("VACUUM INTO ?", (str(copy),))
        (place / "demo.sqlite3.xz").write_bytes(lzma.compress(copy.read_bytes(), preset=9))
        if url := os.environ.get("PEERNET_DATABASE_URL", ""):
            _fill(folder, {**told, "PEERNET_DATABASE_URL": url})
            command = ["pg_dump", "--no-owner", "--no-privileges", "--schema=public", url]
            dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            # psql's own words, and the schema that is there already.
            dump = re.sub(NOT_NEEDED, "", dump, flags=re.M)
            (place / "demo.sql.xz").write_bytes(lzma.compress(dump.encode(), preset=9))


def _keys(place: Path, folder: Path) -> dict[str, str]:
    told = {"PEERNET_DATA": str(folder / "data")}
    for name, key in KEYS.items():
        (place / f"{name.lower()}-of-the-demo").write_text(key)
        told[f"PEERNET_{name}_KEY_FILE"] = str(place / f"{name.lower()}-of-the-demo")
    return told


def _fill(folder: Path, told: dict[str, str]) -> None:
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
    subprocess.run([sys.executable, "-c", FILL], cwd=folder / "code", env={**bare, **told}, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
