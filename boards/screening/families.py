"""Families of phrases, read from the data and made ready once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from . import data
from .match import Matcher
from .phrases import Phrase, phrases_of

STRONG = 2
DOUBTED_BELOW = -2.0


@dataclass(frozen=True)
class Family:
    """A family of phrases: its reason, how much it weighs, what can make it harmless.

    A strong one holds a text by itself, weak ones two together. `doubted_below`: it holds only where the words
    around it do not all weigh less than this (see evidence.py).
    """

    name: str
    reason: str
    weight: int = STRONG
    damped_by: tuple[str, ...] = ()
    doubted_below: float = DOUBTED_BELOW

    @property
    def strong(self) -> bool:
        """Whether one phrase of it is enough."""
        return self.weight >= STRONG


@dataclass(frozen=True)
class Families:
    """The families of one rule, and the matcher over all their phrases."""

    by_name: dict[str, Family]
    matcher: Matcher


@cache
def families(*files: str) -> Families:
    """The families of the named data files. Their phrases may reach over the end of a sentence."""
    written = data.families(*files)
    return Families({family["name"]: _family(family) for family in written}, Matcher(_phrases(written), crosses=True))


@cache
def harmless_phrases() -> Matcher:
    """Over all harmless phrases. They never reach over the end of a sentence."""
    return Matcher(_phrases(data.families("harmless")), crosses=False)


def _family(written: dict[str, Any]) -> Family:
    return Family(
        name=written["name"],
        reason=written["reason"],
        weight=written.get("weight", STRONG),
        damped_by=tuple(written["damped_by"]),
        doubted_below=written.get("doubted_below", DOUBTED_BELOW),
    )


def _phrases(written: list[dict[str, Any]]) -> list[Phrase]:
    return [phrase for family in written for phrase in phrases_of(family["name"], tuple(family["phrases"]))]
