"""What makes words harmless: only close by, in the same stretch of the same sentence, never further.

Each way of damping is looked for at the very words that were found; a harmless sentence lifts nothing in
another one. When in doubt nothing is damped: a hold is a pause for a person to look.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping

from .budget import Budget
from .match import Match, Matcher
from .phrases import NEGATIONS, class_words
from .reading import Reading

NEAR = 12
LONGEST_DENIAL = 9
BESIDE = ("story", "everyday", "away", "returning", "laughing", "accident", "petty")
Span = tuple[int, int]


class Harmless:
    """Where in one text the harmless phrases stand, by kind."""

    def __init__(self, reading: Reading, spans: Mapping[str, list[Span]]) -> None:
        self.reading = reading
        self._spans = {kind: sorted(found) for kind, found in spans.items()}
        self._covered = {kind: self._cover(kind) for kind in ("figure",)}

    @classmethod
    def find(cls, reading: Reading, matcher: Matcher, budget: Budget) -> "Harmless":
        spans: dict[str, list[Span]] = {}
        for match in matcher.find(reading, budget):
            spans.setdefault(match.phrase.family, []).append((match.start, match.end))
        return cls(reading, spans)

    def ends(self) -> Iterator[tuple[str, int]]:
        """Each harmless phrase's kind and where it ends."""
        for kind, spans in self._spans.items():
            for _, end in spans:
                yield kind, end

    def _cover(self, kind: str) -> bytearray:
        covered = bytearray(len(self.reading.words))
        for start, end in self._spans.get(kind, ()):
            covered[start : end + 1] = b"\x01" * (end + 1 - start)
        return covered

    def covered(self, kind: str, places: Iterable[int]) -> int:
        """How many of the places phrases of this kind lie over."""
        return sum(self._covered[kind][at] for at in places)

    def beside(self, kind: str, match: Match) -> bool:
        """Whether a phrase of this kind stands near the match, in one of its stretches."""
        spans = self._spans.get(kind, [])
        stretches = set(self.reading.stretches[match.start : match.end + 1])
        at = bisect_left(spans, (match.start - NEAR, 0))
        while at < len(spans) and spans[at][0] <= match.end + NEAR:
            if self.reading.stretches[spans[at][0]] in stretches:
                return True
            at += 1
        return False


def hearts(match: Match, reading: Reading) -> list[int]:
    """The places of the words in the match that carry the danger by themselves; there may be none."""
    grave = class_words("HEART")
    return [at for at in range(match.start, match.end + 1) if reading.words[at] in grave]


def around(match: Match, reading: Reading, words: frozenset[str]) -> bool:
    """Whether one of the words stands near the match, in one of its stretches."""
    stretches = set(reading.stretches[match.start : match.end + 1])
    reach = range(max(0, match.start - NEAR), min(len(reading.words), match.end + NEAR + 1))
    return any(reading.words[at] in words and reading.stretches[at] in stretches for at in reach)


def figure(match: Match, reading: Reading, harmless: Harmless) -> bool:
    """A figure of speech lies over the grave words ("dying to see it"), or over half where none is grave."""
    grave = hearts(match, reading)
    if grave:
        return harmless.covered("figure", grave) == len(grave)
    places = range(match.start, match.end + 1)
    return harmless.covered("figure", places) * 2 >= len(places)


def negation(match: Match, reading: Reading, harmless: Harmless) -> bool:
    """The words are denied: "I am not going to", with nothing but such small words between."""
    grave = hearts(match, reading)
    anchor = match.start if match.phrase.denies or not grave else grave[0]
    bridge = class_words("BRIDGE")
    clause = reading.clauses[anchor]
    for at in range(anchor - 1, max(-1, anchor - 1 - LONGEST_DENIAL), -1):
        word = reading.words[at]
        if reading.clauses[at] != clause:
            return False
        if word in NEGATIONS:
            return not _denied_again(reading, at) and not _only_put_off(match, reading)
        if word not in bridge:
            return False
    return False


def _denied_again(reading: Reading, at: int) -> bool:
    """Whether the "not" is itself undone: "no reason not to", "why not"."""
    before = [n for n in range(max(0, at - 3), at) if reading.clauses[n] == reading.clauses[at]]
    undone = any(reading.words[n] in NEGATIONS for n in before)
    return undone or bool(before and reading.words[before[-1]] in class_words("UNDENIES"))


def _only_put_off(match: Match, reading: Reading) -> bool:
    after = reading.words[match.end + 1 : match.end + 4]
    return not class_words("PUTSOFF").isdisjoint(after)


def quotation(match: Match, reading: Reading, harmless: Harmless) -> bool:
    """The words are inside quotation marks and the sentence says whose they are."""
    return reading.quoted[match.end] and reading.quoted[match.start] and harmless.beside("attribution", match)


def past(match: Match, reading: Reading, harmless: Harmless) -> bool:
    """Long ago, with nothing in the same stretch about now."""
    return harmless.beside("past", match) and (
        not around(match, reading, class_words("NOWNOW")) or harmless.beside("over_now", match)
    )


def _unless_grave(kind: str) -> Callable[[Match, Reading, Harmless], bool]:
    unless = class_words(f"UNLESS_{kind.upper()}")

    def beside(match: Match, reading: Reading, harmless: Harmless) -> bool:
        return harmless.beside(kind, match) and not around(match, reading, unless)

    return beside


def others_story(match: Match, reading: Reading, harmless: Harmless) -> bool:
    """It is told of somebody else, who did it or thought of it."""
    return harmless.beside("others_story", match)


WAYS: dict[str, Callable[[Match, Reading, Harmless], bool]] = {
    "figure": figure,
    "negation": negation,
    "quotation": quotation,
    "past": past,
    "others_story": others_story,
    **{kind: _unless_grave(kind) for kind in BESIDE},
}


def damped(match: Match, ways: Iterable[str], reading: Reading, harmless: Harmless) -> bool:
    """Whether one of the ways makes the match harmless."""
    return any(WAYS[way](match, reading, harmless) for way in ways)
