"""What a program that reads a file aloud needs beside the letters: which lines belong together, and which are headings.

Each line is marked where it is drawn; the marks are gathered into paragraphs in the order in which they are read.
"""

from dataclasses import dataclass

import pydyf

from crisisplans.paper.face import BOLD
from crisisplans.paper.lines import Line

HEADING, PARAGRAPH = "H2", "P"


@dataclass
class _Open:
    """The paragraph that the next line may belong to."""

    tag: str
    left: float
    element: pydyf.Dictionary
    marks: pydyf.Array


class Tags:
    """The tree of one file, made page by page."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.all = pydyf.Array([])
        self.root = self._added({"Type": "/StructTreeRoot"})
        self.document = self._added({"Type": "/StructElem", "S": "/Document", "P": self.root.reference, "K": self.all})
        self.root["K"] = pydyf.Array([self.document.reference])
        self.pages: list[pydyf.Array] = []

    def page(self) -> "PageTags":
        """The marks of one more page, in the order of its lines."""
        self.pages.append(pydyf.Array([]))
        return PageTags(self, len(self.pages) - 1)

    def finish(self) -> None:
        """Put the tree into the file."""
        numbers = pydyf.Array([part for number, marks in enumerate(self.pages) for part in (number, marks)])
        self.root["ParentTree"] = self._added({"Nums": numbers}).reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self.pdf.catalog["StructTreeRoot"] = self.root.reference

    def begin(self, tag: str, left: float) -> _Open:
        """A new heading or paragraph, after all that there are."""
        marks = pydyf.Array([])
        element = self._added({"Type": "/StructElem", "S": f"/{tag}", "P": self.document.reference, "K": marks})
        self.all.append(element.reference)
        return _Open(tag, left, element, marks)

    def _added(self, values: dict[str, object]) -> pydyf.Dictionary:
        made = pydyf.Dictionary(values)
        self.pdf.add_object(made)
        return made


class PageTags:
    """Where the lines of one page belong. A paragraph does not go over to the next page."""

    def __init__(self, tags: Tags, number: int) -> None:
        self.tags, self.number = tags, number
        self.open: _Open | None = None
        self.elements: list[pydyf.Dictionary] = []

    def mark(self, stream: pydyf.Stream, line: Line, left: float) -> None:
        """Begin the mark of this line of the column at `left`; `stream.end_marked_content()` ends it."""
        tag = HEADING if line.face == BOLD else PARAGRAPH
        if self.open is None or (self.open.tag, self.open.left) != (tag, left) or line.before or line.beside:
            self.open = self.tags.begin(tag, left)
            self.elements.append(self.open.element)
        place = len(self.tags.pages[self.number])
        self.tags.pages[self.number].append(self.open.element.reference)
        self.open.marks.append(place)
        stream.begin_marked_content(tag, pydyf.Dictionary({"MCID": place}))

    def belongs_to(self, page: pydyf.Dictionary) -> None:
        """Say on which page all of it stands, once that is in the file."""
        for element in self.elements:
            element["Pg"] = page.reference
