"""Who can see what, in sentences for the rules page, drawn from the policies themselves.

Each app registers its things with the very function that guards them; this module asks it about somebody in each
standing, so that the page can't say one thing and the doors do another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def register(key: str, seen: Seen) -> None:
    """Add a thing to the page; each app its own, once."""
    _things[key] = seen


def sentences() -> list[tuple[str, str]]:
    """Every thing with who can see it, in plain words. No query."""
    return [(str(thing.what), _who(thing)) for thing in _things.values()]


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
    return f"{listed[:1].upper()}{listed[1:]}. {_('Nobody else.')}"


def _somebody(kind: Kind, state: State, suspended_from: str) -> Membership:
    return Membership(kind=kind, state=state, suspended_from=suspended_from)


register("rules", Seen(gettext_lazy("This page"), may_read_rules))
register("people", Seen(gettext_lazy("Who is here, by the names they chose"), may_see_people))
register(
    "away",
    Seen(
        gettext_lazy("Why somebody is away"),
        who=gettext_lazy("Nobody is told. A break, a long silence and a suspension all look the same to others: away."),
    ),
)
register(
    "admission",
    Seen(
        gettext_lazy("Invitations"),
        who=gettext_lazy("The member who proposed one, and the Top Three or caretakers."),
    ),
)
