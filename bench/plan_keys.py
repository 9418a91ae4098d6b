"""New keys for 10,000 plans, the command killed at random moments while others write (safety checks 1.4, ADR 0030).

`python -m bench.plan_keys [PLANS] [KILLS] [sqlite|postgresql]`: first another key of the ring around every file, then
a new key for every person with all their words sealed anew; each killed so often, begun again, and let go to its end.
Ends with 1 if any version that was acknowledged can't be read afterwards, or anything is left under an old key. A
claim about the process, not about power.
"""

import contextlib
import json
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measuring.postgres import cluster
from bench.measuring.results import keep
from bench.measuring.sites import ROOT, Site

ROWS = ("-m", "bench.measuring.plan_rows")
SEED = 51
LONGEST = 2.0


@contextlib.contextmanager
def ground(kind: str) -> Iterator[Site]:
    """A site without any server, with a ring of its own."""
    with contextlib.ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory())
        told = {"PEERNET_PLAN_KEY_FILE": f"{folder}/ring", "PEERNET_PLAN_FOLDER": f"{folder}/plan-keys"}
        if kind == "postgresql":
            told["PEERNET_DATABASE_URL"] = opened.enter_context(cluster()).url
        Path(told["PEERNET_PLAN_KEY_FILE"]).write_text(secrets.token_urlsafe(48))
        yield Site(folder, [], **told)


def start(site: Site, *words: str) -> subprocess.Popen[str]:
    """Start a process of `bench.measuring.plan_rows`."""
    command = [sys.executable, *ROWS, *words]
    return subprocess.Popen(command, env=site.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed_while_others_write(site: Site, action: str, seconds: float) -> list[list[int]]:
    """Let it go on for so long, then kill it, and those who write too; return what they were told is stored."""
    writer = start(site, "write")
    with start(site, "rotate", action) as rotating:
        assert rotating.stdout
        rotating.stdout.readline()
        time.sleep(seconds)
        rotating.send_signal(signal.SIGKILL)
    writer.send_signal(signal.SIGKILL)
    said, _nothing = writer.communicate()
    return [[int(word) for word in line.split()] for line in said.splitlines(keepends=True) if line.endswith("\n")]


def rotated(site: Site, action: str, kills: int, chance: random.Random) -> dict[str, Any]:
    """Kill it so often, then let it end; return the figures."""
    acknowledged: list[list[int]] = []
    for _ in range(kills):
        acknowledged += killed_while_others_write(site, action, chance.uniform(0.0, LONGEST))
    began = time.monotonic()
    site.ask(*ROWS, "rotate", action)
    seconds = time.monotonic() - began
    found = json.loads(site.ask(*ROWS, "look"))
    there = {tuple(one) for one in found["there"]}
    missing = [one for one in acknowledged if tuple(one) not in there]
    return {
        "kills": kills,
        "versions": len(there),
        "acknowledged_meanwhile": len(acknowledged),
        "lost": len(found["lost"]) + len(missing),
        "people_with_an_older_key": found["older_key"],
        "files_under_an_older_ring_key": found["files"] - found["newest_ring"],
        "seconds_of_the_last_run": round(seconds, 1),
    }


def on(kind: str, plans: int, kills: int) -> dict[str, dict[str, Any]]:
    """All of it on this database."""
    chance = random.Random(SEED)
    with ground(kind) as site:
        ring = Path(site.environment["PEERNET_PLAN_KEY_FILE"])
        site.ask(*ROWS, "fill", str(plans))
        new = secrets.token_urlsafe(48)
        ring.write_text(f"{new}\n{ring.read_text()}")
        rewrapped = rotated(site, "rewrap", kills, chance)
        # From here on the old key of the ring is no more.
        ring.write_text(new)
        return {"rewrap": rewrapped, "renew": rotated(site, "renew", kills, chance)}


def amiss(figures: dict[str, dict[str, Any]]) -> bool:
    """Whether anything was lost or left."""
    wrong = ("lost", "people_with_an_older_key", "files_under_an_older_ring_key")
    last = figures["renew"]
    return any(told["lost"] for told in figures.values()) or any(last[name] for name in wrong)


def main(plans: int = 10_000, kills: int = 50, *kinds: str) -> int:
    """Return 1 if anything was lost or left under an old key."""
    found = {kind: on(kind, plans, kills) for kind in kinds or ("sqlite", "postgresql")}
    keep("plan_keys", {"plans": plans, **found})
    print(json.dumps(found, indent=2))
    return 1 if any(amiss(figures) for figures in found.values()) else 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main(*numbers, *(word for word in sys.argv[1:] if not word.isdigit())))
