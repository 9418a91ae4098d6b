"""One's own plan made ready to be handed over, under the headings that it is written under."""

from dataclasses import replace

from django.utils import timezone

from crisisplans.queries.own import OwnPlan
from crisisplans.queries.writing import headings_for
from crisisplans.told import ToldPart, ToldPlan, as_one_text, title_of
from helpnow.queries import contacts_beside
from people.models import Person


def told(own: OwnPlan) -> ToldPlan:
    """The newest words of one's own plan: the parts that hold any, in the order of its headings.

    For its owner alone, as `own_plan`. One query where the plan follows a community's headings, else none.
    """
    kind, words = own.plan.kind, own.words
    parts = [
        ToldPart(heading.key, heading.title, as_one_text(words.parts[heading.key]))
        for heading in headings_for(own.plan, kind)
        if heading.key in words.parts
    ]
    saved_on = timezone.localdate(own.version.saved_at) if own.version else None
    return ToldPlan(kind, title_of(kind), words.first_steps, tuple(parts), saved_on)


def beside(plan: ToldPlan, person: Person) -> ToldPlan:
    """The plan with those to ring or text where its owner lives. No query."""
    return replace(plan, contacts=contacts_beside(person.nation, person.area))
