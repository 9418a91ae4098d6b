"""Open pages: how soon a due post is on all of them, what a message's fan-out costs, and that no cut loses one.

`python -m bench.sockets [embedded|redis]`: 200 sockets on one thread, embedded (SQLite, one process) and with
PostgreSQL and Redis. Fan-out is measured beside a bare Channels consumer with as many sockets and as many bytes in the
same process, in turns, from the moment the message is sent to its arrival at the last socket. Then 1,000 posts that
come due while sockets are cut at random. Ends with 1 where a promise is not kept.
"""

import asyncio
import contextlib
import itertools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from bench.measuring.following import Follower
from bench.measuring.ports import free_port
from bench.measuring.postgres import cluster
from bench.measuring.results import keep
from bench.measuring.sites import Site

SOCKETS, PEOPLE, SEED = 200, 100, 56
DUE_WITHIN, RATIO = 3.0, 1.3
PROGRAM = ["-m", "bench.measuring.open_pages"]
SERVER = [[sys.executable, *PROGRAM, "serve", "{port}"]]


@contextlib.contextmanager
def embedded() -> Iterator[Site]:
    """One process on SQLite; Channels' layer in memory."""
    with tempfile.TemporaryDirectory() as folder:
        yield Site(folder, SERVER)


@contextlib.contextmanager
def with_redis() -> Iterator[Site]:
    """PostgreSQL, and a Redis of its own or the one that PEERNET_TEST_REDIS_URL names."""
    with cluster() as database, redis() as url, tempfile.TemporaryDirectory() as folder:
        yield Site(folder, SERVER, PEERNET_DATABASE_URL=database.url, PEERNET_REDIS_URL=url)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis server."""
    if there := os.environ.get("PEERNET_TEST_REDIS_URL"):
        yield there
        return
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        raise RuntimeError("Redis is missing: apt-get install redis-server")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(30)


GROUNDS: dict[str, Callable[[], contextlib.AbstractContextManager[Site]]] = {
    "embedded": embedded,
    "redis": with_redis,
}


def prepared(site: Site, people: int = PEOPLE) -> dict[str, Any]:
    """Fill the site's database; what a client needs to know of it."""
    return json.loads(site.ask(*PROGRAM, "prepare", str(people)))


