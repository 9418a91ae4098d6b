"""Families of phrases, read from the data and made ready once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from . import data
from .findings import SELF_HARM, THREAT
from .match import Matcher
from .phrases import GRAVE_FILES, Phrase, phrases_of

STRONG = 2
DOUBTED_BELOW = -0.8


@dataclass(frozen=True)
class Family:
    """A family of phrases: whose rule it is, its reason, how much it weighs, what can make it harmless.

    A strong one holds a text by itself, weak ones two together. `doubted_below`: it holds only where the words
    around it do not all weigh less than this (see evidence.py). `quiet`: what it says is said every day, too.
    """

    name: str
    rule: str
    reason: str
    weight: int = STRONG
    damped_by: tuple[str, ...] = ()
    doubted_below: float = DOUBTED_BELOW
    quiet: bool = False

    @property
    def strong(self) -> bool:
        """Whether one phrase of it is enough."""
        return self.weight >= STRONG


@cache
def grave_families() -> dict[str, Family]:
    """Every family that can hold a text, by name."""
    return {
        family["name"]: _family(family, SELF_HARM if file == "self_harm" else THREAT)
        for file in GRAVE_FILES
        for family in data.families(file)
    }


@cache
def grave_phrases() -> Matcher:
    """Over all phrases that can hold a text. They may reach over the end of a sentence."""
    return Matcher(_phrases(data.families(*GRAVE_FILES)), crosses=True)


@cache
def harmless_phrases() -> Matcher:
    """Over all harmless phrases. They never reach over the end of a sentence."""
    return Matcher(_phrases(data.families("harmless")), crosses=False)


def _family(written: dict[str, Any], rule: str) -> Family:
    return Family(
        name=written["name"],
        rule=rule,
        reason=written["reason"],
        weight=written.get("weight", STRONG),
        damped_by=tuple(written["damped_by"]),
        doubted_below=written.get("doubted_below", DOUBTED_BELOW),
        quiet=written.get("quiet", False),
    )


def _phrases(written: list[dict[str, Any]]) -> list[Phrase]:
    return [phrase for family in written for phrase in phrases_of(family["name"], tuple(family["phrases"]))]
