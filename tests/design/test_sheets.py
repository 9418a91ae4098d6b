"""The style sheets: small enough, old enough, and every word in them readable in every light."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TOO_NEW = (":has(", "@container", "@layer", "aspect-ratio", " inset:", "color-mix(", "dvh", " gap:", "&:")
SURFACES = ("room", "glow", "paper", "inset", "lamp-soft", "calm", "good", "attend")
WORDS = [(words, surface) for words in ("ink", "soft", "link") for surface in SURFACES] + [
    ("lamp-ink", "lamp-soft"),
    ("good-ink", "good"),
    ("attend-ink", "attend"),
    ("attend-ink", "paper"),
    ("calm-ink", "calm"),
    ("on-action", "action"),
    ("on-lamp", "lamp"),
    ("on-band", "band"),
]
EDGES = [
    (edge, surface) for edge in ("edge", "focus", "action") for surface in SURFACES if surface not in ("glow", "good")
]


def colours(light: str) -> dict[str, str]:
    text = (STATIC / "css/tokens.css").read_text()
    blocks = {"light": text.split("@media")[0], "dark": text.split('[data-theme="dark"] {')[1].split("}")[0]}
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", blocks["light"]))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", blocks[light]))


def luminance(colour: str) -> float:
    """As WCAG 2.2 reckons it."""
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_sheets_together_stay_small() -> None:
    assert sum(sheet.stat().st_size for sheet in SHEETS) <= 28 * 1024


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_asks_nothing_that_the_oldest_phones_lack(sheet: Path) -> None:
    assert [feature for feature in TOO_NEW if feature in sheet.read_text()] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_fetches_nothing(sheet: Path) -> None:
    assert "url(" not in sheet.read_text()
    assert "@import" not in sheet.read_text()


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize(("words", "surface"), WORDS)
def test_words_stand_out_from_what_they_lie_on(light: str, words: str, surface: str) -> None:
    names = colours(light)
    assert contrast(names[words], names[surface]) >= 4.5


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize(("edge", "surface"), EDGES)
def test_edges_stand_out_from_what_they_lie_on(light: str, edge: str, surface: str) -> None:
    names = colours(light)
    assert contrast(names[edge], names[surface]) >= 3


def test_dark_is_the_same_whether_chosen_or_the_devices_own() -> None:
    text = (STATIC / "css/tokens.css").read_text()
    by_device = text.split(':not([data-theme="light"]) {')[1].split("}")[0]
    by_choice = text.split('[data-theme="dark"] {')[1].split("}")[0].replace("color-scheme: dark;", "")
    assert by_device.split() == by_choice.split()
