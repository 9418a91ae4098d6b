"""Finds all phrases of a set at once, walking over the words a single time.

Every place of every phrase is one bit of one large number. A word turns on the places it may fill if the
place before was filled by the word before it, or by one further back that the gap allows (the "shift-and"
method, with gaps). One word costs the same few operations whatever the text says: nothing is ever tried twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .budget import Budget
from .phrases import LARGEST_GAP, Phrase
from .reading import Reading


@dataclass(frozen=True)
class Match:
    """Where a phrase was found: from the word `start` to the word `end`, both included."""

    phrase: Phrase
    start: int
    end: int


class Matcher:
    """All phrases of one kind. `crosses` says whether a gap may lie over the end of a sentence."""

    def __init__(self, phrases: Sequence[Phrase], *, crosses: bool) -> None:
        self._crosses = crosses
        self._first = 0
        self._final: dict[int, Phrase] = {}
        self._last_places = 0
        self._places: dict[str, int] = {}
        self._gaps = [0] * (LARGEST_GAP + 1)
        at = 0
        for phrase in phrases:
            at = self._add(phrase, at)

    def _add(self, phrase: Phrase, at: int) -> int:
        self._first |= 1 << at
        for place, element in enumerate(phrase.elements):
            for word in element.words:
                self._places[word] = self._places.get(word, 0) | 1 << at
            # A gap is kept at the place before it, where the waiting is done.
            for size in range(1, element.gap + 1 if place else 1):
                self._gaps[size] |= 1 << (at - 1)
            at += 1
        self._final[at - 1] = phrase
        self._last_places |= 1 << (at - 1)
        return at

    def find(self, reading: Reading, budget: Budget) -> Iterator[Match]:
        """Every phrase in the text, by where it ends."""
        _, gap1, gap2, gap3, gap4 = self._gaps
        here = wait1 = wait2 = wait3 = wait4 = 0
        sentence = -1
        for at, terms in enumerate(reading.terms):
            budget.spend()
            if reading.sentences[at] != sentence:
                sentence = reading.sentences[at]
                if self._crosses:
                    here, wait1, wait2, wait3, wait4 = 0, here & gap1, wait1 & gap2, wait2 & gap3, wait3 & gap4
                else:
                    here = wait1 = wait2 = wait3 = wait4 = 0
            may_fill = self._may_fill(terms)
            filled = (((here | wait1 | wait2 | wait3 | wait4) << 1) | self._first) & may_fill if may_fill else 0
            here, wait1, wait2, wait3, wait4 = filled, here & gap1, wait1 & gap2, wait2 & gap3, wait3 & gap4
            if filled & self._last_places:
                yield from self._ended(filled & self._last_places, reading, at, budget)

    def _may_fill(self, terms: tuple[str, ...]) -> int:
        places = self._places.get(terms[0], 0)
        for term in terms[1:]:
            places |= self._places.get(term, 0)
        return places

    def _ended(self, ended: int, reading: Reading, at: int, budget: Budget) -> Iterator[Match]:
        while ended:
            lowest = ended & -ended
            ended ^= lowest
            phrase = self._final[lowest.bit_length() - 1]
            budget.spend(len(phrase.elements))
            yield Match(phrase, _start(phrase, reading, at), at)


def _start(phrase: Phrase, reading: Reading, end: int) -> int:
    """The nearest word at which the phrase that ends at `end` can have begun."""
    may_fill = {end}
    gap = phrase.elements[-1].gap
    for element in reversed(phrase.elements[:-1]):
        reach = range(max(0, min(may_fill) - gap - 1), max(may_fill))
        earlier = {at for at in reach if not element.words.isdisjoint(reading.terms[at])}
        if not earlier:
            return reach.start
        may_fill = earlier
        gap = element.gap
    first = max(may_fill)
    longest = max((term.count("_") for term in reading.terms[first] if term in phrase.elements[0].words), default=0)
    return first - longest
