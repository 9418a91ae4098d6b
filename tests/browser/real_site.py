"""The real site with its demo, served by `peernet run` on a free port, and a real Chromium signed in as each person."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.answers.browser import launch, started
from tests.notices.mail_server import free_port
from tests.ready import lay

ROOT = Path(__file__).resolve().parents[2]


class DemoSite:
    """A `peernet run` of its own, filled with the demo."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://localhost:{self.port}"
        bare = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
        self.environment = {**bare, "PEERNET_DATA": str(folder), "PEERNET_ADDRESS": self.address}
        self.states: dict[str, Any] = {}
        lay(folder)
        self.begin()

    def begin(self) -> None:
        """Start the server; also once more, after `end` or `kill`, with all that it kept."""
        command = [sys.executable, "-m", "peernet.cli", "run", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("Ctrl-C"):
                break

    def kill(self) -> None:
        """Take the server away in the middle of whatever it does."""
        self.process.kill()
        self.process.wait(10)
        if self.process.stdout:
            self.process.stdout.close()

    def person(self, key: str) -> dict[str, Any]:
        """Somebody of the demo as `peernet demo --json` has them at this moment."""
        command = [sys.executable, "-m", "peernet.cli", "demo", "--json"]
        said = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return next(row for row in json.loads(said.stdout)["people"] if row["key"] == key)

    def post_in(self, state: str) -> tuple[int, int]:
        """A post of Fellside in this state: (its number, its thread's)."""
        with sqlite3.connect(self.folder / "peernet.sqlite3") as database:
            ask = (
                "SELECT p.id, p.thread_id FROM boards_post p JOIN communities_community c ON c.id = p.community_id "
                "WHERE c.slug = 'fellside' AND p.state = ? ORDER BY p.id DESC"
            )
            return database.execute(ask, [state]).fetchone()

    def one(self, ask: str) -> int:
        """The first answer of the site's database to a question."""
        with sqlite3.connect(self.folder / "peernet.sqlite3") as database:
            return int(database.execute(ask).fetchone()[0])

    def names(self) -> list[str]:
        """What people call themselves, their places and their threads."""
        asks = "SELECT display_name FROM communities_membership UNION SELECT name FROM communities_community"
        with sqlite3.connect(self.folder / "peernet.sqlite3") as database:
            titles = "UNION SELECT title FROM boards_post WHERE title != ''"
            return [name for (name,) in database.execute(f"{asks} {titles} ORDER BY 1 DESC")]

    def longest_thread(self) -> int:
        with sqlite3.connect(self.folder / "peernet.sqlite3") as database:
            return database.execute("SELECT id FROM boards_thread ORDER BY shown_posts DESC").fetchone()[0]

    def membership(self, name: str) -> int:
        """The number of somebody of Fellside."""
        with sqlite3.connect(self.folder / "peernet.sqlite3") as database:
            ask = "SELECT id FROM communities_membership WHERE display_name = ? ORDER BY id"
            return database.execute(ask, [name]).fetchone()[0]

    def open_link(self) -> str:
        with sqlite3.connect(self.folder / "peernet.sqlite3") as database:
            ask = "SELECT token FROM communities_selfreferral r JOIN communities_community c ON c.id = r.community_id"
            token = database.execute(ask + " WHERE c.slug = 'riverside'").fetchone()[0]
            return f"/join/{token}/"

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(40)
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    demo = DemoSite(tmp_path_factory.mktemp("demo-site"))
    yield demo
    demo.end()


@pytest.fixture(scope="session")
def browser_of_the_run(chromium: str) -> Iterator[Browser]:
    with started(chromium) as browser:
        yield browser


@pytest.fixture(scope="session")
def browser_with_memory(chromium: str, browser_of_the_run: Browser) -> Iterator[Browser]:
    """Another that remembers whole pages for its Back button."""
    browser = launch(browser_of_the_run.browser_type, chromium, remembers_pages=True)
    yield browser
    browser.close()


@pytest.fixture
def visit(request: pytest.FixtureRequest, site: DemoSite, browser_of_the_run: Browser) -> Iterator[Any]:
    """`visit("heron", width=360)`: a page of a browser in which this person has signed in ("" for nobody).

    `remembers_pages`: one with a whole-page memory for its Back button.
    """
    contexts: list[BrowserContext] = []

    def begin(key: str = "", *, remembers_pages: bool = False, **options: Any) -> Page:
        width = options.pop("width", 360)
        state = sign_in_once(site, browser_of_the_run, key) if key else None
        browser = request.getfixturevalue("browser_with_memory") if remembers_pages else browser_of_the_run
        context = browser.new_context(
            viewport={"width": width, "height": 800}, storage_state=state, base_url=site.address, **options
        )
        contexts.append(context)
        return context.new_page()

    yield begin
    for context in contexts:
        context.close()


def sign_in_once(site: DemoSite, browser: Browser, key: str) -> Any:
    """Sign in by the real forms, second step included; each person once, as no code works twice."""
    if key not in site.states:
        person = site.person(key)
        context = browser.new_context(base_url=site.address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("input[name=login]", person["sign_in_name"])
        page.fill("input[name=password]", person["password"])
        page.click("main button[type=submit]")
        if person["code"]:
            page.fill("input[name=code]", person["code"])
            page.click("main button[type=submit]")
        assert "/accounts/login/" not in page.url, key
        assert "2fa" not in page.url, key
        site.states[key] = context.storage_state()
        context.close()
    return site.states[key]
