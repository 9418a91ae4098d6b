"""The release before, with its data, brought to this one: every row as it was, the record whole, pages served (5.9).

And its code may still run while the new schema is there: what it wrote, it can write.
"""

import hashlib
import lzma
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import psycopg.types.json
import pytest

from tests.conftest import ON_POSTGRES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RELEASE = HERE / "0.2.0"
# Theirs who run it: rows that only say what was done to the schema, or are made anew.
NOT_DATA = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence", "peernet_cache"}
COLUMNS_POSTGRES = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
COLUMNS_SQLITE = """
SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2
"""
Rows = dict[str, list[str]]
LOOK = """
import pytest  # static files as they lie, without their hashes
import django
django.setup()
from django.conf import settings
from django.test import Client
from people.models import Person
from communities.models import Membership
from peernet.fitness import record, verbatim
print([*record.record_is_whole(), *record.no_chain_is_gone(), *verbatim.words_are_those_recorded(),
       *verbatim.decisions_are_those_recorded()])
member = Membership.objects.filter(kind="member", state="active", community__slug="fellside").order_by("pk").first()
client = Client(headers={"host": "localhost"})
client.force_login(member.person, backend="allauth.account.auth_backends.AuthenticationBackend")
# The client knows the bare key only; browsers are given it with its proof.
from people.sitting_cookie import cookie_for
client.cookies[settings.SESSION_COOKIE_NAME] = cookie_for(client.cookies[settings.SESSION_COOKIE_NAME].value)
from boards.models import Thread
thread = Thread.objects.filter(community=member.community, shown_from__isnull=False).order_by("pk").first()
from django.urls import reverse
pages = [reverse("boards:front", args=["fellside"]), reverse("boards:board", args=["fellside"]),
         reverse("boards:thread", args=["fellside", thread.pk]), reverse("communities:rules", args=["fellside"]),
         reverse("notices:list"), reverse("own:yours"), reverse("peernet:home")]
print([(page, status) for page in pages if (status := client.get(page).status_code) != 200])
"""


class Old:
    """The old release's database, loaded, to be brought up to date; asked in SQL as the old code would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        if ON_POSTGRES:
            base = urlsplit(os.environ["PEERNET_DATABASE_URL"])
            self.server = base._replace(path="/postgres").geturl()
            self.name = f"peernet-upgrade-{uuid4().hex[:8]}"
            self.url = base._replace(path=f"/{self.name}").geturl()
            self._on_server(f'CREATE DATABASE "{self.name}"')
            sql = lzma.decompress((RELEASE / "demo.sql.xz").read_bytes())
            subprocess.run(
                ["psql", "-qX", "-v", "ON_ERROR_STOP=1", self.url], input=sql, check=True, stdout=subprocess.DEVNULL
            )
        else:
            self.file = folder / "peernet.sqlite3"
            self.file.write_bytes(lzma.decompress((RELEASE / "demo.sqlite3.xz").read_bytes()))

    def clear(self) -> None:
        if ON_POSTGRES:
            self._on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _on_server(self, step: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as server:
            server.execute(step)

    @contextmanager
    def connection(self) -> Iterator[Any]:
        if ON_POSTGRES:
            with psycopg.connect(self.url) as connection:
                yield connection
            return
        with closing(sqlite3.connect(self.file, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            yield connection
            connection.rollback()

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            return list(connection.execute(question).fetchall())

    def tables(self) -> Rows:
        """Every table with its columns."""
        rows = self.ask(COLUMNS_POSTGRES if ON_POSTGRES else COLUMNS_SQLITE)
        found: Rows = {}
        for table, column in rows:
            if table not in NOT_DATA:
                found.setdefault(table, []).append(column)
        return found

    def hashes(self, tables: Rows) -> Rows:
        """A hash of every row, of these columns of each table."""
        found = {}
        for table, columns in tables.items():
            rows = self.ask(f'SELECT {", ".join(quoted(columns))} FROM "{table}"')
            found[table] = sorted(hashlib.sha256(repr(row).encode()).hexdigest() for row in rows)
        return found

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        bare = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
        told = {
            "DJANGO_SETTINGS_MODULE": "peernet.settings",
            "PEERNET_DATA": str(self.folder),
            "PEERNET_SECRET_KEY_FILE": str(RELEASE / "secret-of-the-demo"),
            "PEERNET_RECORD_KEY_FILE": str(RELEASE / "record-of-the-demo"),
            **({"PEERNET_DATABASE_URL": self.url} if self.url else {}),
        }
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**bare, **told},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )


def quoted(columns: list[str]) -> list[str]:
    return [f'"{column}"' for column in columns]


@pytest.fixture(scope="module")
def upgraded(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Old, Rows, Rows]]:
    """The old database brought up to date, with its tables and the hashes of its rows from before."""
    old = Old(tmp_path_factory.mktemp("old"))
    try:
        tables = old.tables()
        before = old.hashes(tables)
        done = old.run("-m", "peernet.cli", "migrate", "--quiet")
        assert (done.returncode, done.stderr) == (0, "")
        yield old, tables, before
    finally:
        old.clear()


pytestmark = [pytest.mark.kill, pytest.mark.both_databases]


def test_every_row_is_as_it_was(upgraded: tuple[Old, Rows, Rows]) -> None:
    old, tables, before = upgraded
    assert sum(map(len, before.values())) > 900
    after = old.hashes(tables)
    assert [table for table in tables if after[table] != before[table]] == []


def test_record_holds_and_pages_are_served(upgraded: tuple[Old, Rows, Rows]) -> None:
    done = upgraded[0].run("-c", LOOK)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[]", "[]"]


def test_old_code_still_writes_every_kind_of_row(
    upgraded: tuple[Old, Rows, Rows],
) -> None:
    """A row of each table is taken out and put in again by the old columns alone: what is new has its own value."""
    old, tables, before = upgraded
    refused = []
    for table, columns in tables.items():
        if not before[table]:
            continue
        names = ", ".join(quoted(columns))
        with old.connection() as connection:
            if ON_POSTGRES:
                connection.execute("SET session_replication_role = replica")
            row = connection.execute(f'SELECT {names} FROM "{table}" LIMIT 1').fetchone()
            key = columns.index("id") if "id" in columns else 0
            mark = "%s" if ON_POSTGRES else "?"
            connection.execute(f'DELETE FROM "{table}" WHERE "{columns[key]}" = {mark}', (row[key],))
            marks = ", ".join([mark] * len(columns))
            try:
                overriding = "OVERRIDING SYSTEM VALUE " if ON_POSTGRES and "id" in columns else ""
                connection.execute(
                    f'INSERT INTO "{table}" ({names}) {overriding}VALUES ({marks})', tuple(map(plain, row))
                )
            except (sqlite3.Error, psycopg.Error) as fault:
                refused.append((table, str(fault)))
            if ON_POSTGRES:
                connection.rollback()
    assert refused == []


def plain(value: Any) -> Any:
    if isinstance(value, dict | list):
        return psycopg.types.json.Jsonb(value)
    return value


def test_fixture_holds_nobody_but_the_demo(upgraded: tuple[Old, Rows, Rows]) -> None:
    old = upgraded[0]
    assert old.ask("SELECT count(*) FROM people_person WHERE NOT is_demo") == [(0,)]
    assert old.ask("SELECT count(*) FROM account_emailaddress") == [(0,)]
