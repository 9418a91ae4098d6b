"""The part of a post in which the words stand that somebody looked for, with those words told apart."""

from collections.abc import Collection
from typing import NamedTuple

from boards.plain_words import WORD, fold

AROUND = 90
LONGEST = 240
# What English hangs on to a word: "walk", "walked" and "walking" are found by each other.
HUNG_ON = "e s d es ed ing ings y ies ied ier iest iness ily er ers or ors est ly ness ful less ion ions al ment ments"
ENDINGS = frozenset(HUNG_ON.split())


class Part(NamedTuple):
    """A piece of an excerpt; `found` if it is one of the words that were looked for."""

    text: str
    found: bool = False


def excerpt(text: str, words: Collection[str]) -> list[Part]:
    """A few lines of a plain text around the first of these folded words, in parts; from its start without any."""
    found = [match.span() for match in WORD.finditer(text) if _is_one_of(fold(match.group()), words)]
    start = _word_start(text, found[0][0] - AROUND if found else 0)
    end = _word_end(text, start + LONGEST)
    parts, at = [Part("… ")] if start else [], start
    for begins, ends in found:
        if at <= begins and ends <= end:
            parts += [Part(text[at:begins]), Part(text[begins:ends], found=True)]
            at = ends
    return [*parts, Part(text[at:end] + (" …" if end < len(text) else ""))]


def _is_one_of(word: str, words: Collection[str]) -> bool:
    return any(_alike(word, wanted) for wanted in words)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    # "walk" and "walking"; "stop" and "stopped" too, whose last letter is written twice.
    rest = {ending.removeprefix(one[same - 1 : same]) for ending in (one[same:], other[same:])}
    return same > 2 and all(ending == "" or ending in ENDINGS for ending in rest)


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at, at + 30)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 30, at)
    return space if space >= 0 else at
