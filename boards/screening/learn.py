"""Learns the weights of small signs from the development set: `python -m boards.screening.learn`.

Logistic regression by stochastic descent, in plain Python and always in the same order, so the same set gives
the same weights. Nothing here runs on the site. Nothing but the development set is ever read.

Several authors wrote the set, each without sight of the others' lines (`_b`, `_c`, `_d`). Of a grave text it is one
window that should weigh: a first round weighs whole texts, a second one the heaviest window of each, so that the chat
around it does not come to look grave. Of the longer ordinary posts every window is harmless.
"""

import math
from collections import Counter
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from . import data
from .budget import Budget
from .evidence import ALWAYS, in_groups, sentences, signs_between, weigh
from .reading import read
from .study import look

DEVELOPMENT = Path(__file__).parent / "development"
GRAVE = ("threat", "threat_b", "threat_c", "threat_d", "self_harm")
HARMLESS = ("harmless", "harmless_b", "harmless_c")
ORDINARY = ("ordinary", "ordinary_b")
LEARNT_FROM = "learnt_from.sha256"
ROUNDS = 30
RATE = 0.3
SLOWING = 0.15
SHRINKING = 0.01
FEWEST = 2
SMALLEST = 0.02


Case = tuple[list[str], float]


def examples(*names: str) -> list[str]:
    """The lines of some files of the development set."""
    texts = [(DEVELOPMENT / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    return [line for text in texts for line in text.splitlines() if line.strip()]


def signs_of(text: str) -> list[str]:
    """The signs in all sentences of a text, in a fixed order."""
    return sorted(set().union(*signs_by_sentence(text)))


def signs_by_sentence(text: str) -> list[set[str]]:
    """The signs in each sentence of a text."""
    reading, _, found = look(text, Budget())
    return [signs_between(reading, found, start, end, own=1) for start, end in sentences(reading)]


def harmless_cases(text: str) -> list[list[str]]:
    """A harmless text as a whole, and each of its sentences: all of them are harmless."""
    each = [sorted(signs) for signs in signs_by_sentence(text)]
    return [signs_of(text), *(each if len(each) > 1 else [])]


def windows(text: str) -> list[list[str]]:
    """The signs in every window that is weighed: each sentence, and every two that follow each other."""
    each = signs_by_sentence(text)
    return [sorted(signs) for signs in (*each, *(one | other for one, other in pairwise(each)))]


def heaviest_window(text: str, weights: dict[str, float]) -> list[str]:
    """The signs of the window that weighs most."""
    return max(windows(text), key=lambda signs: weigh(signs, weights), default=[])


def learn(grave: list[list[str]], harmless: list[list[str]]) -> dict[str, float]:
    """Weights that are high for signs of what a person should see and low for harmless ones."""
    seen = Counter(sign for signs in (*grave, *harmless) for sign in signs)
    cases: list[Case] = [([s for s in signs if seen[s] >= FEWEST], 1.0) for signs in grave]
    cases += [([s for s in signs if seen[s] >= FEWEST], 0.0) for signs in harmless]
    weights: dict[str, float] = {ALWAYS: 0.0}
    for number in range(ROUNDS):
        rate = RATE / (1 + SLOWING * number)
        for signs, truth in _mixed(cases, number):
            _step(weights, signs, truth, rate)
    return weights


def _mixed(cases: list[Case], number: int) -> list[Case]:
    """The cases in an order that looks like chance and is always the same for one number."""
    order = sorted(range(len(cases)), key=lambda place: crc32(f"{number}:{place}".encode()))
    return [cases[place] for place in order]


def _step(weights: dict[str, float], signs: list[str], truth: float, rate: float) -> None:
    weight = weights[ALWAYS] + sum(weights.get(sign, 0.0) for sign in signs)
    wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, weight)))) - truth
    weights[ALWAYS] -= rate * 0.1 * wrong
    step = rate / math.sqrt(max(1, len(signs)))
    for sign in signs:
        before = weights.get(sign, 0.0)
        weights[sign] = before - step * (wrong + SHRINKING * before)


def written(weights: dict[str, float]) -> str:
    """The weights as they are kept: one a line, the tiny ones left out."""
    kept = sorted((sign, round(weight, 3)) for sign, weight in weights.items())
    return "".join(f"{weight}\t{sign}\n" for sign, weight in kept if abs(weight) >= SMALLEST or sign == ALWAYS)


def met() -> str:
    """In how many lines each word or group stands, as it is kept."""
    texts = examples(*GRAVE, *HARMLESS, *ORDINARY)
    times = Counter(word for text in texts for word in set(in_groups(read(text, Budget()).words)))
    return "".join(f"{number}\t{word}\n" for word, number in sorted(times.items()))


def weights() -> str:
    """The weights learnt from the whole development set, as they are kept."""
    harmless = [case for text in examples(*HARMLESS) for case in harmless_cases(text)]
    harmless += [window for text in examples(*ORDINARY) for window in windows(text)]
    grave = examples(*GRAVE)
    first = learn([signs_of(text) for text in grave], harmless)
    return written(learn([heaviest_window(text, first) for text in grave], harmless))


def fingerprint() -> str:
    """What the weights depend on, in one line: the development set, the phrases and words, and this very module."""
    files = [*DEVELOPMENT.glob("*.txt"), *data.HERE.glob("*.toml"), data.HERE / "ordinary.txt", Path(__file__)]
    whole = sha256()
    for file in sorted(files):
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest() + "\n"


def main() -> None:
    """Learn from the whole development set and keep what was learnt; about a minute and a half."""
    (data.HERE / "seen.tsv").write_text(met(), encoding="utf-8")
    data.seen.cache_clear()
    (data.HERE / "weights.tsv").write_text(weights(), encoding="utf-8")
    (data.HERE / LEARNT_FROM).write_text(fingerprint(), encoding="utf-8")


if __name__ == "__main__":
    main()
