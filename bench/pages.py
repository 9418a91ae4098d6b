"""List, thread and reply of a signed-in member on PostgreSQL, beside a minimal Django page on the same server.

`python bench/pages.py [--rounds N] [--seconds S]`. A PostgreSQL of its own, a community of 110 members, 1,000 threads
and 10,000 posts, a real sign-in; the reader has read everything, as somebody who comes by every day. Peernet and the
minimal site run at once and are asked in turns, so that what else the machine does falls on both; a first round warms
up and does not count. Prints, and writes bench/results/pages.json: requests a second, p50 and p99 at 1, 4 and 16
clients; the ratio to the minimal page of as many bytes; and the processor's time a page inside one process, which noise
hardly touches, for that reader and for one to whom all is new.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg

from bench.measuring.asking import cookies, figures, load, page, reply
from bench.measuring.browsers import Browser
from bench.measuring.postgres import Cluster, cluster
from bench.measuring.results import keep
from bench.measuring.sites import ROOT, Site

CLIENTS = (1, 4, 16)
SIZES = ["--members", "110", "--threads", "1000", "--posts", "10000"]
BOARD = "/c/large/board/"
SERVER = "-m gunicorn {}.wsgi:application --workers 2 --threads 4 --preload --bind 127.0.0.1:{{port}}"
# The reader who has read nothing yet.
ALL_NEW = "all is new"


@dataclass
class Pages:
    """Both sites, served, with somebody signed in to each."""

    peernet: Site
    minimal: Site
    paths: dict[str, str]
    readers: dict[str, str]  # cookies, by site
    writers: list[Browser]

    def requests(self, site: str, name: str, clients: int) -> list[str]:
        """What so many clients ask of a site."""
        path = self.paths[name] if site == "peernet" else f"/{name}/"
        return [page(path, self.readers[site])] * clients

    def replies(self, clients: int) -> list[str]:
        """Replies by so many members."""
        return [reply(self.paths["thread"], cookies(one.jar), _token(one)) for one in self.writers[:clients]]


def _token(browser: Browser) -> str:
    return next(cookie.value for cookie in browser.jar if cookie.name == "csrftoken") or ""


def _member(site: Site, number: int) -> Browser:
    browser = Browser(f"member {number}", site.address)
    browser.sign_in(f"large-measure-member-{number}", "three quiet weeks")
    if "<h1>" not in browser.get(BOARD):
        raise RuntimeError("nobody is signed in")
    return browser


def _commands(package: str) -> list[list[str]]:
    return [[sys.executable, *SERVER.format(package).split()]]


@contextlib.contextmanager
def served() -> Iterator[Pages]:
    """Peernet and the minimal site on one PostgreSQL, each with its database."""
    with cluster() as database, contextlib.ExitStack() as held:
        folder, fillers = (held.enter_context(tempfile.TemporaryDirectory()) for _ in range(2))
        peernet = Site(folder, _commands("peernet"), PEERNET_DATABASE_URL=database.url)
        peernet.ask("-m", "peernet.cli", "demo", *SIZES)
        peernet.ask("-m", "django", "collectstatic", "--noinput")
        held.enter_context(peernet.served())
        reader, paths = _member(peernet, 5), {"list": BOARD}
        paths["thread"] = f"{BOARD}{_long_thread(database)}/"
        reader.post(f"{BOARD}read/", {})
        for name, path in paths.items():
            (Path(fillers) / f"{name}.html").write_text(reader.get(path))
        minimal, cookie = _minimal(database, fillers)
        held.enter_context(minimal.served())
        database_settles(database)
        writers = [_member(peernet, number) for number in range(20, 20 + max(CLIENTS))]
        readers = {"peernet": reader.jar, ALL_NEW: _member(peernet, 6).jar}
        signed_in = {site: cookies(jar) for site, jar in readers.items()} | {"minimal": cookie}
        yield Pages(peernet, minimal, paths, signed_in, writers)


def _minimal(database: Cluster, fillers: str) -> tuple[Site, str]:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE minimal")
    settings = {
        "DJANGO_SETTINGS_MODULE": "bench.minimal.settings",
        "MINIMAL_DATABASE_URL": database.url.rpartition("/")[0] + "/minimal",
        "MINIMAL_FILLERS": fillers,
    }
    site = Site(fillers, _commands("bench.minimal"), **settings)
    return site, site.ask("-m", "bench.minimal.fill").strip()


def database_settles(database: Cluster) -> None:
    """What a database that has been there for a while has behind it: its rows counted and cleaned up."""
    for name in ("postgres", "minimal"):
        with psycopg.connect(f"{database.url.rpartition('/')[0]}/{name}", autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")


def _long_thread(database: Cluster) -> int:
    """A thread whose first page is full."""
    question = "SELECT thread_id FROM boards_post GROUP BY 1 HAVING count(*) BETWEEN 31 AND 60 ORDER BY 1 LIMIT 1"
    with psycopg.connect(database.url) as connection:
        return connection.execute(question).fetchone()[0]


def in_turns(pages: Pages, rounds: int, seconds: float) -> dict[str, dict]:
    """Requests a second and milliseconds of each page and each number of clients, with the minimal page's beside."""
    runs: dict[tuple[str, str, int], list[dict]] = {}
    ports = {"peernet": pages.peernet.port, "minimal": pages.minimal.port}
    for turn in range(-1, rounds):  # the first warms up
        for name in pages.paths:
            for clients in CLIENTS:
                for site, port in ports.items():
                    done = load(port, pages.requests(site, name, clients), seconds if turn >= 0 else 1)
                    if turn >= 0:
                        runs.setdefault((name, site, clients), []).append(done)
    found: dict[str, dict] = {}
    for name in pages.paths:
        for clients in CLIENTS:
            ours, theirs = (figures(runs[name, site, clients], seconds) for site in ports)
            ratio = round(ours["a_second"] / theirs["a_second"], 3)
            found[f"{name}, {clients}"] = {"peernet": ours, "minimal": theirs, "ratio": ratio}
    return found


