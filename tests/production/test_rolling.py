"""Process after process ended and started anew while people post: nothing lost, nothing doubled, no errors."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.production.browser import Browser
from tests.production.conftest import Installation

pytestmark = [pytest.mark.production, pytest.mark.kill]
NEW = "/c/fellside/board/new/"
WRITERS = ("heron", "moss", "fern", "clover")


@dataclass
class Posting:
    """What people sent while the processes changed, and what they were told."""

    acknowledged: list[str] = field(default_factory=list)
    otherwise: list[tuple[int, str]] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def write(self, browser: Browser, name: str, word: str) -> None:
        number = 0
        # Four hands at one address: faster, and the proxy would rightly ask them to wait.
        while not self.enough.wait(0.4):
            number += 1
            words = f"{word} {name} {number}"
            page = browser.ask("GET", NEW)
            if page.status != 200:
                self.otherwise.append((page.status, page.body))
                continue
            key = page.body.partition('name="form_key" value="')[2].partition('"')[0]
            answer = browser.ask("POST", NEW, {"title": words, "text": words, "form_key": key})
            if answer.status == 302:
                self.acknowledged.append(words)
            else:
                self.otherwise.append((answer.status, answer.body))


@contextmanager
def posting(installation: Installation, word: str) -> Iterator[Posting]:
    """Let four people post without a pause meanwhile."""
    told = Posting()
    browsers = {name: installation.signed_in(name) for name in WRITERS}
    threads = [threading.Thread(target=told.write, args=(browser, name, word)) for name, browser in browsers.items()]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        told.enough.set()
        for thread in threads:
            thread.join()


def stored(installation: Installation, word: str) -> list[str]:
    return installation.cluster.sql(f"SELECT text FROM boards_post WHERE text LIKE '{word} %'").splitlines()


def test_pages_restarted_one_by_one_lose_nothing_and_nobody_notices(installation: Installation) -> None:
    with posting(installation, "rolling") as told:
        for name in ("web-1", "web-2", "sockets-1", "sockets-2", "worker", "beat"):
            installation.machine.restart(name)
    there = stored(installation, "rolling")
    assert len(told.acknowledged) > 20
    assert sorted(there) == sorted(set(there))
    assert set(told.acknowledged) <= set(there)
    assert told.otherwise == []


def test_the_proxy_takes_a_new_configuration_without_dropping_anybody(installation: Installation) -> None:
    with posting(installation, "reloading") as told:
        for _ in range(3):
            installation.machine.processes["proxy"].send_signal(1)
            installation.browser().get("/accounts/login/")
    assert set(told.acknowledged) <= set(stored(installation, "reloading"))
    assert told.otherwise == []


def test_both_away_at_once_say_so_with_help_and_come_back(installation: Installation) -> None:
    for name in ("web-1", "web-2"):
        installation.machine.end(name)
    answer = installation.browser().get("/accounts/login/")
    assert answer.status == 502
    assert "116 123" in answer.body
    assert answer.header("retry-after")
    assert answer.header("cache-control") == "no-store"
    for name in ("web-1", "web-2"):
        installation.machine.start(name)
    for name in ("web-1", "web-2"):
        installation.machine.wait_for(name)
    assert installation.browser().get("/accounts/login/").status == 200
