"""A plan that somebody brings in, as data or as text: what of it belongs where, and what could not be placed.

Nothing is ever dropped without being said, and nothing here is stored.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from crisisplans.along import brought_data, brought_text
from crisisplans.along.brought_data import NotRead, plain
from crisisplans.parts import FIRST_STEPS, LONGEST_LINE, LONGEST_STEP, LONGEST_TEXT, MOST_FIRST_STEPS
from crisisplans.told import ONE_LINE

__all__ = ["LARGEST", "Brought", "NotRead", "read"]
Fields = Mapping[str, str]
LARGEST = 300_000


@dataclass(frozen=True)
class Brought:
    """What was found: by kind of plan and part its fields; words without a place; parts too long to be taken in."""

    parts: Mapping[tuple[str, str], Fields] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()

    def written(self) -> str:
        """As one text, for the form that asks whether it is right."""
        rows = [[kind, key, dict(fields)] for (kind, key), fields in self.parts.items()]
        return json.dumps({"brought": rows}, ensure_ascii=False)

    @property
    def too_long(self) -> frozenset[tuple[str, str]]:
        """The parts that are longer than a plan here can hold: they are shown, and not taken in."""
        return frozenset(place for place, fields in self.parts.items() if _too_long(place[1], fields))


def read(text: str, headings: Iterable[tuple[str, str, str]] = ()) -> Brought:
    """Find the parts in what was brought. `headings`: (kind, key, title) that the person's own plans have beside
    everybody's. Raises `NotRead`.
    """
    if len(text) > LARGEST:
        raise NotRead(_("This is longer than a plan can be."))
    text = plain(text)
    if not text.strip():
        raise NotRead(_("There are no words in it."))
    is_data = text.lstrip().startswith("{")
    parts, unplaced = brought_data.find(text) if is_data else brought_text.find(text, headings)
    if not parts and not unplaced:
        raise NotRead(_("There are no words of a plan in it."))
    return Brought(parts, unplaced)


def _too_long(key: str, fields: Fields) -> bool:
    if key == FIRST_STEPS:
        steps = fields["text"].splitlines()
        return len(steps) > MOST_FIRST_STEPS or any(len(step) > LONGEST_STEP for step in steps)
    return any(len(text) > (LONGEST_LINE if name in ONE_LINE else LONGEST_TEXT) for name, text in fields.items())
