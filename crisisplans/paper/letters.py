"""Letters as they are printed: what the font has, Arabic letters joined, lines read from the right turned round.

Joining follows Unicode's own presentation forms. Turning round is the part of Unicode's rules (UAX 9) that plain
writing needs: no marks for embedding, and brackets turned over.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from crisisplans.paper.face import REGULAR, face

NOT_PRINTED = "\N{WHITE SQUARE}"
TATWEEL, JOINER, NON_JOINER = "\u0640", "\u200d", "\u200c"
# Nothing of these is seen on paper: joiners, marks of direction, variants of a picture.
UNSEEN = frozenset(
    "\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff\u00ad"
)
# Before this letter no writing joins its letters.
ARABIC = "\u0600"
FORMS = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))
FACING = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
RIGHT = frozenset({"R", "AL"})
NUMBERS = frozenset({"EN", "AN"})


def printable(text: str, has: Callable[[str], bool]) -> tuple[str, int]:
    """The text with a frame for each letter that can't be printed, and how many those are."""
    seen = [letter for letter in unicodedata.normalize("NFC", text.replace("\t", "    ")) if letter not in UNSEEN]
    known = [letter if letter in "\n\u200c" or has(letter) else NOT_PRINTED for letter in seen]
    return "".join(known), sum(a != b for a, b in zip(seen, known, strict=True))


def missing_in(text: str) -> int:
    """How many letters of a text can't be printed in a file: those of scripts and pictures that the font has not."""
    return printable(text, face(REGULAR).has)[1]


def reads_from_right(text: str) -> bool:
    """Whether a paragraph begins at the right: its first letter with a direction says so."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in RIGHT or way == "L":
            return way in RIGHT
    return False


def joined(text: str) -> str:
    """The text with each Arabic letter in the form that its neighbours give it; still in the order of reading."""
    if not any(letter >= ARABIC for letter in text):
        return text
    made: list[str] = []
    letters = list(text)
    befores, afters = _neighbours(letters), _neighbours(letters[::-1])[::-1]
    for place, letter in enumerate(letters):
        if letter == NON_JOINER:
            continue
        alef_after_lam = place > 0 and letters[place - 1] == "\u0644" and ("\u0644" + letter) in _forms()
        if alef_after_lam:
            made[-1] = _formed("\u0644" + letter, _joins_on(befores[place - 1]), False)
        else:
            made.append(_formed(letter, _joins_on(befores[place]), _joins_back(afters[place])))
    return "".join(made)


def as_seen(line: str, *, from_right: bool) -> str:
    """One line in the order in which it stands on paper, from left to right."""
    if not from_right and not any(unicodedata.bidirectional(letter) in RIGHT for letter in line):
        return line
    levels = _levels(line, int(from_right))
    letters = [(letter.translate(FACING) if level % 2 else letter) for letter, level in zip(line, levels, strict=True)]
    for level in range(max(levels, default=0), 0, -1):
        _turn(letters, levels, level)
    return "".join(letters)


def _turn(letters: list[str], levels: list[int], level: int) -> None:
    start = 0
    while start < len(letters):
        end = start
        while end < len(letters) and levels[end] >= level:
            end += 1
        letters[start:end] = letters[start:end][::-1]
        start = max(end, start + 1)


def _levels(line: str, base: int) -> list[int]:
    """How deep each letter lies: even from left to right, odd from right to left."""
    ways = [_way(letter) for letter in line]
    strong = "R" if base else "L"
    for place, way in enumerate(ways):
        if way in {"L", "R"}:
            strong = way
        elif way == "N":
            ways[place] = "L" if strong == "L" else "number"
        elif way == "mark":
            ways[place] = ways[place - 1] if place else strong
    _fill_between(ways, "R" if base else "L")
    depth = {"L": 2 if base else 0, "R": 1, "number": 2}
    return [depth[way] for way in ways]


def _way(letter: str) -> str:
    way = unicodedata.bidirectional(letter)
    if way in RIGHT:
        return "R"
    if way in NUMBERS:
        return "N"
    return "L" if way == "L" else "mark" if way == "NSM" else ""


def _fill_between(ways: list[str], base: str) -> None:
    """Spaces and signs between two of a kind belong to them, others to the line; one sign in a number is part of it."""
    place = 0
    while place < len(ways):
        end = place
        while end < len(ways) and not ways[end]:
            end += 1
        if end > place:
            before = ways[place - 1] if place else base
            after = ways[end] if end < len(ways) else base
            one_number = before == after == "number" and end - place == 1
            sides = {"R" if side == "number" else side for side in (before, after)}
            way = "number" if one_number else sides.pop() if len(sides) == 1 else base
            ways[place:end] = [way] * (end - place)
        place = max(end, place + 1)


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Letter (or lam with alef) -> its forms: isolated, final, initial, medial."""
    found: dict[str, dict[str, str]] = {}
    for code in FORMS:
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if form:
            found.setdefault("".join(chr(int(each, 16)) for each in letters), {})[form.strip("<>")] = chr(code)
    return found


def _formed(letter: str, joins_before: bool, joins_after: bool) -> str:
    forms = _forms().get(letter, {})
    before = joins_before and "final" in forms
    after = joins_after and "initial" in forms
    wanted = "medial" if before and after else "final" if before else "initial" if after else "isolated"
    return forms.get(wanted, letter)


def _joins_on(letter: str) -> bool:
    """Whether a letter reaches out to the one that comes after it."""
    return letter in (TATWEEL, JOINER) or "initial" in _forms().get(letter, {})


def _joins_back(letter: str) -> bool:
    """Whether a letter can be reached by the one that comes before it."""
    return letter in (TATWEEL, JOINER) or "final" in _forms().get(letter, {})


def _neighbours(letters: list[str]) -> list[str]:
    """Of each letter the one before it, over marks; in one go, for marks may come by the thousand."""
    found: list[str] = []
    before = ""
    for letter in letters:
        found.append(before)
        if unicodedata.category(letter) != "Mn":
            before = letter
    return found
