"""What the crisis plans keep. A plan belongs to a person, across communities (domain, section 6)."""

from crisisplans.models.asking import NotAsked
from crisisplans.models.keys import PlanKey
from crisisplans.models.looks import Look, OutsideLink
from crisisplans.models.openings import Opening, OpeningQuerySet, OpeningReader
from crisisplans.models.plans import Plan, PlanDraft, PlanVersion
from crisisplans.models.reviews import ReviewDone, Suggestion
from crisisplans.models.templates import PlanTemplate

__all__ = [
    "Look",
    "NotAsked",
    "Opening",
    "OpeningQuerySet",
    "OpeningReader",
    "OutsideLink",
    "Plan",
    "PlanDraft",
    "PlanKey",
    "PlanTemplate",
    "PlanVersion",
    "ReviewDone",
    "Suggestion",
]
