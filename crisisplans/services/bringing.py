"""Taking in what somebody brought: the parts they ticked, as a new version of each of their plans."""

from collections.abc import Collection, Mapping

from django.db import transaction

from crisisplans.along.brought import Brought
from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanVersion
from crisisplans.services.saving import save_words, with_part
from crisisplans.words import PlanWords
from people.models import Person


@transaction.atomic
def bring_in(
    *, person: Person, brought: Brought, chosen: Collection[tuple[str, str]], seen: Mapping[str, int], agreed: bool
) -> list[PlanVersion]:
    """Save the chosen parts of what the person brought into their own plans: one new version of each plan, or none.

    `seen`: by kind of plan the number of the version they had before them. What was saved meanwhile in other parts
    stays, what is replaced stays as an earlier version. Parts that are too long are passed over (`Brought.too_long`).
    Raises as `save_words`; then nothing is taken in at all.
    """
    made = []
    for kind in PlanKind.values:
        keys = tuple(
            key for of, key in brought.parts if of == kind and (of, key) in chosen and (of, key) not in brought.too_long
        )
        words = PlanWords()
        for key in keys:
            words = with_part(words, key, brought.parts[kind, key])
        if keys:
            made.append(
                save_words(
                    person=person, kind=kind, words=words, seen_version=seen.get(kind, 0), agreed=agreed, only=keys
                )
            )
    return made
