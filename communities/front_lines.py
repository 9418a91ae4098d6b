"""Quiet lines under the greeting of a community's front page, which apps that lie above the board offer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from communities.models import Membership


@dataclass(frozen=True)
class FrontLine:
    """One line: what it is about, which leads to its page, and what else to know of it in a short sentence. `lead`:
    what stands before it."""

    words: str
    href: str
    more: str = ""
    lead: str = ""


# What an app offers: for one member, at a time, its lines. One query at most.
Offers = Callable[[Membership, datetime], list[FrontLine]]

_offered: dict[str, Offers] = {}


def register(key: str, offers: Offers) -> None:
    """Offer lines; each app its own, once."""
    _offered[key] = offers


def front_lines(membership: Membership, now: datetime) -> list[FrontLine]:
    """The lines for this member, in the order in which they were offered. A query for each app."""
    return [line for offers in _offered.values() for line in offers(membership, now)]
