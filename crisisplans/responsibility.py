"""The sentence that is part of every crisis plan: what is asked for stays the owner's own decision.

It is agreed to at every version, by its edition. A change of its words is a new edition: then it is asked for anew.
"""

from django.utils.translation import gettext_lazy as _

from crisisplans.lifecycle import PlanKind

EDITION = 1
SENTENCES = {
    1: _(
        "Whether I ask the group, ring somebody, call an ambulance or go to hospital is my own decision. "
        "People here listen and help as they can. They can't always be there."
    ),
}


def edition_for(kind: str) -> int:
    """The edition that a version of this kind of plan needs; 0: a development plan needs none."""
    return EDITION if kind == PlanKind.CRISIS else 0


def sentence(edition: int | None = None) -> str:
    """The sentence as it is now, or as it stood in an earlier edition."""
    return str(SENTENCES.get(EDITION if edition is None else edition, ""))
