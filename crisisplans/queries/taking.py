"""One's own two plans at once, for handing over and for bringing in."""

from collections.abc import Iterator
from datetime import datetime

from crisisplans.along.brought import Brought
from crisisplans.comparing import fields_of
from crisisplans.lifecycle import PlanKind
from crisisplans.parts import FIRST_STEPS
from crisisplans.queries.own import OwnPlan, own_plan
from crisisplans.queries.told import told
from crisisplans.queries.writing import headings_for
from crisisplans.told import ToldPlan, as_one_text
from crisisplans.words import PlanWords
from people.models import Person


def both(person: Person, now: datetime) -> dict[str, OwnPlan | None]:
    """The person's own plans by their kind. Raises as `own_plan`. Two queries."""
    return {kind: own_plan(person, kind, now) for kind in PlanKind.values}


def written_ones(own: dict[str, OwnPlan | None]) -> list[tuple[OwnPlan, ToldPlan]]:
    """Those that hold words, ready to be handed over; at most one query each."""
    return [(plan, told(plan)) for plan in own.values() if plan is not None and not plan.words.are_none]


def headings_in_use(own: dict[str, OwnPlan | None]) -> Iterator[tuple[str, str, str]]:
    """(kind, key, title) of every heading that one's own plans are written under."""
    for kind, plan in own.items():
        for heading in headings_for(plan.plan if plan else None, kind):
            yield kind, heading.key, heading.title


def beside_own(own: dict[str, OwnPlan | None], brought: Brought) -> list[dict[str, object]]:
    """Each brought part, in the plans' order, with what stands in one's own plan: new, another, the same, too long."""
    rows: list[dict[str, object]] = []
    steps = [(PlanKind.CRISIS.value, FIRST_STEPS, "")]
    for kind, key, title in (*steps, *headings_in_use(own)):
        fields = brought.parts.get((kind, key))
        if fields is None:
            continue
        plan = own[kind]
        there = fields_of(plan.words if plan else PlanWords(), key)
        how = "same" if there == fields else "other" if there else "new"
        rows.append(
            {
                "value": f"{kind}:{key}",
                "is_steps": key == FIRST_STEPS,
                "title": title,
                "how": "long" if (kind, key) in brought.too_long else how,
                "text": as_one_text(fields),
                "there": as_one_text(there) if there else "",
            }
        )
    return rows
