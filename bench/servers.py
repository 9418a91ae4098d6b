"""Which server brings the pages fastest: the same pages of a large community from each, in turns (docs/adr/0019).

`python -m bench.servers [ROUNDS]`, on a PostgreSQL of its own. Each server has two processes; one not installed is
left out. Prints, and writes bench/results/servers.json: requests a second and milliseconds at 1, 4 and 16 clients,
processor time a page (which other work on the machine disturbs least), memory, and what forty clients that never finish
their request do to the others.
"""

import contextlib
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from importlib.util import find_spec
from pathlib import Path

from bench.measuring.ports import free_port, wait_for
from bench.measuring.postgres import cluster
from bench.measuring.results import keep

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = (1, 4, 16)
SECONDS = 1.5
TICKS = os.sysconf("SC_CLK_TCK")
PAGES = {"list": "/c/large/board/", "thread": "/c/large/board/{thread}/"}
ASGI, WSGI = "peernet.asgi:application", "peernet.wsgi:application"
GUNICORN = ["gunicorn", WSGI, "--bind", "127.0.0.1:{port}", "--workers", "2", "--log-level", "warning"]


@dataclass
class Candidate:
    """A way to serve: commands on {port} (and {other}), and what must be installed for it."""

    commands: list[list[str]]
    needs: str
    settings: dict[str, str] = field(default_factory=dict)


UVICORN = ["uvicorn", ASGI, "--host", "127.0.0.1", "--log-level", "warning", "--port"]
DAPHNE = ["daphne", "-v", "0", "-b", "127.0.0.1", "-p"]
CANDIDATES = {
    "daphne": Candidate([[*DAPHNE, "{port}", ASGI], [*DAPHNE, "{other}", ASGI]], "daphne"),
    "daphne, connections from a pool": Candidate(
        [[*DAPHNE, "{port}", ASGI], [*DAPHNE, "{other}", ASGI]],
        "psycopg_pool",
        {"DJANGO_SETTINGS_MODULE": "bench.settings.pooled"},
    ),
    "uvicorn": Candidate([[*UVICORN, "{port}"], [*UVICORN, "{other}"]], "uvicorn"),
    "gunicorn sync": Candidate([GUNICORN], "gunicorn"),
    "gunicorn, 4 threads, no kept connections": Candidate(
        [[*GUNICORN, "--threads", "4"]], "gunicorn", {"PEERNET_KEEP_DATABASE": "0"}
    ),
    "gunicorn, 4 threads": Candidate([[*GUNICORN, "--threads", "4"]], "gunicorn"),
    "gunicorn, 2 threads": Candidate([[*GUNICORN, "--threads", "2"]], "gunicorn"),
}


