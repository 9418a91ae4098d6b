"""Plans for tests of what lies under them, made by rows and sealed as the site seals them."""

from django.db import transaction

import clock
from crisisplans.lifecycle import PlanKind
from crisisplans.models import Plan, PlanDraft, PlanKey, PlanVersion
from crisisplans.sealing import box_to_write
from crisisplans.words import PlanWords
from people.models import Person

MARKED = "CANARY-AT-REST kingfisher"


def words(said: str = MARKED) -> PlanWords:
    return PlanWords({"well": {"text": said}}, (f"{said} first", "second", "third"))


@transaction.atomic
def saved(person: Person, said: str = MARKED, kind: str = PlanKind.CRISIS) -> PlanVersion:
    """One version more of this person's plan."""
    now = clock.now()
    box = box_to_write(person.pk)
    plan, _new = Plan.objects.get_or_create(person=person, kind=kind, defaults={"made_at": now})
    version = PlanVersion(plan=plan, number=plan.versions.count() + 1, saved_at=now, agreed_to=1)
    version.sealed = box.seal(str(version.ref), "words", words(said).written())
    version.save()
    Plan.objects.filter(pk=plan.pk).update(latest=version)
    return version


@transaction.atomic
def typed(person: Person, said: str = MARKED) -> PlanDraft:
    """Something typed and not saved in a plan that there is."""
    box = box_to_write(person.pk)
    plan = Plan.objects.get(person=person, kind=PlanKind.CRISIS)
    draft = PlanDraft(plan=plan, part="safe", seen_version=1, saved_at=clock.now())
    draft.sealed = box.seal(str(draft.ref), "words", f'{{"text": "{said}"}}')
    draft.save()
    return draft


def key_name(person: Person) -> str:
    """Under which name this person's keys lie in the key store."""
    return PlanKey.objects.get(person=person).name
