"""The kinds of page that follow: who may have one open, and which parts of it are made anew.

Every app registers its own as the site starts; a page and its socket have the same door and the same templates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from communities.models import Membership
from people.decisions import Decision

# The parts of a page by the ids of the elements they stand in.
Parts = dict[str, str]


@dataclass(frozen=True)
class Page:
    """One kind of page. All it is given has been asked for its rights in the same moment."""

    name: str
    # Asked at the handshake, before anything is sent and every three seconds; makes no query of its own.
    may: Callable[[Membership, datetime], Decision]
    # What is made anew for one reader; none for a page on which only the counts follow.
    parts: Callable[[Membership, int | None, datetime], Parts] | None = None
    # Made anew when something appears or changes anywhere in the community.
    follows_community: bool = False
    # Made anew at each whole look: what changes without leaving a trace in the feed.
    always: bool = False
    # Whether it says who is looking after the board.
    shows_watch: bool = False
    # For staff whom the community asked in: open while an invitation covers it, and sent no post (ADR 0028).
    for_guests: bool = False
    # For a reader of somebody's plan: open while that opening is open to them, and sent nothing of it (ADR 0032).
    of_an_opening: bool = False


_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    """Make a kind of page known; called once, as the site starts."""
    _pages[page.name] = page


def page_of(name: str) -> Page:
    """Return the kind of page with this name. Raises KeyError."""
    return _pages[name]
