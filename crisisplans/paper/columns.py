"""Columns of paper that lines flow into: down one, then on to the next, never a heading alone at the foot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crisisplans.paper.lines import Line, Words, set_in_lines
from crisisplans.paper.pdf import Page

PADDING = 7.0


@dataclass
class Column:
    """A stretch of a page, in points from its top left corner; `top` moves down as it fills."""

    page: Page
    left: float
    width: float
    top: float
    bottom: float
    begun: bool = False

    def take(self, line: Line) -> None:
        # What begins a column needs no space above it.
        above = 0 if self.begun else line.before
        self.page.put(self.left, self.top - above, line)
        self.top += line.height - above
        self.begun = True

    def holds(self, height: float) -> bool:
        return self.top + height <= self.bottom


def set_all(words: Iterable[Words], *, width: float, size: float) -> list[Line]:
    """All of them as lines of this width, in points."""
    return [line for each in words for line in set_in_lines(each, width=width, size=size)]


def flow(lines: list[Line], columns: Iterator[Column]) -> bool:
    """Fill the columns, one after the other. False where they end before the lines do."""
    column = next(columns, None)
    for place, line in enumerate(lines):
        if column is not None and not column.holds(_together(lines, place)):
            column = next(columns, None)
        if column is None or not column.holds(line.height):
            return False
        column.take(line)
    return True


def height_of(lines: list[Line]) -> float:
    """How much room a frame with these lines takes."""
    return sum(line.height for line in lines) - (lines[0].before if lines else 0) + 2 * PADDING


def framed(lines: list[Line], column: Column, *, top: float) -> None:
    """Put lines into a thin frame as wide as the column, whatever else the column holds."""
    column.page.frame(column.left, top, column.width, height_of(lines))
    inner = Column(column.page, column.left + PADDING, column.width - 2 * PADDING, top + PADDING, column.bottom)
    for line in lines:
        inner.take(line)


def _together(lines: list[Line], place: int) -> float:
    """The height of a line with all that must not be parted from it: what comes after a heading."""
    height = lines[place].height
    while lines[place].keeps_next and place + 1 < len(lines):
        place += 1
        height += lines[place].height
    return height
