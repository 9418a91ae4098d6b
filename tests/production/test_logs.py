"""No log of any process holds anybody's words, names, addresses, passwords or tokens; lines have one shape."""

import json
import re
import socket
import ssl
import subprocess

import pytest

from tests.cast import PASSWORD
from tests.production.conftest import Installation
from tests.production.machine import HOST, lines_of, until

pytestmark = pytest.mark.production
# Said outright at the beginning and the end; the last is Celery's own.
OF_NOBODY = ("Ready.", "Stopping …", "worker: Warm shutdown (MainProcess)")
# The proxy's, the database's and Redis's own lines are theirs; what must not be in them is the same.
OURS = ("web-1", "web-2", "sockets-1", "sockets-2", "metrics")
WORDS = "canary-words-of-a-member"
TOKEN = "canarytoken0123456789"


def leave_traces(installation: Installation) -> list[str]:
    """Do everything that might leave something in a log; return what must be in none of them."""
    heron = installation.signed_in("heron")
    key = heron.form_key("/c/fellside/board/new/")
    heron.post("/c/fellside/board/new/", {"title": WORDS, "text": WORDS, "form_key": key})
    heron.post("/c/fellside/board/new/", {"title": WORDS, "text": WORDS, "form_key": f"{WORDS}-no-key"})
    plan = {"text": WORDS, "agreed": "on", "version": "0", "edition": "1"}
    for more in ({"save_draft": "1"}, {}, {"page_key": WORDS}):
        heron.post("/my-plan/parts/well/", plan | more)
    heron.post("/shared/x/", {"code": WORDS})
    heron.get(f"/shared/{TOKEN}/")
    heron.get(f"/join/{TOKEN}/")
    heron.get(f"/j%6Fin/{TOKEN}/")
    heron.ask("GET", f"/c/fellside/board/?q={WORDS}")
    heron.ask(
        "POST",
        "/accounts/login/",
        {"login": WORDS, "password": "canary-password-wrong"},
        Origin="https://canary.example",
    )
    heron.ask(
        "GET",
        f"/nowhere/{WORDS}/",
        **{"User-Agent": WORDS, "X-Request-ID": WORDS, "Referer": f"https://{HOST}/{WORDS}"},
    )
    for line in (f"CANARY /{WORDS} HTTP/1.1", f"GET /{WORDS} {WORDS} HTTP/9", f"GET /{WORDS}\x01 HTTP/1.1"):
        ask_badly(installation, line)
    ask_a_page_server_badly(installation, f"GET /{WORDS} {WORDS} HTTP/9\r\n\r\n")
    ask_a_page_server_badly(installation, f"GET / HTTP/1.1\r\nHost: {HOST}\r\n{WORDS} : bad\r\n\r\n")
    fail_in_the_database(installation)
    return [
        WORDS,
        TOKEN,
        PASSWORD,
        "canary-password",
        "canary.example",
        "canary.address",
        "of-the-cast",
        "fellside",
        "127.0.0.1",
    ]


def ask_badly(installation: Installation, line: str) -> None:
    context = ssl.create_default_context(cafile=str(installation.machine.folder / "secrets" / "tls_certificate"))
    with (
        socket.create_connection(("127.0.0.1", installation.machine.https)) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as secret,
    ):
        secret.sendall(f"{line}\r\nHost: {HOST}\r\n\r\n".encode())
        secret.recv(1000)


def ask_a_page_server_badly(installation: Installation, request: str) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(installation.machine.folder / "run" / "web-1.sock"))
        line.sendall(request.encode())
        line.recv(1000)


def fail_in_the_database(installation: Installation) -> None:
    """A statement with somebody's words that breaks a rule, as a page's might."""
    with pytest.raises(subprocess.CalledProcessError):
        installation.cluster.sql(f"INSERT INTO boards_thread (title) VALUES ('{WORDS}')")


def test_nothing_of_anybody_is_in_any_log(installation: Installation) -> None:
    secret = leave_traces(installation)
    logs = installation.machine.said()
    logs["database"] = installation.cluster.log.read_text(errors="replace")
    logs["redis"] = (installation.machine.folder / "redis.txt").read_text(errors="replace")
    assert "ERROR" in logs["database"]
    assert len(logs["web-1"]) + len(logs["web-2"]) > 1000
    # Redis and the database say at their start where they listen: that is no person's address.
    own = {"redis", "database"}
    found = [(name, word) for name, text in logs.items() for word in secret if word in text]
    assert [one for one in found if not (one[0] in own and one[1] == "127.0.0.1")] == []


def test_every_line_of_ours_is_one_object_with_the_same_shape(installation: Installation) -> None:
    installation.browser().get("/accounts/login/")
    for name in (*OURS, "worker", "beat"):
        text = installation.machine.said()[name]
        lines = [line for line in text.splitlines() if line and line not in OF_NOBODY]
        for line in lines:
            assert {"at", "level", "logger", "said"} <= set(json.loads(line)), (name, line)


def numbers_of(installation: Installation, *names: str) -> set[str]:
    """The requests for the page of signing in that these logs know of; the proxy's: those for any page."""
    lines = [line for name in names for line in lines_of(installation.machine.said()[name])]
    return {line["request"] for line in lines if line.get("route") == "account_login" or line.get("kind") == "page"}


def test_a_request_has_one_number_in_every_log(installation: Installation) -> None:
    installation.browser().get("/accounts/login/?number")
    pages = numbers_of(installation, "web-1", "web-2")
    assert pages
    assert all(re.fullmatch(r"[0-9a-f]{32}", number) for number in pages)
    # The proxy writes its line after the answer has gone.
    assert until(lambda: pages <= numbers_of(installation, "proxy"), 10)


def test_a_number_from_outside_is_not_taken(installation: Installation) -> None:
    forged = "f" * 32
    installation.browser().ask("GET", "/accounts/login/", **{"X-Request-ID": forged})
    assert not any(forged in text for text in installation.machine.said().values())
