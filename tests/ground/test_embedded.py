"""The whole site in one process: it starts, runs its jobs, and ends with nothing left over."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.notices.mail_server import MailServer, free_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.kill


def bare_environment() -> dict[str, str]:
    """Return the environment without the settings of whoever runs the tests."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}


class Site:
    """A `peernet run` of its own, on a free port and in a folder of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.environment = {**bare_environment(), "PEERNET_DATA": str(folder), **settings}
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "peernet.cli", "run", "--no-demo", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("Ctrl-C"):
                break
        self.reader = threading.Thread(target=lambda: self.said.extend(self.process.stdout or []))
        self.reader.start()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def end(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(40)
        self.reader.join()
        if self.process.stdout:
            self.process.stdout.close()
        return code


@pytest.fixture(scope="session")
def started_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first start has made: keys, and a database brought up to date. Each test has a copy."""
    folder = tmp_path_factory.mktemp("started-before")
    # A folder that others can look into: what is made in it is closed by itself.
    folder.chmod(0o755)
    assert Site(folder).end() == 0
    return folder


@pytest.fixture
def start(started_before: Path, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []
    shutil.copytree(started_before, tmp_path, dirs_exist_ok=True)

    def begin(**settings: str) -> Site:
        sites.append(Site(tmp_path, **settings))
        return sites[-1]

    yield begin
    for site in sites:
        site.end(signal.SIGKILL)


def test_what_a_first_start_makes_is_for_nobody_else_on_this_machine(started_before: Path) -> None:
    # But for style and scripts, which everybody gets.
    made = [path for path in started_before.rglob("*") if path.is_file() and "static" not in path.parts]
    assert {path.name for path in made} >= {"peernet.sqlite3", "secret", "record"}
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_nothing_left_over(start: Callable[..., Site], number: int) -> None:
    site = start()
    assert "".join(site.said).count(f"http://localhost:{site.port}") >= 1
    assert site.get("/healthz")
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children")
    assert children.read_text() == ""
    assert site.end(number) == 0
    assert "Traceback" not in "".join(site.said)
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", site.port))


def test_it_ends_cleanly_with_fifty_lines_open(start: Callable[..., Site]) -> None:
    site = start()
    with contextlib.ExitStack() as lines:
        for _ in range(50):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 200"
        assert site.end() == 0
    assert "Traceback" not in "".join(site.said)


def test_a_second_one_on_the_same_data_says_where_the_first_is(start: Callable[..., Site]) -> None:
    site = start()
    second = subprocess.run(
        [sys.executable, "-m", "peernet.cli", "run", "--port", str(free_port())],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1
    assert len(second.stderr.splitlines()) == 1
    assert f"http://localhost:{site.port}" in second.stderr


def test_its_data_is_there_again_after_it_was_killed(start: Callable[..., Site]) -> None:
    site = start()
    site.end(signal.SIGKILL)
    site = start()
    assert site.get("/readyz")
    assert site.end() == 0


def test_the_jobs_run_inside_and_say_when(start: Callable[..., Site]) -> None:
    site = start()
    with contextlib.closing(sqlite3.connect(site.folder / "peernet.sqlite3", timeout=20)) as database:
        for _ in range(100):
            if database.execute("SELECT count(*) FROM clock_sweep WHERE name = 'notices.send'").fetchone()[0]:
                break
            threading.Event().wait(0.1)
        else:
            pytest.fail("no sweep within 10 s of the start")
    assert '"broker": "ok"' in site.get("/readyz")


def test_a_mail_left_from_before_goes_out_at_the_start(start: Callable[..., Site]) -> None:
    before = start()
    before.end()
    program = (
        "import django; django.setup()\n"
        "from clock import now; from notices.services import mail_account\n"
        "mail_account(address='teal@example.org', subject='s', body='b', now=now())"
    )
    environment = {**before.environment, "DJANGO_SETTINGS_MODULE": "peernet.settings"}
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, timeout=60)
    server = MailServer()
    start(
        PEERNET_MAIL_HOST="127.0.0.1",
        PEERNET_MAIL_PORT=str(server.port),
        PEERNET_MAIL_TLS="none",
        PEERNET_MAIL_FROM="post@peernet.example",
    )
    taken = server.wait_for_a_mail(20)
    server.end()
    assert taken
    assert server.recipients == ["teal@example.org"]


def test_the_access_log_holds_no_query_no_token_and_no_address(start: Callable[..., Site]) -> None:
    site = start()
    with contextlib.suppress(urllib.error.HTTPError):
        site.get("/join/CANARY-token/?name=CANARY-name")
    with contextlib.suppress(urllib.error.HTTPError):
        site.get("/nowhere/?CANARY-query=1")
    site.end()
    said = "".join(site.said)
    assert "answered method=GET route=communities:join status=" in said
    assert "answered method=GET route=none status=" in said
    assert "/nowhere" not in said
    assert "CANARY" not in said
    assert "127.0.0.1" not in said
