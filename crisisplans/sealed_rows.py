"""Every row that holds words sealed under a person's key, in one list: what renewing a key must go through."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model

from crisisplans.models import OutsideLink, PlanDraft, PlanVersion, Suggestion


class Sealed(NamedTuple):
    """A model with `ref` and `sealed`, the way from it to the plan's owner, and the field its words are bound to."""

    model: type[Model]
    owner: str
    field: str


SEALED = (
    Sealed(PlanVersion, "plan__person", "words"),
    Sealed(PlanDraft, "plan__person", "words"),
    Sealed(Suggestion, "opening__plan__person", "suggestion"),
    Sealed(OutsideLink, "opening__plan__person", "label"),
)


def rows_of(person_id: int) -> Iterator[tuple[Sealed, Any]]:
    """Each sealed row under this person's key, with what kind it is. One query a kind."""
    for kind in SEALED:
        rows = kind.model._default_manager.filter(**{kind.owner: person_id}).only("ref", "sealed")
        for row in rows.order_by("pk").iterator(chunk_size=100):
            yield kind, row
