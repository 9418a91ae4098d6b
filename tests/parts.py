"""Which tests a run is for: a part of the suite, a database, and what this machine has.

SQLite's run is whole. PostgreSQL's asks what the two could answer otherwise: locks and who waits for whom, constraints
and lengths, searching, migrations, sums and groupings, words in an order, every question at least once with rows there.
What is left out of it looks at what became of an answer: pages, papers, words, the demo. So that each page's questions
are asked there too, the walk of every address (tests/access) goes round it as the three who are shown most; and a long
table of cases is tried on its first and its last row, as its rows differ in our rules and not in what is asked.
"""

import os
import shutil
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ON_POSTGRES = os.environ.get("PEERNET_DATABASE_URL", "").startswith("postgres")
CHROMIUM = os.environ.get("PEERNET_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
REDIS_URL = os.environ.get("PEERNET_TEST_REDIS_URL")
INSTALLED = all(map(shutil.which, ("nginx", "redis-server", "redis-cli", "openssl", "curl", "docker-compose"))) and any(
    Path("/usr/lib/postgresql").glob("*/bin/initdb")
)
HOW_TO_GET = {
    "production": "A server is missing: apt-get install nginx postgresql redis-server openssl curl docker-compose",
    "browser": "Chromium is missing: apt-get install chromium, or set PEERNET_TEST_CHROMIUM to where it is",
    "redis": "Redis is missing: apt-get install redis-server, start one, and set "
    "PEERNET_TEST_REDIS_URL=redis://127.0.0.1:6379/15",
}
# Which part of the suite this run is (tests/run_all.py): "inside" and "longest" each in one process, on either
# database; "browsers", "servers"; "" is all.
PART = os.environ.get("PEERNET_TEST_PART", "")
SERVERS = {"production", "backups", "upgrade"}
# The folders that take about half of what one process takes. A part of their own: together they ended long after all.
LONGEST_ON_POSTGRES = {"backups", "boards", "crisisplans", "elections", "upgrade"}
LONGEST = LONGEST_ON_POSTGRES if ON_POSTGRES else {"access", "boards", "crisisplans", "elections"}
# What a file must say to hold a test of that part.
SAYS = {"browsers": ("mark.browser",), "servers": ("mark.kill", "mark.production")}
# About addresses, pages, papers and the demo: nothing in them asks one database otherwise than the other. A file of
# another folder says it by its name.
THE_SAME_ON_BOTH = {"access", "demo", "design", "docs"}
PAGES = "pages.py"
# On PostgreSQL a long table of cases is tried on so many rows: each asks the same question of the database, and
# SQLite's run tries them all. What two do at once is asked whole, as there the databases do differ.
ROWS = 2
WHOLE = {"races"}


def elsewhere(item: pytest.Item) -> bool:
    """Whether this test belongs to the other database's run: PostgreSQL's is for what asks a database."""
    if not ON_POSTGRES:
        return bool(item.get_closest_marker("postgres_only")) or PART not in ("", part_of(item))
    if item.get_closest_marker("sqlite_only") or item.get_closest_marker("browser"):
        return True
    if PART and half_of(item.path) != PART:
        return True
    if folder_of(item.path) in THE_SAME_ON_BOTH or item.path.name.endswith(PAGES):
        return not item.get_closest_marker("both_databases")
    fixtures = set(getattr(item, "fixturenames", ()))
    asks = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "django_db_setup"}
    return not (asks or item.get_closest_marker("postgres_only") or item.get_closest_marker("both_databases"))


def part_of(item: pytest.Item) -> str:
    """Where a test belongs: with those that start a real browser, that start servers, or that one process holds."""
    if item.get_closest_marker("browser"):
        return "browsers"
    marked = item.get_closest_marker("kill") or item.get_closest_marker("production")
    if marked or folder_of(item.path) in SERVERS:
        return "servers"
    return half_of(item.path)


def half_of(path: Path) -> str:
    """Which half of what one process holds a file belongs to."""
    return "longest" if folder_of(path) in LONGEST else "inside"


def folder_of(path: Path) -> str:
    """The folder of tests in which it stands, the name of an app mostly."""
    return path.relative_to(TESTS).parts[0]


def may_hold(path: Path, part: str) -> bool:
    """Whether a file can hold tests of this part. One that can't is not even read: reading all takes seconds."""
    if part in {"inside", "longest"}:
        return half_of(path) == part
    if part not in SAYS:
        return True
    words = path.read_text()
    return (part == "servers" and folder_of(path) in SERVERS) or any(say in words for say in SAYS[part])


def spread(items: list[pytest.Item]) -> set[pytest.Item]:
    """Of each long table of cases the rows that PostgreSQL's run tries: the first, the last, and some between."""
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        exempt = item.get_closest_marker("both_databases") or item.get_closest_marker("postgres_only")
        alone = exempt or not hasattr(item, "callspec") or folder_of(item.path) in WHOLE
        tables.setdefault(item.nodeid if alone else item.nodeid.partition("[")[0], []).append(item)
    return {row for rows in tables.values() for row in some(rows)}


def some(rows: list[pytest.Item]) -> list[pytest.Item]:
    """So many of them, evenly; all, if they are no more."""
    if len(rows) <= ROWS:
        return rows
    return [rows[round(place * (len(rows) - 1) / (ROWS - 1))] for place in range(ROWS)]
