"""Two versions of a plan compared in words, part by part."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from crisisplans.parts import FIRST_STEPS
from crisisplans.words import PlanWords

# A word with the white space before it: white space by itself would be alike everywhere, and cost the most.
_PIECES = re.compile(r"\s*\S+|\s+")
# Comparing takes, at worst, as long as there are pairs of equal words, many times over: a text that says one word a
# thousand times would keep a processor for minutes. Beyond so many, it is compared by lines, or shown as a whole.
MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went: `how` is "same", "new" or "gone"."""

    how: str
    text: str


def in_words(before: str, after: str) -> list[Piece]:
    """What changed from one text to the other, word by word, in the order of reading."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if _is_much(old, new):
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if _is_much(old, new):
        return _changed(before, after) if before != after else [Piece("same", after)]
    found: list[Piece] = []
    for how, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Piece("same", "".join(new[new_from:new_to])))
        else:
            found += _changed("".join(old[old_from:old_to]), "".join(new[new_from:new_to]))
    return found


def _changed(gone: str, come: str) -> list[Piece]:
    return [Piece(how, text) for how, text in (("gone", gone), ("new", come)) if text]


def _is_much(old: list[str], new: list[str]) -> bool:
    there = Counter(old)
    return sum(there[piece] * times for piece, times in Counter(new).items()) > MOST_PAIRS


def fields_of(words: PlanWords, key: str) -> dict[str, str]:
    """The fields of one part; the first steps are one text, a step on each line."""
    if key == FIRST_STEPS:
        return {"text": "\n".join(words.first_steps)} if words.first_steps else {}
    return dict(words.parts.get(key, {}))


def differs(before: PlanWords, after: PlanWords, key: str) -> bool:
    """Whether the words of one part are not the same in both."""
    return fields_of(before, key) != fields_of(after, key)
