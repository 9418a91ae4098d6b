"""A text made ready for the rules: plain words, with the sentence and the stretch each stands in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import pieces
from .budget import Budget
from .letters import fold
from .lexicon import Lexicon, lexicon
from .phrases import terms_by_last_word

TURNS = frozenset({"but", "however", "though", "although", "yet", "except", "nevertheless"})
SHORTEST_SPELT = 3
LONGEST_SPELT = 400
LONGEST_QUOTE = 60
SIGN_SAYS_IT_FOR = 100


@dataclass
class Reading:
    """What the rules see. All lists are as long as `words`.

    `terms`: the word, what it stands for if it is an emoji, and the joined terms that end at it. `sentences`,
    `stretches` (a sentence, or its part after a "but") and `clauses` are numbers that grow. `quoted`: inside
    quotation marks that were closed.
    """

    words: list[str] = field(default_factory=list)
    terms: list[tuple[str, ...]] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    stretches: list[int] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)

    def sentences_read(self) -> int:
        """How many sentences have words."""
        return len(set(self.sentences))


def read(text: str, budget: Budget) -> Reading:
    """Read a text once, from its first letter to its last."""
    reader = _Reader(lexicon(), budget)
    for piece in _joined_spelling(pieces.cut(fold(text))):
        budget.spend()
        reader.take(piece)
    reader.finish()
    return reader.reading


def _joined_spelling(cut: Iterator[str]) -> Iterator[str | list[str]]:
    """Letters that stand alone, three or more in a row, come out as one list."""
    alone: list[str] = []
    for piece in cut:
        if len(piece) == 1 and piece.isalnum() and len(alone) < LONGEST_SPELT:
            alone.append(piece)
            continue
        yield from _spelt_or_not(alone)
        alone = [piece] if len(piece) == 1 and piece.isalnum() else []
        if not alone:
            yield piece
    yield from _spelt_or_not(alone)


def _spelt_or_not(alone: list[str]) -> Iterator[str | list[str]]:
    if len(alone) >= SHORTEST_SPELT and any(letter.isalpha() for letter in alone):
        yield alone
    else:
        yield from alone


class _Reader:
    def __init__(self, known: Lexicon, budget: Budget) -> None:
        self.reading = Reading()
        self._known = known
        self._budget = budget
        self._resolved: dict[str, tuple[str, ...]] = {}
        self._signs: dict[str, int] = {}
        self._sentence = self._stretch = self._clause = 0
        self._opened: dict[str, int] = {}

    def take(self, piece: str | list[str]) -> None:
        if isinstance(piece, list):
            self._budget.spend(len(piece))
            for word in self._known.unspell("".join(piece)):
                self._add(word)
        elif piece in pieces.MARKS:
            self._mark(piece)
        elif not self._said_by_sign(piece):
            if piece not in self._resolved:
                self._budget.spend(min(len(piece), 40))
                self._resolved[piece] = self._known.resolve(piece)
            for word in self._resolved[piece]:
                self._add(word)

    def _said_by_sign(self, piece: str) -> bool:
        """Whether this is an emoji that was there a little before: twenty knives say what one says."""
        if piece not in self._known.signs:
            return False
        now, last = len(self.reading.words), self._signs.get(piece)
        if last is not None and now - last < SIGN_SAYS_IT_FOR:
            return True
        self._signs[piece] = now
        return False

    def finish(self) -> None:
        by_last = terms_by_last_word()
        words = self.reading.words
        for at, word in enumerate(words):
            plain = self._known.signs.get(word)
            if plain:
                self.reading.terms.append((word, plain))
                continue
            longer = ("_".join(words[at + 1 - size : at + 1]) for size in by_last.get(word, ()) if size <= at + 1)
            self.reading.terms.append((word, *longer))

    def _mark(self, mark: str) -> None:
        self._clause += 1
        if mark == pieces.SENTENCE:
            self._sentence += 1
            self._stretch += 1
        elif mark == pieces.OPENING:
            self._opened["'"] = len(self.reading.words)
        elif mark == pieces.CLOSING:
            self._close("'")
        elif mark == pieces.QUOTE:
            if '"' in self._opened:
                self._close('"')
            else:
                self._opened['"'] = len(self.reading.words)

    def _close(self, kind: str) -> None:
        start = self._opened.pop(kind, None)
        end = len(self.reading.words)
        if start is not None and end - start <= LONGEST_QUOTE:
            self.reading.quoted[start:end] = [True] * (end - start)

    def _add(self, word: str) -> None:
        if word in self._known.fillers:
            return
        words = self.reading.words
        if words and words[-1] == word:
            return
        joined = self._known.joined.get(f"{words[-1]} {word}") if words else None
        if joined:
            words[-1] = joined
            return
        if word in TURNS:
            self._stretch += 1
        words.append(word)
        self.reading.sentences.append(self._sentence)
        self.reading.stretches.append(self._stretch)
        self.reading.clauses.append(self._clause)
        self.reading.quoted.append(False)
