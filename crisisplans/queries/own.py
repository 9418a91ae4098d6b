"""One's own plan, opened for its owner and nobody else."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from crisisplans.lifecycle import PlanKind
from crisisplans.models import Plan, PlanVersion
from crisisplans.refusals import PlanClosed
from crisisplans.sealing import Amiss, Box, Unreadable, box_to_read
from crisisplans.words import PlanWords
from people.models import Person

# Under which field of its row the words of a version are sealed.
WORDS = "words"


@dataclass(frozen=True)
class OwnPlan:
    """A plan with the words of its newest version, for its owner's own pages; never kept, never passed to another."""

    plan: Plan
    words: PlanWords
    box: Box

    @property
    def version(self) -> PlanVersion | None:
        """The newest version; None while nothing has been saved yet."""
        return self.plan.latest

    @property
    def number(self) -> int:
        """The number of the newest version, 0 while there is none: what a form sends back as `seen_version`."""
        return self.plan.latest.number if self.plan.latest else 0


def own_plan(person: Person, kind: str, now: datetime) -> OwnPlan | None:
    """The person's own plan of this kind, opened; None where there is none.

    For its owner alone: whoever calls this has it from the signed-in person. Raises `PlanClosed` while it stays shut
    after a way back (people.services), `sealing.Unreadable` where it can't be opened. One query and one file.
    """
    plan = (
        Plan.objects.filter(person_id=person.pk, kind=kind)
        .select_related("latest")
        .annotate(
            closed_until=F("person__plan_closed_until"),
            key_name=F("person__plan_key__name"),
            erasing_at=F("person__plan_key__erasing_at"),
        )
        .first()
    )
    if plan is None or plan.erasing_at is not None:
        return None
    if plan.closed_until is not None and plan.closed_until > now:
        raise PlanClosed(plan.closed_until)
    box = box_to_read(person.pk, plan.key_name)
    return OwnPlan(plan, words_of(plan.latest, box) if plan.latest else PlanWords(), box)


def words_of(version: PlanVersion, box: Box) -> PlanWords:
    """What a version says. Raises `sealing.Unreadable`."""
    try:
        return PlanWords.read(box.unseal(str(version.ref), WORDS, version.sealed))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Amiss from None


def first_steps_of(person: Person, now: datetime) -> tuple[str, ...]:
    """The three steps at the top of one's own crisis plan, for the pages beside which they stand.

    () where there are none, and also while the plan stays shut or can't be opened: no page of the board fails over
    it. For their owner alone. One query and one file.
    """
    try:
        own = own_plan(person, PlanKind.CRISIS, now)
    except (PlanClosed, Unreadable):
        return ()
    return own.words.first_steps if own else ()
