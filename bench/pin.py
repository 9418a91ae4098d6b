"""What it costs to guess the PIN of a plan's copy on a phone: `python -m bench.pin`. Prints, and writes JSON.

The copy is locked by PBKDF2-HMAC-SHA-256 (static/js/copy.js). Whoever has copied the phone's memory meets no waiting
time: each guess costs them the rounds, and nothing else. So the figures are guesses a second, and what they mean.
"""

import hashlib
import json
import os
import re
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = len((ROOT / "people" / "sign_in_words.txt").read_text().split())
# Not measured here, as there is no such card: 600,000 rounds are what is commonly asked for because a strong graphics
# card of 2022 then does about 15,000 guesses a second (9,000 million rounds). Eight of them fit one machine.
CARD = 15_000 * 600_000
TRIES = 3
MANY_WORDS = (4, 5)
SPACES = {
    "six digits": 10**6,
    "eight digits": 10**8,
    "ten digits": 10**10,
    **{f"{many} of our {WORDS:,} words": WORDS**many for many in MANY_WORDS},
    "4 of 7,776 words": 7776**4,
}


def rounds() -> int:
    """The fewest rounds that the script takes, read from the script."""
    found = re.search(r"FEWEST = (\d+)", (ROOT / "static/js/copy.js").read_text())
    assert found
    return int(found[1])


def guesses_here(many: int) -> float:
    """Guesses a second on one core of this machine: the quickest of a few."""
    best = float("inf")
    for _ in range(TRIES):
        began = time.perf_counter()
        hashlib.pbkdf2_hmac("sha256", b"123456", b"sixteen bytes at", many)
        best = min(best, time.perf_counter() - began)
    return 1 / best


def said(seconds: float) -> str:
    """A time in plain words."""
    for size, name in ((31_557_600, "years"), (86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= size:
            return f"{seconds / size:,.1f} {name}"
    return f"{seconds:.1f} seconds"


def main() -> None:
    many = rounds()
    core = guesses_here(many)
    attackers = {
        "one core here": core,
        f"all {os.cpu_count()} cores here": core * (os.cpu_count() or 1),
        "one graphics card": CARD / many,
        "eight graphics cards": 8 * CARD / many,
    }
    print(f"{many:,} rounds. To try every one (on average half of that is enough):")
    table = {}
    for who, speed in attackers.items():
        table[who] = {"guesses a second": round(speed, 2)} | {
            what: said(space / speed) for what, space in SPACES.items()
        }
        print(f"\n{who}: {speed:,.1f} guesses a second")
        for what, space in SPACES.items():
            print(f"  {what:28} {said(space / speed)}")
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / "pin.json").write_text(json.dumps({"rounds": many, "attackers": table}, indent=2) + "\n")


if __name__ == "__main__":
    main()
