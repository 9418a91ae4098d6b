"""Anybody may knock, signed in or not; however much or often, nobody else has to stand outside for it."""

import http.client
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils.module_loading import import_string

from peernet.log_lines import plain_path
from people import hashing
from tests.ground.test_embedded import Site
from tests.ready import lay

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Site]:
    lay(tmp_path)
    one = Site(tmp_path)
    yield one
    one.end()


def post(site: Site, body: bytes, **headers: str) -> int:
    line = http.client.HTTPConnection("localhost", site.port, timeout=60)
    try:
        line.request("POST", "/accounts/login/", body, FORM | headers)
        return line.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        return 413  # told while we were still sending
    finally:
        line.close()


@pytest.mark.kill
def test_a_huge_form_is_refused_unread(running: Site) -> None:
    """Read whole, 40 MB of "a=b&" once kept every page waiting for nine seconds."""
    refused = post(running, b"a=b&" * 8_000_000)
    in_pieces = post(running, [b"a=b&" * 250_000] * 40)
    looked_at = post(running, b"a=b&" * 2_000_000)
    assert (refused, in_pieces) == (413, 413)
    assert looked_at in {400, 403}
    assert "ok" in running.get("/healthz")


@pytest.mark.parametrize("hashes", ["encode", "verify"])
def test_passwords_are_hashed_a_few_at_a_time(hashes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def slowly(*_given: object) -> str:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        return ""

    monkeypatch.setattr(Argon2PasswordHasher, hashes, slowly)
    hasher = hashing.AFewAtOnce()
    with ThreadPoolExecutor(20) as crowd:
        list(crowd.map(lambda _one: getattr(hasher, hashes)("a", "b"), range(20)))
    assert most == hashing.AT_ONCE


def test_the_site_hashes_that_way() -> None:
    from peernet import settings as written

    assert [import_string(path) for path in written.PASSWORD_HASHERS] == [hashing.AFewAtOnce]


@pytest.mark.parametrize(
    "path",
    [
        "/j%6Fin/CANARY/",
        "/%6aoin%2FCANARY",
        "/JOIN/CANARY/",
        "/accounts/way%2Dback/CANARY/",
        "/accounts/%77ay-back/CANARY",
    ],
)
def test_a_token_stays_out_of_the_log_however_its_address_is_spelt(path: str) -> None:
    assert "CANARY" not in plain_path(path)


def test_no_address_makes_a_line_of_its_own_in_the_log() -> None:
    assert "\n" not in plain_path("/a%0A2026-11-23 forged") + plain_path("/a\nforged")


@pytest.mark.django_db
def test_a_form_in_a_strange_alphabet_is_answered_not_a_fault() -> None:
    strange = "application/x-www-form-urlencoded; charset=utf-7"
    answer = Client(raise_request_exception=False).post("/accounts/login/", "login=a", content_type=strange)
    assert answer.status_code == 400
    assert "116 123" in answer.content.decode()
