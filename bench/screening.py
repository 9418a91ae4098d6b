"""How long screening takes on 10,000 characters, also the worst ones: `python -m bench.screening`.

Prints each case with its time, its steps and its ratio to a plain pass over the same text, and writes the same
to bench/results/screening.json. The limit is 50 ms for each text (safety checks, 6.4).
"""

import json
import statistics
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from boards.screening import LONGEST, screen
from boards.screening.budget import Budget
from boards.screening.engine import run
from boards.screening.rules import RULES

RESULTS = Path(__file__).parent / "results" / "screening.json"
LIMIT_MS = 50.0
TIMES = 9


def full(pattern: str) -> str:
    """The pattern again and again, to the longest text that is read."""
    return "".join(islice(cycle(pattern), LONGEST))


def strange_words() -> str:
    """Words that are all different and all nearly known."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = (f"goodb{a}{b}e tonig{b}t{a}" for a in letters for b in letters)
    return " ".join(words)[:LONGEST]


CASES: dict[str, str] = {
    "a usual post": full("I had a quiet day and walked by the river with my sister. We ate chips and came home. "),
    "figures of speech": full("I am dying for a cup of tea and my feet are killing me. "),
    "denied again and again": full("I am not going to kill myself. "),
    "denied without an end": full("I am not going to kill myself and "),
    "key words only": full("kill die suicide goodbye pills rope tonight "),
    "goodbyes": full("goodbye everyone sorry thank you for everything "),
    "spaced letters": full("k i l l m y s e l f "),
    "spaced, all one letter": full("i "),
    "two letters by turns": full("a b "),
    "one long word": full("x"),
    "one long glued word": full("killmyself"),
    "strange words": strange_words(),
    "stars": full("k*ll d*e s**cide m*rder "),
    "digits in words": full("k1ll my5elf t0n1ght "),
    "short shouts": full("im ill id "),
    "emoji only": full("🔪💊🌉👋"),
    "emoji by two": full("🔪💊"),
    "emoji by seven": full("🔪💊🌉👋⚰🌙🔫"),
    "emoji and letters": full("🔪i💊u🌉n👋r⚰"),
    "combining marks": full("k\u0301i\u0302l\u0303l\u0304 "),
    "marks alone": full("\u0301"),
    "letters that unfold": full("\ufdfa"),
    "quotation marks": full('"kill" '),
    "apostrophes": full("'i'm'"),
    "dots": full("a.b."),
    "new lines": full("die\n"),
    "every letter there is": "".join(chr(0x100 + n) for n in range(LONGEST)),
    "nothing but space": full(" "),
}


def milliseconds(work: Callable[[], object]) -> float:
    """The median processor time of a few runs, so that a busy machine measures the same."""
    taken = []
    for _ in range(TIMES):
        started = time.thread_time()
        work()
        taken.append((time.thread_time() - started) * 1000)
    return statistics.median(taken)


def plain_pass(text: str) -> int:
    """Looks at every character once: what any reading must cost."""
    seen = 0
    for letter in text:
        if letter.isalnum():
            seen += 1
    return seen


def steps(text: str) -> int:
    """The steps that reading and the rules take on one text."""
    budgets: list[Budget] = []

    def counted() -> Budget:
        budgets.append(Budget())
        return budgets[-1]

    run(text, dict(RULES), budget=counted)
    return sum(budget.spent for budget in budgets)


def main() -> None:
    """Measure every case, print and keep the figures."""
    screen("warm")
    rows = {}
    for name, text in CASES.items():
        took, plain = milliseconds(lambda text=text: screen(text)), milliseconds(lambda text=text: plain_pass(text))
        held = [finding.rule for finding in screen(text)]
        rows[name] = {"ms": round(took, 1), "ratio": round(took / plain, 1), "steps": steps(text), "held": held}
        print(f"{name:26} {took:6.1f} ms  {took / plain:6.1f} x plain  {rows[name]['steps']:7} steps  {held}")
    worst = max(row["ms"] for row in rows.values())
    print(f"worst {worst:.1f} ms, limit {LIMIT_MS:.0f} ms: {'within' if worst <= LIMIT_MS else 'OVER'}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps({"limit_ms": LIMIT_MS, "worst_ms": worst, "cases": rows}, indent=2) + "\n")


if __name__ == "__main__":
    main()
