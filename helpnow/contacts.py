"""What a contact is, and how it is read from a TOML file: ours in helpnow/data, or an operator's own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote

from helpnow.nations import Nation


class Mistake(Exception):
    """Something in a contacts file that a person has to put right; its text says where and what."""


class How(StrEnum):
    """The ways of reaching somebody."""

    CALL = "call"
    TEXT = "text"
    TEXTPHONE = "textphone"
    BSL = "bsl"
    WEB = "web"


ICONS = {
    How.CALL: "phone",
    How.TEXT: "message",
    How.TEXTPHONE: "message",
    How.BSL: "hand",
    How.WEB: "arrow-right",
}


@dataclass(frozen=True)
class Way:
    """One way to reach a contact: a number to call or text, or an app or a place on the web."""

    how: How
    number: str = ""
    place: str = ""
    address: str = ""
    then: str = ""
    text_to_send: str = ""

    @property
    def digits(self) -> str:
        """The number as a telephone dials it."""
        return "".join(character for character in self.number if character.isdigit())

    @property
    def href(self) -> str:
        """What a tap opens: the dialler, the messages (their text filled in), a web page, or "" for an app."""
        if not self.number:
            return self.address
        if self.how is not How.TEXT:
            return f"tel:{self.digits}"
        return f"sms:{self.digits}" + (f"?&body={quote(self.text_to_send)}" if self.text_to_send else "")

    @property
    def icon(self) -> str:
        """The name of its picture."""
        return ICONS[self.how]


# As every contact says that is there at all hours; who writes it otherwise has their own words shown.
DAY_AND_NIGHT = "Day and night, every day"


@dataclass(frozen=True)
class Contact:
    """Somebody to turn to. Every field but `area` is always filled (checked at start-up)."""

    key: str
    name: str
    purpose: str
    nations: tuple[Nation, ...]
    ways: tuple[Way, ...]
    hours: str
    cost: str
    source: str
    last_checked: date
    owner: str
    area: str = ""
    always: bool = False

    @property
    def times(self) -> str:
        """When somebody is there, for a list that is read by night as well; nothing where that is always."""
        return "" if self.hours == DAY_AND_NIGHT else self.hours

    @property
    def everywhere(self) -> bool:
        """Whether it is there for people in all four nations alike."""
        return set(self.nations) == set(Nation) and not self.area

    def digits(self) -> set[str]:
        """Every number of this contact, as dialled."""
        return {way.digits for way in self.ways if way.number}


REQUIRED = ("key", "name", "purpose", "nations", "ways", "hours", "cost", "source", "last_checked", "owner")


def read(path: Path) -> tuple[Contact, ...]:
    """Read a contacts file. Raises `Mistake` with the contact and the field that is wrong, or `OSError`."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("contact", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Mistake(f"{path.name} can't be read as TOML: {fault}") from fault
    if not isinstance(entries, list):
        raise Mistake(f"{path.name}: contacts begin with [[contact]]")
    return tuple(_contact(entry, place=f"{path.name}, contact {n}") for n, entry in enumerate(entries, 1))


def _contact(entry: Mapping[str, Any], *, place: str) -> Contact:
    place = f"{place} ({entry.get('key', 'no key')})"
    missing = [field for field in REQUIRED if not entry.get(field)]
    if missing:
        raise Mistake(f"{place}: {', '.join(missing)} missing or empty")
    if not isinstance(entry["last_checked"], date):
        raise Mistake(f"{place}: last_checked is a date without quotation marks, like 2026-11-23")
    fields = dict(entry)
    try:
        fields["nations"] = tuple(Nation(nation) for nation in entry["nations"])
        fields["ways"] = tuple(_way(way, place=place) for way in entry["ways"])
        return Contact(**fields)
    except (TypeError, ValueError) as fault:
        raise Mistake(f"{place}: {fault}") from fault


def _way(entry: Mapping[str, Any], *, place: str) -> Way:
    way = Way(**{**entry, "how": How(entry["how"])})
    if not (way.number or way.place):
        raise Mistake(f"{place}: a way needs a number or a place")
    if way.address and not way.address.startswith("https://"):
        raise Mistake(f"{place}: {way.address} does not begin with https://")
    if way.number and not way.digits:
        raise Mistake(f"{place}: {way.number} is not a number")
    return way
