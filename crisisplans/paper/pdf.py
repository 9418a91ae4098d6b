"""The file itself: pages of lines, with the letters they need inside, and numbers to tap. Made in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

import pydyf

from crisisplans.paper.face import BOLD, REGULAR, face
from crisisplans.paper.font import embedded
from crisisplans.paper.lines import Line
from crisisplans.paper.tags import PageTags, Tags

KEYS = {REGULAR: "F1", BOLD: "F2"}
GREY = 0.55


@dataclass
class Page:
    """One side of paper, in points from its top left corner."""

    width: float
    height: float
    lines: list[tuple[float, float, Line]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)

    def put(self, left: float, top: float, line: Line) -> None:
        """Put a line at its column's left edge, its space above included."""
        self.lines.append((left, top, line))

    def frame(self, left: float, top: float, width: float, height: float) -> None:
        """Draw a thin frame."""
        right, bottom = left + width, top + height
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        for (x0, y0), (x1, y1) in pairwise(corners):
            self.rules.append((x0, y0, x1, y1))


def written(pages: Iterable[Page], *, title: str) -> bytes:
    """The pages as one PDF file. Nothing in it says who made it, when, or with what."""
    pages = list(pages)
    pdf = pydyf.PDF()
    fonts = pydyf.Dictionary({KEYS[name]: embedded(pdf, name, used).reference for name, used in _used(pages).items()})
    tags = Tags(pdf)
    for page in pages:
        _add(pdf, page, fonts, tags.page())
    tags.finish()
    pdf.catalog["Lang"] = pydyf.String("en-GB")
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.info["Title"] = pydyf.String(title)
    made = BytesIO()
    pdf.write(made)
    return made.getvalue()


def _used(pages: list[Page]) -> dict[str, dict[int, str]]:
    """For each face its glyphs in use, and the letter that each stands for."""
    used: dict[str, dict[int, str]] = {name: {} for name in KEYS}
    for page in pages:
        for _left, _top, line in page.lines:
            for letter in line.text + line.beside:
                used[line.face].setdefault(face(line.face).numbers(letter)[0], letter)
    return {name: glyphs for name, glyphs in used.items() if glyphs}


def _add(pdf: pydyf.PDF, page: Page, fonts: pydyf.Dictionary, tags: PageTags) -> None:
    stream = pydyf.Stream(compress=True)
    stream.begin_marked_content("Artifact")
    for x0, y0, x1, y1 in page.rules:
        stream.set_color_rgb(GREY, GREY, GREY, stroke=True)
        stream.set_line_width(0.6)
        stream.move_to(x0, page.height - y0)
        stream.line_to(x1, page.height - y1)
        stream.stroke()
    stream.end_marked_content()
    taps = pydyf.Array([])
    for left, top, line in page.lines:
        base = page.height - top - line.before - line.size * (1 + (face(line.face).ascent - 1000) / 2000)
        tags.mark(stream, line, left)
        if line.beside:
            _show(stream, line, left, base, line.beside)
        _show(stream, line, left + line.left, base, line.text)
        stream.end_marked_content()
        for start, end, href in line.numbers:
            tap = _tap((left + start, base - line.size * 0.3, left + end, base + line.size), href)
            pdf.add_object(tap)
            taps.extend([tap.reference])
    pdf.add_object(stream)
    made = {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array([0, 0, page.width, page.height]),
        "Resources": pydyf.Dictionary({"Font": fonts}),
        "Contents": stream.reference,
        "Annots": taps,
        "StructParents": tags.number,
    }
    added = pydyf.Dictionary(made)
    pdf.add_page(added)
    tags.belongs_to(added)


def _show(stream: pydyf.Stream, line: Line, left: float, base: float, text: str) -> None:
    numbers = "".join(f"{number:04x}" for number in face(line.face).numbers(text))
    stream.begin_text()
    stream.set_font_size(KEYS[line.face], line.size)
    stream.set_text_matrix(1, 0, 0, 1, left, base)
    stream.show_text(f"<{numbers}>")
    stream.end_text()


def _tap(place: tuple[float, float, float, float], href: str) -> pydyf.Dictionary:
    action = pydyf.Dictionary({"S": "/URI", "URI": pydyf.String(href)})
    around = pydyf.Array([0, 0, 0])
    return pydyf.Dictionary(
        {"Type": "/Annot", "Subtype": "/Link", "Rect": pydyf.Array(list(place)), "Border": around, "A": action}
    )
