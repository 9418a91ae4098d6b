"""Small signs weighed together: what no single phrase says, several words close by may.

Each word, and each two words that stand close, has a weight learnt from the development set (learn.py). The
weights are data that anybody can read. One sentence, or two that follow each other, is weighed at a time, so
harmless sentences never outweigh a grave one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from . import data
from .budget import Budget
from .reading import Reading

FEWEST_WORDS = 2
MOST_WORDS = 40
REACH = 5
START, END, ALWAYS = "^", "$", "*"
BESIDE, NEAR = " ", " & "
COST_OF_WORD = 4
UNMET = {"#never": 1, "#seldom": 6}
MOST_UNMET = 5
Signs = dict[int, set[str]]
"""What was found, by the word at which it ends."""


@cache
def groups() -> dict[str, str]:
    """The group that stands for a word: any weekday is a DAY, any cat or dog a PET."""
    named = {word: name for name, words in data.groups().items() for word in words.split()}
    return named | {sign: named.get(word, word) for sign, word in data.signs().items()}


def in_groups(words: Sequence[str]) -> list[str]:
    """Each word's group, or the word itself."""
    known = groups()
    return [known.get(word, word) for word in words]


def features(words: Sequence[str], own: int = 0) -> set[str]:
    """The signs in some words: each word, its group, and groups in pairs, side by side or a few words apart.

    Words never or seldom met are signs too: grave words are few and known, everyday ones without end. `own` is
    how often these very words were counted among those met: once while learning from them.
    """
    grouped = in_groups(words)
    signs = {*words, *grouped, f"{START} {grouped[0]}", f"{grouped[-1]} {END}"} if words else set()
    for at, later in enumerate(grouped):
        if at:
            signs.add(grouped[at - 1] + BESIDE + later)
        signs.update([earlier + NEAR + later for earlier in grouped[max(0, at - REACH) : at]])
    return signs | _unmet(set(grouped), own)


def _unmet(grouped: set[str], own: int) -> set[str]:
    seen = data.seen()
    signs: set[str] = set()
    for name, fewer in UNMET.items():
        number = sum([seen.get(word, 0) < fewer + own for word in grouped])
        signs.update([f"{name}{n}" for n in range(1, min(number, MOST_UNMET) + 1)])
    return signs


def weigh(signs: Iterable[str], weights: Mapping[str, float]) -> float:
    """How much the signs weigh together, with what is always there (the bias)."""
    return weights.get(ALWAYS, 0.0) + sum([weights.get(sign, 0.0) for sign in signs])


@dataclass(frozen=True)
class Weighed:
    """One window of a text, from the word `start` up to before `end`, and its weight."""

    start: int
    end: int
    weight: float


def weigh_all(reading: Reading, found: Signs, weights: Mapping[str, float], budget: Budget) -> list[Weighed]:
    """Every sentence, and every two that follow each other, weighed with what was found in them."""
    windows: list[Weighed] = []
    before: tuple[int, set[str]] | None = None
    for start, end in sentences(reading):
        budget.spend((end - start) * COST_OF_WORD)
        signs = signs_between(reading, found, start, end)
        if end - start >= FEWEST_WORDS:
            windows.append(Weighed(start, end, weigh(signs, weights)))
        if before:
            windows.append(Weighed(before[0], end, weigh(before[1] | signs, weights)))
        before = (start, signs)
    return windows


def signs_between(reading: Reading, found: Signs, start: int, end: int, own: int = 0) -> set[str]:
    """The signs in the words from `start` to before `end`."""
    return features(reading.words[start:end], own).union(*(found.get(at, ()) for at in range(start, end)))


def sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; long ones in parts."""
    start = 0
    for at in range(1, len(reading.words) + 1):
        ended = at == len(reading.words) or reading.sentences[at] != reading.sentences[at - 1]
        if ended or at - start >= MOST_WORDS:
            yield start, at
            start = at
