"""The headings a plan is written under: everybody's, or those of a community, as its newest template has them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crisisplans.parts import PartKind, parts_of

# The sentence of responsibility stands in it, so no community leaves it out.
ALWAYS_ASKED = frozenset({"responsible"})


@dataclass(frozen=True)
class Heading:
    """One part as its writer meets it. `left_out`: the community does not ask for it."""

    part: PartKind
    title: str
    hint: str
    left_out: bool = False

    @property
    def key(self) -> str:
        return self.part.key


def headings(kind: str, template: Iterable[Mapping[str, Any]] = ()) -> list[Heading]:
    """Every part under its heading, in the template's order; parts that a template does not know come last.

    `template`: the rows of a `PlanTemplate.parts`; without any, everybody's headings. What is not known here (a part
    of a release that came later) is passed over.
    """
    parts = dict(parts_of(kind))
    told = [_worded(parts.pop(row["key"]), row) for row in template if row.get("key") in parts]
    return told + [Heading(part, str(part.title), str(part.hint)) for part in parts.values()]


def asked_for(all_of_them: Iterable[Heading], written: Collection[str]) -> list[Heading]:
    """Those that a plan shows: what the community asks for, and whatever already holds words (by key).

    Words stay in sight of their owner, whatever a community leaves out later.
    """
    return [one for one in all_of_them if not one.left_out or one.key in written]


def _worded(part: PartKind, row: Mapping[str, Any]) -> Heading:
    left_out = bool(row.get("hidden")) and part.key not in ALWAYS_ASKED
    return Heading(part, row.get("title") or str(part.title), row.get("hint") or str(part.hint), left_out)
