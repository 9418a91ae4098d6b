"""Who can see what, in sentences for the rules page and beside every writing box, drawn from the policies themselves.

Each app registers its things with the very function that guards them; this module asks it about somebody in each
standing, so that a page can't say one thing and the doors do another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communities.lifecycle import Kind, State, SuspendedFrom
from communities.models import Membership
from communities.policies import may_read_rules, may_see_people
from people.decisions import Decision


@dataclass(frozen=True)
class Seen:
    """A thing and who sees it: `may` asked for each standing, or `who` in words where rows decide it."""

    what: Any
    may: Callable[[Membership], Decision] | None = None
    who: Any = ""
    # For a time, by a row of its own: in words, after who sees it always.
    unless: Any = ""
    # Whether it stands on the rules page too, or only beside the box that is written into.
    for_the_page: bool = True
    # Whether the welcome tells it too: only what somebody new should know first.
    for_the_welcome: bool = False


STANDINGS = (
    (gettext_lazy("members"), Kind.MEMBER, State.ACTIVE, ""),
    (gettext_lazy("those who are new and waiting to join"), Kind.MEMBER, State.PROSPECTIVE, ""),
    (gettext_lazy("members on a break"), Kind.MEMBER, State.ON_A_BREAK, ""),
    (gettext_lazy("inactive members"), Kind.MEMBER, State.INACTIVE, ""),
    (gettext_lazy("members suspended from the board"), Kind.MEMBER, State.SUSPENDED, SuspendedFrom.BOARD),
    (gettext_lazy("members suspended from everything"), Kind.MEMBER, State.SUSPENDED, SuspendedFrom.EVERYTHING),
    (gettext_lazy("staff"), Kind.STAFF, State.ACTIVE, ""),
)

_things: dict[str, Seen] = {}
# What becomes of words written into one kind of box, as keys of things in the order in which it happens.
_boxes: dict[str, tuple[str, ...]] = {}


def register(key: str, seen: Seen) -> None:
    """Add a thing to the page; each app its own, once."""
    _things[key] = seen


def register_box(key: str, *things: str) -> None:
    """Say what becomes of the words written into a kind of box ("post"); each app its own, once."""
    _boxes[key] = things


def sentences() -> list[tuple[str, str]]:
    """Every thing with who can see it, in plain words. No query."""
    return [_sentence(key, get_language()) for key in _things if _things[key].for_the_page]


def first_things() -> list[tuple[str, str]]:
    """What somebody new should know first of who can see what. No query."""
    return [_sentence(key, get_language()) for key, thing in _things.items() if thing.for_the_welcome]


def audience(box: str) -> list[tuple[str, str]]:
    """Who can see what is written into this kind of box, now and later, in plain words. No query."""
    return [_sentence(key, get_language()) for key in _boxes[box]]


@cache
def _sentence(key: str, _language: str) -> tuple[str, str]:
    # The policies asked are pure: the answer is the same for every page of this process.
    return str(_things[key].what), _who(_things[key])


def _who(thing: Seen) -> str:
    if thing.may is None:
        return str(thing.who)
    may = [str(words) for words, kind, state, kept in STANDINGS if thing.may(_somebody(kind, state, kept))]
    if len(may) == len(STANDINGS):
        return _("Everybody who belongs here.")
    if not may:
        return _("Nobody.")
    last = may.pop()
    listed = _("%(first)s and %(last)s") % {"first": ", ".join(may), "last": last} if may else last
    return f"{listed[:1].upper()}{listed[1:]}. {_('Nobody else.')} {thing.unless}".strip()


def _somebody(kind: Kind, state: State, suspended_from: str) -> Membership:
    return Membership(kind=kind, state=state, suspended_from=suspended_from)


register("rules", Seen(gettext_lazy("The page “How we run this place”"), may_read_rules))
register("people", Seen(gettext_lazy("Who is here, by the names they chose"), may_see_people))
register(
    "away",
    Seen(
        gettext_lazy("Why somebody is away"),
        who=gettext_lazy("Nobody is told. A break, a long silence and a suspension all look the same to others: away."),
        for_the_welcome=True,
    ),
)
register(
    "admission",
    Seen(
        gettext_lazy("Invitations"),
        who=gettext_lazy("The member who proposed one, and the Top Three or caretakers."),
    ),
)
register(
    "label",
    Seen(
        gettext_lazy("The word you write here"),
        who=gettext_lazy("You, and the Top Three or caretakers while they are in office."),
        for_the_page=False,
    ),
)
register_box("invitation", "label")
register(
    "apart",
    Seen(
        gettext_lazy("That you asked to be kept apart from somebody, and what you wrote of it"),
        who=gettext_lazy(
            "You, the Top Three or caretakers and staff. Never the person it is about, whatever office they hold."
        ),
    ),
)
register(
    "apart answer",
    Seen(
        gettext_lazy("Your words"),
        who=gettext_lazy(
            "The one who asked, without your name. And those who decide on it. Never the person it is about."
        ),
        for_the_page=False,
    ),
)
register_box("apart", "apart")
register_box("apart answer", "apart answer")
