"""The calm view: what helps in a hard moment, one step at a time and nothing else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crisisplans.parts import FIRST_STEPS
from crisisplans.told import ToldPlan

# Not for the moment itself: how I am on a good day, what starts it, what others should know, what to change later.
FOR_ANOTHER_TIME = frozenset({"well", "warning_signs", "support_calls", "responsible", "afterwards"})


@dataclass(frozen=True)
class CalmStep:
    """One thing to look at: where it is from, its heading, its words."""

    key: str
    title: str
    text: str


def steps(plan: ToldPlan) -> tuple[CalmStep, ...]:
    """The first steps, one by one, then the parts for a hard moment, in the plan's own order."""
    first = [CalmStep(FIRST_STEPS, _ordinal(place), step) for place, step in enumerate(plan.first_steps)]
    parts = [CalmStep(part.key, part.title, part.text) for part in plan.parts if part.key not in FOR_ANOTHER_TIME]
    return (*first, *parts)


def _ordinal(place: int) -> str:
    return (_("First"), _("Then"), _("And then"))[min(place, 2)]
