"""Writing a plan while its keys are renewed or erased, and two first words at once: no word without its key."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError

import clock
from crisisplans.keystore import key_files, person_keys
from crisisplans.models import Plan, PlanKey, PlanVersion
from crisisplans.sealing import Unreadable, key_id_of, unseal
from crisisplans.services import erasing, renewing
from tests.crisisplans.planning import saved
from tests.races.race import Race, both_ways


class WriteWhileRenewed(Race):
    """The writer has their key before them when the renewal is done."""

    def prepare(self) -> None:
        nothing_yet()
        saved(self.cast.heron.person)
        self.moment.shift(timedelta(hours=1))

    def jobs(self) -> list[Callable[[], Any]]:
        key, since = PlanKey.objects.get(), clock.now()
        return [partial(saved, self.cast.heron.person), lambda: renewing.renew_person(key.pk, since)]

    def held(self, outcomes: list[Any]) -> bool:
        newest = person_keys.read(PlanKey.objects.get().name).newest.id
        return [key_id_of(row.sealed) for row in PlanVersion.objects.all()] == [newest] * 2


class WriteWhileErased(WriteWhileRenewed):
    """The writer has their key before them when everything is erased."""

    meets = ("crisisplans.sealing.box_to_read",)
    or_before_writing = True

    def jobs(self) -> list[Callable[[], Any]]:
        person = self.cast.heron.person
        return [partial(saved, person), partial(erasing.erase_plans, person=person)]

    def held(self, outcomes: list[Any]) -> bool:
        rows = PlanVersion.objects.select_related("plan")
        return all(opens(row) for row in rows) and len(key_files.names()) == PlanKey.objects.count()


class TwoFirstWords(WriteWhileRenewed):
    def prepare(self) -> None:
        nothing_yet()

    def jobs(self) -> list[Callable[[], Any]]:
        person = self.cast.heron.person
        return [partial(saved, person), partial(saved, person, kind="development")]

    def held(self, outcomes: list[Any]) -> bool:
        return not any(isinstance(outcome, IntegrityError) for outcome in outcomes) and PlanVersion.objects.count() == 2


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(WriteWhileRenewed, WriteWhileErased, TwoFirstWords)


def nothing_yet() -> None:
    Plan.objects.update(latest=None)
    Plan.objects.all().delete()
    PlanKey.objects.all().delete()
    for name in key_files.names():
        key_files.destroy(name)


def opens(version: PlanVersion) -> bool:
    try:
        return bool(unseal(version.plan.person_id, str(version.ref), "words", version.sealed))
    except Unreadable:
        return False
