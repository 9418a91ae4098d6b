"""A face inside a file: the glyphs in use, their widths, and which letter each stands for, so that words copy."""

import unicodedata

import pydyf

from crisisplans.paper.face import Face, face

# How PDF readers are told which letter a glyph is (ISO 32000-1, section 9.10.3).
MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Letters def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{parts}
endcmap CMapName currentdict /CMap defineresource pop end end"""
AT_ONCE = 100
# Any letter may stand in it, and it is upright.
NONSYMBOLIC = 32


def embedded(pdf: pydyf.PDF, name: str, used: dict[int, str]) -> pydyf.Dictionary:
    """Put what is used of a face into the file; glyph number -> the letter it was printed for. Returns the font."""
    its = face(name)
    program = its.cut(used)
    file = pydyf.Stream([program], pydyf.Dictionary({"Length1": len(program)}), compress=True)
    letters = pydyf.Stream([_letters(used).encode()], compress=True)
    pdf.add_object(file)
    pdf.add_object(letters)
    about = _about(its, file)
    pdf.add_object(about)
    glyphs = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": f"/{name}",
            "CIDSystemInfo": pydyf.Dictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
            "CIDToGIDMap": "/Identity",
            "FontDescriptor": about.reference,
            "W": pydyf.Array([part for number in sorted(used) for part in (number, f"[{its.widths[number]}]")]),
        }
    )
    pdf.add_object(glyphs)
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{name}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([glyphs.reference]),
            "ToUnicode": letters.reference,
        }
    )
    pdf.add_object(font)
    return font


def _about(its: Face, file: pydyf.Stream) -> pydyf.Dictionary:
    return pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{its.name}",
            "Flags": NONSYMBOLIC,
            "FontBBox": pydyf.Array(its.box),
            "ItalicAngle": 0,
            "Ascent": its.ascent,
            "Descent": its.descent,
            "CapHeight": its.ascent,
            "StemV": 80,
            "FontFile2": file.reference,
        }
    )


def _letters(used: dict[int, str]) -> str:
    # A joined form is copied as the letter that was written.
    rows = [
        f"<{number:04x}> <{unicodedata.normalize('NFKC', letter).encode('utf-16-be').hex()}>"
        for number, letter in sorted(used.items())
    ]
    parts = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
    return MAP.format(parts="\n".join(f"{len(part)} beginbfchar {' '.join(part)} endbfchar" for part in parts))
