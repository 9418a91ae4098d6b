"""What every test stands on: which database, which time, and what this machine has."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connections

import clock.source
from clock.source import ask_database

# One of each for the whole run: a second real site or browser would not start beside the first.
pytest_plugins = ["tests.cast", "tests.steps", "tests.browser.real_site"]

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
# Which part of the suite this run is (tests/run_all.py): "inside" one process, "browsers", "servers"; "" is all.
PART = os.environ.get("PEERNET_TEST_PART", "")
SERVERS = {"production", "backups", "upgrade"}
# About addresses, pages, papers and the demo: nothing in them asks one database otherwise than the other.
THE_SAME_ON_BOTH = {"access", "demo", "design", "docs"}
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    # Argon2 is slow on purpose; a test that is about it says `real_hasher`.
    site.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Django's test client makes sittings by their bare keys; tests/attacks/test_stolen_database.py is about the cookie.
    stock = "django.contrib.sessions.middleware.SessionMiddleware"
    site.MIDDLEWARE = [stock if "sitting_cookie" in name else name for name in site.MIDDLEWARE]
    config.stash[LEFT_OUT] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    needed = (("browser", CHROMIUM), ("redis", REDIS_URL), ("production", INSTALLED))
    lacking = {kind for kind, there in needed if not there}
    kept, dropped = [], []
    for item in items:
        missing = next((kind for kind in sorted(lacking) if item.get_closest_marker(kind)), None)
        if missing and not elsewhere(item):
            config.stash[LEFT_OUT][missing] = config.stash[LEFT_OUT].get(missing, 0) + 1
        (dropped if missing or elsewhere(item) else kept).append(item)
    if config.stash[LEFT_OUT] and os.environ.get("CI"):
        raise pytest.UsageError("; ".join(HOW_TO_GET[kind] for kind in config.stash[LEFT_OUT]))
    items[:] = kept
    config.hook.pytest_deselected(items=dropped)


def elsewhere(item: pytest.Item) -> bool:
    """Whether this test belongs to the other database's run: PostgreSQL's is for what asks a database."""
    if not ON_POSTGRES:
        return bool(item.get_closest_marker("postgres_only")) or is_of_other_part(item)
    if item.get_closest_marker("sqlite_only") or item.get_closest_marker("browser"):
        return True
    if folder_of(item) in THE_SAME_ON_BOTH or item.path.name == "test_pages.py":
        return not item.get_closest_marker("both_databases")
    fixtures = set(getattr(item, "fixturenames", ()))
    asks = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "django_db_setup"}
    return not (asks or item.get_closest_marker("postgres_only") or item.get_closest_marker("both_databases"))


def is_of_other_part(item: pytest.Item) -> bool:
    """Whether another part of the suite runs this test, at the same time as this one."""
    return PART not in ("", part_of(item))


def part_of(item: pytest.Item) -> str:
    """Where a test belongs: with those that start a real browser, with those that start servers, or with the rest."""
    if item.get_closest_marker("browser"):
        return "browsers"
    marked = item.get_closest_marker("kill") or item.get_closest_marker("production")
    return "servers" if marked or folder_of(item) in SERVERS else "inside"


def folder_of(item: pytest.Item) -> str:
    """The folder of tests in which it stands, the name of an app mostly."""
    return item.path.relative_to(Path(__file__).parent).parts[0]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for kind, count in config.stash[LEFT_OUT].items():
        terminalreporter.write_line(f"Skipped: {count} tests. {HOW_TO_GET[kind]}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, not memory: tests with several threads need the real locks. None need outlive a power cut."""
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        command = database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        database["OPTIONS"]["init_command"] = command


@pytest.fixture(autouse=True)
def time_of_the_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time-machine move `clock.now()`; a test marked `real_clock` asks the database as the site does."""
    wanted = ask_database if request.node.get_closest_marker("real_clock") else lambda: datetime.now(UTC)
    monkeypatch.setattr(clock.source, "_source", wanted)


@pytest.fixture(autouse=True)
def hasher_of_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.node.get_closest_marker("real_hasher"):
        yield
        return
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def mail_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a site whose mail is set up; Django's test mailbox (`mailoutbox`) takes what is sent."""
    monkeypatch.setattr(site, "MAIL_IS_SET", True)


@pytest.fixture(autouse=True)
def erasure_list_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test's database is its own, and so is the list of what was erased from it."""
    monkeypatch.setattr(site, "ERASURE_FILE", tmp_path / "erasures")


@pytest.fixture(autouse=True)
def election_keys_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And so are the keys of its votes."""
    monkeypatch.setattr(site, "ELECTION_KEYS", tmp_path / "election-keys")


@pytest.fixture(autouse=True)
def plan_keys_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And the keys of people's plans, with the ring that wraps them."""
    monkeypatch.setattr(site, "PLAN_KEYS", tmp_path / "plan-keys")
    monkeypatch.setattr(site, "PLAN_RING", lambda: "the-ring-of-the-tests-which-is-long-enough")


@pytest.fixture(scope="session")
def chromium() -> str:
    assert CHROMIUM
    return str(Path(CHROMIUM))
