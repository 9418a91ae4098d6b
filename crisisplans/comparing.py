"""Two versions of a plan compared in words, part by part."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from crisisplans.parts import FIRST_STEPS
from crisisplans.words import PlanWords

_PIECES = re.compile(r"\s+|[^\s]+")
# Comparing takes the square of the words at worst; longer texts are compared line by line.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went: `how` is "same", "new" or "gone"."""

    how: str
    text: str


def in_words(before: str, after: str) -> list[Piece]:
    """What changed from one text to the other, word by word, in the order of reading."""
    old, new = _split(before), _split(after)
    found: list[Piece] = []
    for how, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Piece("same", "".join(new[new_from:new_to])))
            continue
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        found += [Piece("gone", gone)] if gone else []
        found += [Piece("new", come)] if come else []
    return found


def _split(text: str) -> list[str]:
    pieces = _PIECES.findall(text)
    return pieces if len(pieces) <= MOST_WORDS else text.splitlines(keepends=True)


def fields_of(words: PlanWords, key: str) -> dict[str, str]:
    """The fields of one part; the first steps are one text, a step on each line."""
    if key == FIRST_STEPS:
        return {"text": "\n".join(words.first_steps)} if words.first_steps else {}
    return dict(words.parts.get(key, {}))


def differs(before: PlanWords, after: PlanWords, key: str) -> bool:
    """Whether the words of one part are not the same in both."""
    return fields_of(before, key) != fields_of(after, key)
