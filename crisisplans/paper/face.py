"""The letters that a plan is printed in: which there are, how wide each is, and a cut of the font with those in use."""

from collections.abc import Collection
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

# Read where a plan is printed: nearly a tenth of the time that a process takes to start, and most never print.
if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "fonts"
REGULAR, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
# What a file for printing needs of a font, and no more.
KEPT_TABLES = ["glyf", "loca", "head", "hhea", "hmtx", "maxp"]


class Face:
    """One cut of the font. Widths are in thousandths of the letters' size, as a PDF counts them."""

    def __init__(self, name: str) -> None:
        self.name = name
        font = self._open()
        per_em = font["head"].unitsPerEm
        self.glyphs: dict[int, int] = {code: font.getGlyphID(glyph) for code, glyph in font.getBestCmap().items()}
        metrics = font["hmtx"]
        self.widths: list[int] = [round(metrics[glyph][0] * 1000 / per_em) for glyph in font.getGlyphOrder()]
        self.ascent = round(font["hhea"].ascent * 1000 / per_em)
        self.descent = round(font["hhea"].descent * 1000 / per_em)
        head = font["head"]
        self.box = [round(side * 1000 / per_em) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]

    def has(self, letter: str) -> bool:
        return ord(letter) in self.glyphs

    def numbers(self, text: str) -> list[int]:
        """The glyphs of a text, in its order; 0, an empty frame, for what there is none of."""
        return [self.glyphs.get(ord(letter), 0) for letter in text]

    def width(self, text: str, size: float) -> float:
        """How wide a text is at this size, in the size's own unit."""
        return sum(self.widths[number] for number in self.numbers(text)) * size / 1000

    def cut(self, numbers: Collection[int]) -> bytes:
        """The font with these glyphs alone, each under its old number."""
        from fontTools.subset import Options, Subsetter

        font = self._open()
        options = Options(
            retain_gids=True, hinting=False, notdef_outline=True, drop_tables=[], layout_features=[], glyph_names=False
        )
        options.drop_tables = [table for table in font.reader.tables if table not in {*KEPT_TABLES, "cmap"}]
        cutter = Subsetter(options)
        cutter.populate(gids=sorted(numbers))
        cutter.subset(font)
        del font["cmap"]
        made = BytesIO()
        font.save(made)
        return made.getvalue()

    def _open(self) -> "TTFont":
        from fontTools.ttLib import TTFont

        return TTFont(BytesIO((FOLDER / f"{self.name}.ttf").read_bytes()), lazy=True)


@lru_cache(maxsize=2)
def face(name: str) -> Face:
    """A face, read once and kept."""
    return Face(name)