def replies(pages: Pages, rounds: int, seconds: float) -> dict[str, dict]:
    """The same of replies: the form that is sent, up to the answer that it is kept."""
    found = {}
    for clients in CLIENTS:
        sent = pages.replies(clients)
        runs = [load(pages.peernet.port, sent, seconds, status="302") for _ in range(-1, rounds)]
        found[f"reply, {clients}"] = figures(runs[1:], seconds)
    return found


def costs(pages: Pages, rounds: int, times: int = 100) -> dict[str, dict]:
    """Milliseconds of the processor a page, in turns: in Python, and in the database for it."""
    sites = {"peernet": pages.peernet, ALL_NEW: pages.peernet, "minimal": pages.minimal}
    found: dict[str, dict] = {}
    with contextlib.ExitStack() as held:
        handling = {name: held.enter_context(_handling(site, pages.readers[name])) for name, site in sites.items()}
        for name, path in pages.paths.items():
            took: dict[str, list[dict]] = {site: [] for site in sites}
            for _ in range(rounds):
                for site, process in handling.items():
                    print(f"/{name}/" if site == "minimal" else path, times, file=process.stdin, flush=True)
                    took[site].append(json.loads(process.stdout.readline()))
            row = {site: _middle(all_took) for site, all_took in took.items()}
            spent = {site: row[site]["python"] + row[site]["database"] for site in sites}
            found[name] = {**row, "ratio": round(spent["minimal"] / spent["peernet"], 3)}
            found[name][f"ratio, {ALL_NEW}"] = round(spent["minimal"] / spent[ALL_NEW], 3)
    return found


def _middle(runs: list[dict]) -> dict[str, float]:
    # The database's share is counted in ticks of 10 ms, so only a mean of many is worth anything.
    python = statistics.median(run["python"] for run in runs)
    return {
        "python": round(1000 * python, 2),
        "database": round(1000 * statistics.mean(run["database"] for run in runs), 2),
    }


@contextlib.contextmanager
def _handling(site: Site, cookie: str) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "bench.measuring.handling", cookie]
    # The database's share is that of one process, so one connection has to last.
    environment = {**site.environment, "PEERNET_KEEP_DATABASE": "3600"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.stdin.close()


def sizes(pages: Pages) -> dict[str, dict[str, int]]:
    """Bytes of each page as it is, before it is packed; both must be as long."""
    found: dict[str, dict[str, int]] = {}
    for name, path in pages.paths.items():
        asked = {"peernet": (pages.peernet, path), "minimal": (pages.minimal, f"/{name}/")}
        for site, (served_by, at) in asked.items():
            browser = Browser(site, served_by.address)
            browser._open.__self__.addheaders += [("Cookie", pages.readers[site])]
            found.setdefault(name, {})[site] = len(browser.get(at).encode())
        if not 0.98 < found[name]["minimal"] / found[name]["peernet"] < 1.02:
            raise RuntimeError(f"the minimal page is not as long: {found}")
    return found


def show(found: dict) -> None:
    for name, row in found["pages"].items():
        ours, theirs = row["peernet"], row["minimal"]
        print(
            f"{name:>10} clients: {ours['a_second']:7} a second, p50 {ours['p50_ms']:6} ms, p99 {ours['p99_ms']:6} ms; "
            f"minimal {theirs['a_second']:7}, {theirs['p50_ms']:5}, {theirs['p99_ms']:6}; ratio {row['ratio']}"
        )
    for name, row in found["replies"].items():
        print(
            f"{name:>10} clients: {row['a_second']:7} a second, p50 {row['p50_ms']:6} ms, p99 {row['p99_ms']:6} ms "
            f"of {row['requests']} requests"
        )
    pages_of = ("peernet", ALL_NEW, "minimal")
    for name, row in found["processor_ms"].items():
        spent = (f"{site} {row[site]['python']} + {row[site]['database']} ms" for site in pages_of)
        print(f"{name:>10}, processor: {'; '.join(spent)}; ratio {row['ratio']}, {row[f'ratio, {ALL_NEW}']}")
    print(f"bytes: {found['bytes']}; load of the machine: {found['machine_load']}")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=3)
    given = asked.parse_args()
    machine = [round(os.getloadavg()[0], 2)]
    with served() as pages:
        found = {
            "server": SERVER.replace("{}", "…"),
            "rounds": given.rounds,
            "bytes": sizes(pages),
            "processor_ms": costs(pages, given.rounds),
            "pages": in_turns(pages, given.rounds, given.seconds),
            "replies": replies(pages, given.rounds, given.seconds),
        }
    found["machine_load"] = [*machine, round(os.getloadavg()[0], 2)]
    keep("pages", found)
    show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
