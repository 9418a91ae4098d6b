"""Reads a PDF of ours as a reader would: its pages, their words, the numbers to tap. It understands only ours."""

import re
import zlib
from dataclasses import dataclass

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.S)
STREAM = re.compile(rb"stream\n(.*)\nendstream", re.S)


@dataclass
class ReadPage:
    """One page: how large it is (points), its lines from the first written on, what taps open, the letters' sizes."""

    size: tuple[float, float]
    lines: list[str]
    taps: list[str]
    sizes: set[float]
    places: list[tuple[float, float, str]]


def read(file: bytes) -> list[ReadPage]:
    objects = {int(number): body for number, body in OBJECT.findall(file)}
    pages = [body for body in objects.values() if b"/Type /Page\n" in body or re.search(rb"/Type /Page\b(?!s)", body)]
    return [_page(objects, body) for body in pages]


def _page(objects: dict[int, bytes], body: bytes) -> ReadPage:
    fonts = {name: _letters(objects, int(ref)) for name, ref in re.findall(rb"/(F\d) (\d+) 0 R", body)}
    content = _unpacked(objects[int(re.search(rb"/Contents (\d+) 0 R", body)[1])])
    width, height = (float(side) for side in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", body).groups())
    taps = [
        re.search(rb"/URI \((.*?)\)", objects[int(ref)])[1].decode()
        for ref in re.findall(rb"(\d+) 0 R", re.search(rb"/Annots \[(.*?)\]", body)[1])
    ]
    shown = re.findall(rb"/(F\d) ([\d.]+) Tf\n1 0 0 1 ([\d.]+) ([\d.]+) Tm\n\[<([0-9a-f]*)>\] TJ", content)
    places = [
        (
            float(x),
            height - float(y),
            "".join(fonts[name].get(code, "?") for code in re.findall(rb"[0-9a-f]{4}", words)),
        )
        for name, _size, x, y, words in shown
    ]
    return ReadPage((width, height), [words for _x, _y, words in places], taps, {float(s[1]) for s in shown}, places)


def _letters(objects: dict[int, bytes], ref: int) -> dict[bytes, str]:
    told = _unpacked(objects[int(re.search(rb"/ToUnicode (\d+) 0 R", objects[ref])[1])])
    return {
        glyph: bytes.fromhex(to.decode()).decode("utf-16-be") for glyph, to in re.findall(rb"<(\w{4})> <(\w+)>", told)
    }


def _unpacked(body: bytes) -> bytes:
    return zlib.decompress(STREAM.search(body)[1])