class Running:
    """One candidate's processes, and a way to ask them."""

    def __init__(self, candidate: Candidate, environment: dict[str, str]) -> None:
        self.ports = [free_port() for _ in candidate.commands]
        names = dict(zip(("port", "other"), self.ports, strict=False))
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", *(word.format(**names) for word in command)],
                cwd=ROOT,
                env={**environment, **candidate.settings},
                stderr=subprocess.DEVNULL,
            )
            for command in candidate.commands
        ]

    def ready(self) -> None:
        for port in self.ports:
            wait_for(port)

    def family(self) -> list[int]:
        """The processes and their children."""
        pids = [process.pid for process in self.processes]
        for pid in pids:
            pids += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return pids

    def seconds_used(self) -> float:
        stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.family())
        return sum(int(words[11]) + int(words[12]) for words in stats) / TICKS

    def megabytes(self) -> float:
        rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.family())
        return sum(int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1]) for rollup in rollups) / 1024

    def end(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


class Line:
    """One client's kept connection; opened again where the server has closed it."""

    def __init__(self, port: int, patience: float = 30) -> None:
        self.port, self.file, self.patience = port, None, patience

    def ask(self, request: bytes) -> float:
        """Return how many seconds the answer took. Raises RuntimeError unless it is a page."""
        started = time.perf_counter()
        try:
            head = self._send(request)
        except OSError:
            self.file = None
            head = self._send(request)
        length, closes, status = 0, False, head[9:12]
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            closes = closes or (name.lower() == b"connection" and b"close" in value.lower())
        if status != b"200" or len(self.file.read(length)) != length or not length:
            raise RuntimeError(f"no page: {head!r}")
        if closes:
            self.file = None
        return time.perf_counter() - started

    def _send(self, request: bytes) -> bytes:
        if self.file is None:
            self.file = socket.create_connection(("127.0.0.1", self.port), timeout=self.patience).makefile("rwb")
        self.file.write(request)
        self.file.flush()
        if not (head := self.file.readline()):
            raise ConnectionError
        return head


def measure(running: Running, request: bytes, clients: int, seconds: float = SECONDS) -> list[float]:
    """Let so many clients ask for so long; return the seconds of each answer. One that fails ends the bench."""
    end, times, failed = time.perf_counter() + seconds, [], []

    def go_on(number: int) -> None:
        line = Line(running.ports[number % len(running.ports)])
        try:
            while time.perf_counter() < end:
                times.append(line.ask(request))
        except Exception as fault:
            failed.append(fault)

    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return times


def with_the_unfinished(running: Running, request: bytes) -> float:
    """Return the longest of ten answers, in seconds, while forty clients have sent half a request each."""
    with contextlib.ExitStack() as held:
        for number in range(40):
            line = held.enter_context(
                socket.create_connection(("127.0.0.1", running.ports[number % len(running.ports)]))
            )
            line.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\nlogin=")
        time.sleep(0.3)
        try:
            return max(Line(running.ports[0], patience=5).ask(request) for _ in range(10))
        except (OSError, RuntimeError):
            return float("inf")


def cookies(port: int) -> str:
    """Sign a member of the large community in; return their cookies as a header."""
    jar = CookieJar()
    opened = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open
    login = f"http://localhost:{port}/accounts/login/"
    opened(login).close()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    fields = {"login": "large-measure-member-7", "password": "three quiet weeks", "csrfmiddlewaretoken": token}
    opened(urllib.request.Request(login, urllib.parse.urlencode(fields).encode(), {"Referer": login})).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def requests(port: int) -> dict[str, bytes]:
    """The pages as a browser asks for them, signed in."""
    head = f"Host: localhost\r\nAccept-Encoding: gzip\r\nCookie: {cookies(port)}\r\n\r\n"
    ask = "GET {} HTTP/1.1\r\n" + head
    plain = urllib.request.Request(f"http://localhost:{port}/c/large/board/", headers={"Cookie": cookies(port)})
    with urllib.request.urlopen(plain) as answer:
        thread = re.search(r"/c/large/board/(\d+)/", answer.read().decode())[1]
    return {name: ask.format(path.format(thread=thread)).encode() for name, path in PAGES.items()}


@contextlib.contextmanager
def ground() -> Iterator[dict[str, str]]:
    """The environment of a site with a large community in the database that is named."""
    with tempfile.TemporaryDirectory() as folder, cluster() as database:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))} | {
            "PEERNET_DATA": folder,
            "PEERNET_DATABASE_URL": database.url,
            "DJANGO_SETTINGS_MODULE": "peernet.settings",
        }
        sizes = ["--members", "110", "--threads", "1000", "--posts", "10000"]
        for command in (["peernet.cli", "demo", *sizes], ["django", "collectstatic", "--noinput"]):
            subprocess.run(
                [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True
            )
        yield environment


def compare(running: dict[str, Running], asked: dict[str, bytes], rounds: int) -> dict[str, dict]:
    """Ask all of them in turns, so that what else the machine does falls on each alike."""
    times = {name: {(page, n): [] for page in asked for n in CLIENTS} for name in running}
    used: dict[str, list[float]] = {name: [0.0, 0] for name in running}
    for number in range(rounds + 1):
        for page, request in asked.items():
            for clients in CLIENTS:
                for name, server in running.items():
                    before = server.seconds_used()
                    took = measure(server, request, clients, SECONDS if number else 0.5)
                    if number:  # the first round warms up
                        times[name][page, clients].append(took)
                        used[name][0] += server.seconds_used() - before
                        used[name][1] += len(took)
    return {
        name: {
            "cpu_ms_a_page": round(1000 * used[name][0] / used[name][1], 2),
            **{f"{page} {n}": figures(took) for (page, n), took in times[name].items()},
        }
        for name in running
    }


def figures(rounds: list[list[float]]) -> dict[str, float]:
    """Requests a second (the middle round's), and milliseconds over all rounds."""
    together = sorted(t for took in rounds for t in took)
    return {
        "rps": round(statistics.median(len(took) for took in rounds) / SECONDS, 1),
        "p50": round(1000 * together[len(together) // 2], 1),
        "p99": round(1000 * together[min(len(together) - 1, int(len(together) * 0.99))], 1),
    }


def show(results: dict[str, dict]) -> None:
    for name, row in results.items():
        print(f"\n{name}: {row['cpu_ms_a_page']} ms of processor a page, {row['megabytes']} MB, ", end="")
        print(f"beside 40 unfinished requests: {row['with_40_unfinished_ms']} ms")
        for key, one in row.items():
            if isinstance(one, dict):
                print(f"  {key:>9} clients: {one['rps']:7} a second, p50 {one['p50']:6} ms, p99 {one['p99']:6} ms")


def main(rounds: int) -> int:
    there = {name: one for name, one in CANDIDATES.items() if find_spec(one.needs)}
    with ground() as environment:
        running: dict[str, Running] = {}
        try:
            for name, candidate in there.items():
                running[name] = Running(candidate, environment)
                running[name].ready()
            asked = requests(next(iter(running.values())).ports[0])
            results = compare(running, asked, rounds)
            for name, server in running.items():
                results[name]["megabytes"] = round(server.megabytes())
                slowest = with_the_unfinished(server, asked["thread"])
                results[name]["with_40_unfinished_ms"] = round(1000 * slowest) if slowest < 10 else "no answer"
        finally:
            for server in running.values():
                server.end()
    keep("servers", {"rounds": rounds, "servers": results})
    show(results)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
