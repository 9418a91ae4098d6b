"""The shape in which each app offers what it holds about one person (safety checks, 2.7).

An app's `own_data` has `PARTS`, and `NOT_OWN` for models that hold nothing of one person's. `peernet.own` collects
them; a test holds every field of every model against them: it is given out, or it says why not.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import Person

# Why a field is not given out, where there are only a few reasons.
NUMBER = _("A number that only the site itself uses.")
YOU = _("It says only that it is yours.")
SECRET = _("A secret, or what a secret is checked against: whoever finds your file must not be able to use it.")
OTHERS = _("It is about somebody else.")
MACHINERY = _("How the site does its work; it says nothing about you.")
TWICE = _("It is in here already, in another shape.")

A_PAGE = 200
Value = str | int | float | bool | None | list[Any] | dict[str, Any]


@dataclass(frozen=True)
class Part:
    """Rows of one model that are this person's: which fields are given out, under which words, and which are not."""

    key: str
    title: Any
    model: type[Model]
    mine: Callable[[Person], QuerySet[Any]]
    fields: Mapping[str, Any]
    left_out: Mapping[str, Any]
    # What is not a field: the name of a community, the words of a sealed draft.
    also: Mapping[str, tuple[Any, Callable[[Any], Value | datetime]]] = field(default_factory=dict)

    def rows(self, person: Person) -> Iterator[dict[str, Value | datetime]]:
        """The rows, a page at a time by their key, so that ten thousand take no more memory than one."""
        rows = self.mine(person).order_by("pk")
        last = None
        while page := list((rows if last is None else rows.filter(pk__gt=last))[:A_PAGE]):
            for row in page:
                yield self._told(row)
            last = page[-1].pk

    def words(self) -> dict[str, Any]:
        """What each value is called on a page, in the order they are given."""
        return {**{name: label for name, (label, _ask) in self.also.items()}, **self.fields}

    def _told(self, row: Any) -> dict[str, Value | datetime]:
        told = {name: ask(row) for name, (_label, ask) in self.also.items()}
        return told | {name: getattr(row, self._attribute(name)) for name in self.fields}

    def _attribute(self, name: str) -> str:
        # Of another row only its number, never the row.
        return str(self.model._meta.get_field(name).attname)  # type: ignore[union-attr]
