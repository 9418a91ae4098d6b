"""The small language in which phrases are written, and what they are made into.

    "will|shall ~2 KILL myself today?"   small words as they are, CAPITALS for a class of words or a saying,
                                         a|b either, ~2 up to two words between, word? may be missing

Between two elements one other word may stand unless ~N says otherwise; words_joined_so stand side by side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from . import data

USUAL_GAP = 1
LARGEST_GAP = 4
NEGATIONS = frozenset({"not", "never", "no", "nor", "neither", "without", "nobody", "nothing", "none"})
GRAVE_FILES = ("threat_self", "threat_others", "understated", "self_harm")
FILES = (*GRAVE_FILES, "harmless")


@dataclass(frozen=True)
class Element:
    """One place in a phrase: the words that may stand there, and how many others may come before it."""

    words: frozenset[str]
    gap: int


@dataclass(frozen=True)
class Phrase:
    """A phrase made ready, with the name of its family."""

    family: str
    elements: tuple[Element, ...]

    @property
    def denies(self) -> bool:
        """Whether a "not" belongs to the phrase itself, as in "can not go on"."""
        return any(word in NEGATIONS for element in self.elements for term in element.words for word in term.split("_"))


@cache
def _classes() -> dict[str, frozenset[str]]:
    written = data.words()["classes"]
    return {name: frozenset(_class_words(name, written, ())) for name in written}


def _class_words(name: str, written: dict[str, str], inside: tuple[str, ...]) -> Iterator[str]:
    if name in inside:
        raise ValueError(f"the class {name} holds itself")
    for word in written[name].split():
        if word.isupper():
            yield from _class_words(word, written, (*inside, name))
        else:
            yield as_read(word)


def class_words(name: str) -> frozenset[str]:
    """The words of a class."""
    return _classes()[name]


def compile_phrase(family: str, written: str) -> Iterator[Phrase]:
    """Every phrase that one written line stands for."""
    for line in _spread_sayings(written.split()):
        yield Phrase(family, tuple(_elements(line)))


def _spread_sayings(parts: list[str]) -> Iterator[list[str]]:
    """One list of plain parts for each way through the sayings and the words that may be missing."""
    choices: list[list[list[str]]] = []
    sayings: dict[str, list[str]] = data.words()["sayings"]
    for part in parts:
        name = part.removesuffix("?")
        ways = [[name]]
        if name in sayings:
            ways = [way for saying in sayings[name] for way in _spread_sayings(saying.split())]
        choices.append([*ways, []] if part.endswith("?") else ways)
    for way in product(*choices):
        yield [part for piece in way for part in piece]


def _elements(parts: list[str]) -> Iterator[Element]:
    gap = USUAL_GAP
    for part in parts:
        if part.startswith("~"):
            gap = int(part[1:])
            continue
        terms = _alternatives(part)
        if not terms:
            continue
        # A term of several words is found at its last word, so it needs the room of the others.
        longest = max(term.count("_") for term in terms)
        yield Element(terms, min(gap + longest, LARGEST_GAP))
        gap = USUAL_GAP


def _alternatives(written: str) -> frozenset[str]:
    found: set[str] = set()
    for term in written.split("|"):
        found |= class_words(term) if term.isupper() else {as_read(term)}
    found.discard("")
    return frozenset(found)


@cache
def as_read(term: str) -> str:
    """A term as it will stand after reading: said in full, without fillers, joined where words are joined."""
    content = data.words()
    said = [word for piece in term.split("_") for word in content["spoken"].get(piece, piece).split()]
    fillers = content["fillers"].split()
    words = [word for word in said if word not in fillers]
    text = " ".join(words)
    for apart, joined in content["joined"].items():
        text = f" {text} ".replace(f" {apart} ", f" {joined} ").strip()
    return "_".join(text.split())


@cache
def terms_by_last_word() -> dict[str, tuple[int, ...]]:
    """For each word that ends a term of several words: how many words such terms have."""
    lengths: dict[str, set[int]] = {}
    for term in all_terms():
        *before, last = term.split("_")
        if before:
            lengths.setdefault(last, set()).add(len(before) + 1)
    return {last: tuple(sorted(sizes)) for last, sizes in lengths.items()}


@cache
def all_terms() -> frozenset[str]:
    """Every term that any phrase or class speaks of."""
    found: set[str] = set().union(*_classes().values())
    for family in data.families(*FILES):
        for phrase in phrases_of(family["name"], tuple(family["phrases"])):
            found.update(*(element.words for element in phrase.elements))
    return frozenset(found)


@cache
def phrases_of(family: str, lines: tuple[str, ...]) -> tuple[Phrase, ...]:
    """All phrases of a family, each once."""
    made = [phrase for written in lines for phrase in compile_phrase(family, written)]
    return tuple(dict.fromkeys(made))


@cache
def all_words() -> frozenset[str]:
    """Every word in any term."""
    return frozenset(word for term in all_terms() for word in term.split("_"))


@cache
def grave_words() -> frozenset[str]:
    """Every word in the phrases that can hold a text: these are looked for when misspelt, too."""
    found: set[str] = set()
    for family in data.families(*GRAVE_FILES):
        for phrase in phrases_of(family["name"], tuple(family["phrases"])):
            found.update(word for element in phrase.elements for term in element.words for word in term.split("_"))
    return frozenset(found)
