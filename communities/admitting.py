"""What a community asks for before an admission, where the site can know whether it has happened.

An upper app that keeps such a thing registers it by the rule's value ("plan_reviewed"), and answers with members alone:
nothing of what it is about comes here. Two who admit somebody without it say what happened instead, from a short list
without a place for words (ADR 0032).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from communities.lifecycle import Instead
from communities.models import Membership
from people.decisions import Refused


@dataclass(frozen=True)
class Condition:
    """Something that is recorded on the site. `met` answers for many in one query: who of these has it, by membership;
    `recorded` and `missing` say it in words to those who decide."""

    met: Callable[[Collection[Membership]], frozenset[int]]
    recorded: Any
    missing: Any


_conditions: dict[str, Condition] = {}


def register(basis: str, condition: Condition) -> None:
    """Say who knows whether this way in was walked (a value of the rule `admission`); each app its own, once."""
    _conditions[basis] = condition


def condition_of(basis: str) -> Condition | None:
    """What is recorded on the site for this way in; None where people alone know it."""
    return _conditions.get(basis)


def said_instead(newcomer: Membership, basis: str, instead: str) -> str:
    """What a voice for this newcomer has to say in place of what the rule asks for: "" where that is recorded, or no
    app knows of it. Raises `Refused` where something has to be said and is not. At most one query."""
    condition = condition_of(basis)
    if condition is None or newcomer.pk in condition.met([newcomer]):
        return ""
    if instead not in Instead.values:
        raise Refused(_("The group's look at a plan is not recorded yet. Please say what happened instead."))
    return instead
