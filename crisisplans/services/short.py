"""The first short plan: three questions, answered one at a time, kept as drafts until all of it is saved at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanVersion
from crisisplans.parts import FIRST_STEPS
from crisisplans.queries.writing import answers_in
from crisisplans.services.holding import hold
from crisisplans.services.saving import save_words
from crisisplans.unsaved import OnPage
from crisisplans.words import PlanWords
from people.decisions import Refused
from people.models import Person


@transaction.atomic
def save_short_plan(
    *, person: Person, steps: tuple[str, ...], seen_version: int, agreed: bool, page: OnPage
) -> PlanVersion:
    """Save what was answered so far and the first steps as one version. The answers are the drafts of three parts.

    Raises as `save_part`. Whatever was left out stays out: nobody is pressed (domain, section 9).
    """
    held = hold(person, PlanKind.CRISIS)
    answers = answers_in(held.plan, held.box)
    parts = {key: {"text": text} for key, text in answers.items() if text.strip()}
    only = (*parts, FIRST_STEPS) if steps else tuple(parts)
    if not only:
        raise Refused(_("There is nothing written yet. One line is enough, and it can wait."))
    words = PlanWords(parts, steps)
    return save_words(
        person=person,
        kind=PlanKind.CRISIS,
        words=words,
        seen_version=seen_version,
        agreed=agreed,
        only=only,
        page=page,
    )
