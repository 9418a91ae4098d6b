"""One's own plan under its locks: person, keys, plan, in this order (ADR 0031)."""

from dataclasses import dataclass
from datetime import datetime

import clock
from communities.lifecycle import HERE, Kind
from communities.models import Membership
from crisisplans import sealing
from crisisplans.models import Plan, PlanVersion
from crisisplans.queries.own import words_of
from crisisplans.refusals import PlanClosed
from crisisplans.words import PlanWords
from people.models import Person


@dataclass(frozen=True)
class Held:
    """A plan under its locks, with what opens its words, its newest version and the time."""

    plan: Plan
    box: sealing.Box
    latest: PlanVersion | None
    words: PlanWords
    now: datetime

    @property
    def number(self) -> int:
        return self.latest.number if self.latest else 0


def hold(person: Person, kind: str) -> Held:
    """One's own plan under its locks (person, keys, plan), begun if it is the first time. In a transaction only.

    Raises `PlanClosed` while it stays shut after a way back, `sealing.Unreadable` where it is being erased.
    """
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = clock.now()
    if locked.plan_closed_until is not None and locked.plan_closed_until > now:
        raise PlanClosed(locked.plan_closed_until)
    box = sealing.box_to_write(person.pk)
    plans = Plan.objects.select_for_update(no_key=True, of=("self",)).select_related("latest")
    plan = plans.filter(person=locked, kind=kind).first()
    if plan is None:
        plan = Plan.objects.create(person=locked, kind=kind, made_at=now, template_of_id=_only_community(locked))
    latest = plan.latest
    return Held(plan, box, latest, words_of(latest, box) if latest else PlanWords(), now)


def _only_community(person: Person) -> int | None:
    """Whose headings a new plan is written under: of the one community that its owner belongs to, or of none."""
    places = Membership.objects.filter(person=person, kind=Kind.MEMBER, state__in=HERE)
    found = list(places.values_list("community_id", flat=True)[:2])
    return found[0] if len(found) == 1 else None
