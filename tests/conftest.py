"""What every test stands on: which database, which time, and what this machine has."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connections

import clock.source
from clock.source import ask_database
from tests.parts import (
    CHROMIUM,
    HOW_TO_GET,
    INSTALLED,
    ON_POSTGRES,
    PART,
    REDIS_URL,
    elsewhere,
    may_hold,
    part_of,
    spread,
)
from tests.ready import lay, ready_on_server

__all__ = ["ON_POSTGRES", "REDIS_URL"]
# One of each for the whole run: a second real site or browser would not start beside the first.
pytest_plugins = ["tests.cast", "tests.steps", "tests.quick", "tests.browser.real_site"]
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    # Argon2 is slow on purpose; a test that is about it says `real_hasher`.
    site.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Django's test client makes sittings by their bare keys; tests/attacks/test_stolen_database.py is about the cookie.
    stock = "django.contrib.sessions.middleware.SessionMiddleware"
    site.MIDDLEWARE = [stock if "sitting_cookie" in name else name for name in site.MIDDLEWARE]
    config.stash[LEFT_OUT] = {}


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave alone what holds nothing of this part; None: ask further."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if is_test and not may_hold(collection_path, PART) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    needed = (("browser", CHROMIUM), ("redis", REDIS_URL), ("production", INSTALLED))
    lacking = {kind for kind, there in needed if not there}
    kept, dropped = [], []
    if unread := {item.path.name for item in items if not may_hold(item.path, part_of(item))}:
        raise pytest.UsageError(f"Say the mark itself in these files, or their part does not find them: {unread}")
    for item in items:
        missing = next((kind for kind in sorted(lacking) if item.get_closest_marker(kind)), None)
        if missing and not elsewhere(item):
            config.stash[LEFT_OUT][missing] = config.stash[LEFT_OUT].get(missing, 0) + 1
        (dropped if missing or elsewhere(item) else kept).append(item)
    if config.stash[LEFT_OUT] and os.environ.get("CI"):
        raise pytest.UsageError("; ".join(HOW_TO_GET[kind] for kind in config.stash[LEFT_OUT]))
    if ON_POSTGRES:
        tried = spread(kept)
        dropped += [item for item in kept if item not in tried]
        kept = [item for item in kept if item in tried]
    items[:] = kept
    config.hook.pytest_deselected(items=dropped)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for kind, count in config.stash[LEFT_OUT].items():
        terminalreporter.write_line(f"Skipped: {count} tests. {HOW_TO_GET[kind]}")


@pytest.fixture(scope="session")
def ready_to_copy() -> Iterator[str]:
    """PostgreSQL's database that others are copied from (tests/ready.py); "" on SQLite, whose is a file."""
    if not ON_POSTGRES:
        yield ""
        return
    with ready_on_server(os.environ["PEERNET_DATABASE_URL"]) as name:
        yield name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory, ready_to_copy: str) -> None:
    """A file, not memory: tests with several threads need the real locks. None need outlive a power cut.

    Rows that nobody put in an order come in the least likely one: whoever leans on it fails here, not now and then on
    PostgreSQL, which gives them as it likes.
    """
    database = connections["default"].settings_dict
    if ready_to_copy:
        database["TEST"] |= {"TEMPLATE": ready_to_copy, "NAME": f"test_peernet_{os.getpid()}"}
    if database["ENGINE"].endswith("sqlite3"):
        lay(folder := tmp_path_factory.mktemp("database"))
        database["TEST"]["NAME"] = str(folder / "peernet.sqlite3")
        command = database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        command += " PRAGMA reverse_unordered_selects=ON;"
        database["OPTIONS"]["init_command"] = command


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite's is there already, brought up to date (tests/ready.py)."""
    return not ON_POSTGRES


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
