"""Words set into lines of a given width: broken at spaces, numbers kept whole, each line as it is seen."""

from collections.abc import Iterator
from dataclasses import dataclass

from crisisplans.numbers import numbers_in
from crisisplans.paper.face import BOLD, REGULAR, face
from crisisplans.paper.letters import as_seen, joined, printable, reads_from_right

NO_BREAK = "\u00a0"
LEADING = 1.34


@dataclass(frozen=True)
class Words:
    """Something to print. `scale`: its size against the page's own; `indent` and `before` in that size.

    `beside`: a sign that stands in the indent of its first line. `keeps_next`: it never ends a column.
    """

    text: str
    bold: bool = False
    scale: float = 1.0
    indent: float = 0.0
    before: float = 0.0
    beside: str = ""
    keeps_next: bool = False


@dataclass(frozen=True)
class Line:
    """One line, ready to print: `left` is where it begins in its column. Its numbers: from, to, what a tap opens."""

    text: str
    face: str
    size: float
    left: float
    before: float
    beside: str = ""
    keeps_next: bool = False
    numbers: tuple[tuple[float, float, str], ...] = ()

    @property
    def height(self) -> float:
        return self.before + self.size * LEADING


def set_in_lines(words: Words, *, width: float, size: float) -> list[Line]:
    """Break words into lines no wider than `width` (points) at the page's letter size. At least one line."""
    size = size * words.scale
    name = BOLD if words.bold else REGULAR
    indent = words.indent * size
    made: list[Line] = []
    text, _missing = printable(words.text, face(name).has)
    for paragraph in text.strip("\n").split("\n"):
        from_right = reads_from_right(paragraph)
        for piece in _broken(joined(_whole_numbers(paragraph)), name, size, width - indent):
            left = width - face(name).width(piece, size) if from_right else indent
            made.append(
                Line(
                    text=as_seen(piece, from_right=from_right),
                    face=name,
                    size=size,
                    left=left,
                    before=0 if made else words.before * size,
                    beside="" if made else words.beside,
                    keeps_next=words.keeps_next,
                    numbers=() if from_right else tuple(_taps(piece, name, size, left)),
                )
            )
    return made


def _whole_numbers(text: str) -> str:
    """The text with spaces inside numbers that don't break."""
    letters = list(text)
    for number in numbers_in(text):
        letters[number.start : number.end] = list(number.shown.replace(" ", NO_BREAK))
    return "".join(letters)


def _taps(line: str, name: str, size: float, left: float) -> Iterator[tuple[float, float, str]]:
    for number in numbers_in(line):
        start = left + face(name).width(line[: number.start], size)
        yield start, start + face(name).width(number.shown, size), number.href


def _broken(paragraph: str, name: str, size: float, width: float) -> Iterator[str]:
    its, line, taken = face(name), "", 0.0
    space = its.width(" ", size)
    for word in paragraph.split(" "):
        wide = its.width(word, size)
        if line and taken + space + wide <= width:
            line, taken = f"{line} {word}", taken + space + wide
            continue
        if line:
            yield line
        *whole, line = [word] if wide <= width else _split(word, name, size, width)
        yield from whole
        taken = its.width(line, size)
    yield line


def _split(word: str, name: str, size: float, width: float) -> list[str]:
    """A word in pieces that fit; nearly always one."""
    pieces, piece, taken = [], "", 0.0
    for letter in word:
        wide = face(name).width(letter, size)
        if piece and taken + wide > width:
            pieces.append(piece)
            piece, taken = "", 0.0
        piece, taken = piece + letter, taken + wide
    return [*pieces, piece]