@contextlib.asynccontextmanager
async def following(site: Site, paths: list[str], cookies: list[str]) -> AsyncIterator[list[Follower]]:
    """So many pages open, each connected once."""
    pages = [Follower(site.port, path, cookies[n % len(cookies)]) for n, path in enumerate(paths)]
    tasks = [asyncio.create_task(page.follow()) for page in pages]
    try:
        for page in pages:
            if page.path != "/bare/":
                await asyncio.wait_for(page.here.wait(), 60)
        yield pages
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until(reached: Callable[[], bool], seconds: float) -> bool:
    """Wait until it is so; False where it is not within so many seconds."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.02)
    return True


async def arrivals(site: Site, known: dict[str, Any], sockets: int = SOCKETS, posts: int = 20) -> dict[str, float]:
    """Seconds from a post's time to its arrival, over all sockets and posts."""
    path = f"/live/c/{known['slug']}/board/{known['thread']}/"
    async with following(site, [path] * sockets, known["cookies"]) as pages:
        due = await plan(site, posts, 700, 5)
        await until(lambda: all(len(page.posts()) >= posts for page in pages), 60)
        late = sorted(page.had.get(f"appeared:{pk}", at + 60) - at for page in pages for pk, at in due)
    return {
        "p50": round(late[len(late) // 2], 3),
        "p99": round(late[int(len(late) * 0.99)], 3),
        "most": round(late[-1], 3),
    }


async def plan(site: Site, posts: int, milliseconds: int, start: int) -> list[tuple[int, float]]:
    """Let so many posts come due one after the other; which, and when."""
    said = await asyncio.to_thread(site.ask, *PROGRAM, "due", str(posts), str(milliseconds), str(start))
    return [(pk, at) for pk, at in json.loads(said)]


async def fan_out(site: Site, known: dict[str, Any], sockets: int = SOCKETS, rounds: int = 25) -> dict[str, float]:
    """Milliseconds from a message's sending to its arrival at the last socket, ours and the bare one's in turns."""
    path = f"/live/c/{known['slug']}/board/{known['thread']}/"
    ours, bare = [], []
    async with following(site, [path] * sockets + ["/bare/"] * sockets, known["cookies"]) as pages:
        followers, plain = pages[:sockets], pages[sockets:]
        await asyncio.sleep(2)
        for turn in range(rounds + 2):
            # The first two warm both up. Not at the same beat as the regular look.
            took = [await _one(site, f"/bench/decide/{known['post']}/", followers, "post")]
            # As many bytes as ours had.
            took.append(await _one(site, f"/bench/bare/{followers[0].longest}/", plain, "bare"))
            if turn >= 2:
                ours.append(took[0])
                bare.append(took[1])
            await asyncio.sleep(0.237)
    middle = [1000 * statistics.median(took) for took in (ours, bare)]
    return {
        "ours_ms": round(middle[0], 1),
        "bare_ms": round(middle[1], 1),
        "ratio": round(middle[0] / middle[1], 2),
    }


async def _one(site: Site, path: str, pages: list[Follower], kind: str) -> float:
    before = {id(page): len(page.came) for page in pages}

    def arrived(page: Follower) -> float:
        return next((at for what, _key, at in page.came[before[id(page)] :] if what == kind), 0.0)

    said = await asyncio.to_thread(_get, site.address + path)
    if not await until(lambda: all(arrived(page) for page in pages), 20):
        raise RuntimeError(f"a message did not reach all sockets within 20 s: {path}")
    return max(arrived(page) for page in pages) - said


def _get(address: str) -> float:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.loads(answer.read())["at"]


async def cut_at_random(
    site: Site, known: dict[str, Any], *, messages: int = 1000, sockets: int = 10, milliseconds: int = 40
) -> dict[str, int]:
    """Let so many posts come due while sockets are cut again and again; how many were lost, doubled or out of order."""
    chance = random.Random(SEED)
    path = f"/live/c/{known['slug']}/board/{known['thread']}/"
    async with following(site, [path] * sockets, known["cookies"]) as pages:
        due = [pk for pk, _at in await plan(site, messages, milliseconds, 4)]

        async def scissors() -> None:
            while True:
                await asyncio.sleep(chance.uniform(0.02, 0.2))
                chance.choice(pages).cut()

        cutting = asyncio.create_task(scissors())
        await until(
            lambda: all(len(page.posts()) >= messages // 2 for page in pages), 30 + messages * milliseconds / 1000
        )
        await until(lambda: any(due[-1] in page.posts() for page in pages), 30 + messages * milliseconds / 1000)
        cutting.cancel()
        await until(lambda: all(len(page.posts()) >= messages for page in pages), 30)
        return faults(pages, due)


def faults(pages: list[Follower], due: list[int]) -> dict[str, int]:
    """What is wrong with what these pages show, over all of them."""
    shown = [page.posts() for page in pages]
    place = {pk: n for n, pk in enumerate(due)}
    in_places = [[place[pk] for pk in one if pk in place] for one in shown]
    return {
        "messages": len(due),
        "sockets": len(pages),
        "cuts": sum(page.cuts for page in pages),
        "doubles_dropped_by_key": sum(page.doubles_dropped for page in pages),
        "lost": sum(len(set(due) - set(one)) for one in shown),
        "doubled": sum(len(one) - len(set(one)) for one in shown),
        "out_of_order": sum(one > other for places in in_places for one, other in itertools.pairwise(places)),
    }


def measured(ground: str) -> dict[str, Any]:
    """All figures on one ground."""
    with GROUNDS[ground]() as site:
        known = prepared(site)
        with site.served():
            return {
                "sockets": SOCKETS,
                "due_seconds": asyncio.run(arrivals(site, known)),
                "fan_out": asyncio.run(fan_out(site, known)),
                "cut_at_random": asyncio.run(cut_at_random(site, known)),
            }


def kept(figures: dict[str, Any]) -> bool:
    """Whether every promise was kept on this ground."""
    cut = figures["cut_at_random"]
    whole = not (cut["lost"] or cut["doubled"] or cut["out_of_order"])
    return whole and figures["due_seconds"]["p99"] <= DUE_WITHIN and figures["fan_out"]["ratio"] <= RATIO


def main() -> int:
    grounds = sys.argv[1:] or list(GROUNDS)
    figures = {ground: measured(ground) for ground in grounds}
    print(json.dumps(figures, indent=2))
    keep("sockets", figures)
    return 0 if all(map(kept, figures.values())) else 1


if __name__ == "__main__":
    sys.exit(main())
