"""A plan brought in as plain text: a heading is a line with dashes below it, as `as_text` writes them."""

import re
import unicodedata
from collections.abc import Iterable

from crisisplans.along.as_text import first_heading, is_rule, saved_line
from crisisplans.lifecycle import PlanKind
from crisisplans.parts import FIRST_STEPS, parts_of
from crisisplans.told import EARLIER_TITLES, TITLES, fields_from_text

Place = tuple[str, str]
# Longer than any heading here; putting letters into one form takes, at worst, the square of them.
LONGEST_HEADING = 200
_NUMBERED = re.compile(r"^\s*(?:\d+[.)]|[-*\u2022])\s+")


def find(text: str, headings: Iterable[tuple[str, str, str]]) -> tuple[dict[Place, dict[str, str]], tuple[str, ...]]:
    """The parts by kind and key, and the words under headings that nobody knows here."""
    places = _places(headings)
    known = (*EARLIER_TITLES.items(), *TITLES.items())
    titles = {_folded(str(title)): str(kind) for kind, title in known}
    kind, found, unplaced = str(PlanKind.CRISIS), dict[Place, list[str]](), list[str]()
    for heading, lines in _sections(text):
        name = _folded(heading)
        place = places.get((kind, name)) or next((places[each] for each in places if each[1] == name), None)
        if place is None and name in titles:
            kind = titles[name]
            unplaced.append("\n".join(line for line in lines if not line.startswith(_before_day())).strip())
        elif place is None:
            unplaced.append("\n".join([heading, *lines]).strip())
        else:
            found.setdefault(place, []).extend(lines)
    told = {place: fields_from_text(place[1], _words(place[1], lines)) for place, lines in found.items()}
    return {place: fields for place, fields in told.items() if fields}, tuple(words for words in unplaced if words)


def _sections(text: str) -> list[tuple[str, list[str]]]:
    """Each heading with the lines below it; those before the first heading have none."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.strip() and not is_rule(line) and place + 1 < len(lines) and is_rule(lines[place + 1]):
            sections.append((line.strip(), []))
            place += 1
        else:
            moved_in = line.startswith(" ") and is_rule(line.lstrip(" "))
            sections[-1][1].append(line[1:] if moved_in else line)
        place += 1
    return sections


def _places(headings: Iterable[tuple[str, str, str]]) -> dict[Place, Place]:
    """(kind, folded heading) -> (kind, key): everybody's headings, and over them those of one's own plans."""
    ours = [(kind, key, str(part.title)) for kind in PlanKind.values for key, part in parts_of(kind).items()]
    ours.append((str(PlanKind.CRISIS), FIRST_STEPS, first_heading()))
    return {(kind, _folded(title)): (kind, key) for kind, key, title in (*ours, *headings)}


def _words(key: str, lines: list[str]) -> str:
    if key == FIRST_STEPS:
        lines = [_NUMBERED.sub("", line) for line in lines if line.strip()]
    return "\n".join(lines).strip()


def _before_day() -> str:
    return saved_line().partition("%")[0]


def _folded(heading: str) -> str:
    """A heading as it is compared: small letters and digits alone; one that has none, as it is."""
    if len(heading) > LONGEST_HEADING:
        return heading
    whole = unicodedata.normalize("NFKC", heading).casefold()
    return " ".join("".join(each if each.isalnum() else " " for each in whole).split()) or heading.strip()
