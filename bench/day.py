"""A day of a community of 110 members, replayed in minutes on the one-process site over HTTP.

`python -m bench.day [MINUTES]`; 4 unless told otherwise. Who comes when, reads what and answers is drawn beforehand by
a fixed seed: most in the evening, some at night. The pause is a minute, so that what was written is on the board at the
end. Ends with 1 if a page failed, anything written is lost, doubled or not on the board, or the record broke.
"""

import json
import random
import re
import statistics
import sys
import threading
import time
import urllib.error
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bench.embedded import megabytes
from bench.measuring.browsers import Browser
from bench.measuring.results import keep
from bench.measuring.sites import Site, embedded

SEED = 110
MEMBERS, VISITS_A_MEMBER = 110, 3
# How much of a day's visits falls into each hour, from midnight.
HOURS = (3, 3, 3, 2, 1, 1, 2, 3, 4, 4, 4, 4, 5, 4, 4, 4, 5, 6, 8, 10, 11, 9, 6, 4)
READERS = 12
PREPARE = """
import django; django.setup()
import clock
from communities.models import Community, Rule
for key in ("pause_day_minutes", "pause_night_minutes"):
    large = Community.objects.get(slug="large")
    Rule.objects.update_or_create(community=large, key=key, defaults={"value": 1, "since": clock.now()})
"""
LOOK = """
import django, json; django.setup()
import clock
from audit.queries import verify
from boards.models import Post
now = clock.now()
rows = Post.objects.filter(text__startswith="Visit ")
states = [(p.text, p.state, p.visible_at is not None and p.visible_at <= now) for p in rows]
print(json.dumps({"posts": states, "breaks": [str(one) for one in verify()]}))
"""


@dataclass
class Visit:
    """Somebody comes at this part of the day (0 to 1), reads so many threads and perhaps answers."""

    at: float
    member: int
    threads: int
    writes: str


@dataclass
class Day:
    """What happened: how long each kind of page took, what was written and what failed."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    written: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    latest: float = 0.0


def plan() -> list[Visit]:
    chance = random.Random(SEED)
    visits = []
    for number in range(MEMBERS * VISITS_A_MEMBER):
        hour = chance.choices(range(24), HOURS)[0]
        writes = f"Visit {number}: it was good to read you." if chance.random() < 0.45 else ""
        at = (hour + chance.random()) / 24
        visits.append(Visit(at, chance.randrange(2, MEMBERS), chance.randrange(1, 4), writes))
    return sorted(visits, key=lambda visit: visit.at)


class Replay:
    """The day as it is lived again, a few people at once."""

    def __init__(self, site: Site, minutes: float) -> None:
        self.site, self.seconds, self.day = site, 60 * minutes, Day()
        self.browsers: dict[int, Browser] = {}
        self.lock, self.visits = threading.Lock(), iter(plan())

    def live(self) -> None:
        self.began = time.monotonic()
        threads = [threading.Thread(target=self._go_on) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _go_on(self) -> None:
        while True:
            with self.lock:
                visit = next(self.visits, None)
            if visit is None:
                return
            wait = self.began + visit.at * self.seconds - time.monotonic()
            self.day.latest = max(self.day.latest, -wait)
            time.sleep(max(0.0, wait))
            try:
                self._come(visit)
            except (OSError, RuntimeError) as fault:
                self.day.failed.append(f"{visit}: {fault!r}")

    def _come(self, visit: Visit) -> None:
        browser = self._browser(visit.member)
        self._get(browser, "front", "/c/large/")
        board = self._get(browser, "list", "/c/large/board/")
        there = list(dict.fromkeys(re.findall(r"/c/large/board/(\d+)/", board)))[: visit.threads]
        for thread in there:
            page = self._get(browser, "thread", f"/c/large/board/{thread}/")
        if visit.writes:
            key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
            path = f"/c/large/board/{there[-1]}/"
            self._timed("reply", lambda: browser.post(path, {"text": visit.writes, "form_key": key}))
            self.day.written.append(visit.writes)

    def _browser(self, member: int) -> Browser:
        with self.lock:
            new = member not in self.browsers
            browser = self.browsers.setdefault(member, Browser(str(member), self.site.address))
            busy = browser.__dict__.setdefault("busy", threading.Lock())
        with busy:
            if new:
                name = f"large-measure-member-{member}"
                self._timed("sign in", lambda: browser.sign_in(name, "three quiet weeks"))
        return browser

    def _get(self, browser: Browser, kind: str, path: str) -> str:
        return self._timed(kind, lambda: browser.get(path))

    def _timed(self, kind: str, act: object) -> object:
        began = time.perf_counter()
        try:
            return act()
        except urllib.error.HTTPError as fault:
            raise RuntimeError(f"{kind}: {fault.code}") from None
        finally:
            self.day.took[kind].append(time.perf_counter() - began)


def faults(site: Site, day: Day) -> tuple[list[str], Counter]:
    """What is wrong a minute after the last post, and how many posts stand how."""
    there = json.loads(site.ask("-c", LOOK))
    count = Counter(text for text, _state, _shown in there["posts"])
    found = [*there["breaks"], *day.failed]
    found += [f"lost: {text}" for text in day.written if not count[text]]
    found += [f"doubled: {text}" for text in count if count[text] > 1]
    found += [f"not on the board: {t}" for t, state, shown in there["posts"] if state == "accepted" and not shown]
    return found, Counter(state for _text, state, _shown in there["posts"])


def main(minutes: float) -> int:
    with embedded() as site:
        site.ask("-m", "peernet.cli", "demo", "--members", str(MEMBERS), "--threads", "60", "--posts", "900", "--json")
        site.ask("-c", PREPARE)
        with site.served() as (server,):
            replay = Replay(site, minutes)
            replay.live()
            memory = megabytes(server.pid)
            time.sleep(61)  # the last pause, by the real clock
            found, states = faults(site, replay.day)
    pages = dict(sorted(replay.day.took.items()))
    figures = {
        "members": MEMBERS,
        "visits": MEMBERS * VISITS_A_MEMBER,
        "minutes": minutes,
        "faster_than_life": round(24 * 60 / minutes),
        "requests": sum(map(len, pages.values())),
        "posts": dict(states),
        "latest_start_s": round(replay.day.latest, 1),
        "mb": round(memory),
        "ms": {kind: quantiles(times) for kind, times in pages.items()},
        "faults": found,
    }
    keep("day", figures)
    print(json.dumps(figures, indent=2))
    return 1 if found else 0


def quantiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"n": len(times), "p50": round(1000 * cuts[49]), "p99": round(1000 * cuts[98])}


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 4))
