"""Writing a plan while its keys are renewed or erased, and two first words at once: no word without its key."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

import clock
from crisisplans.keystore import key_files, person_keys
from crisisplans.models import Plan, PlanKey, PlanVersion
from crisisplans.sealing import Unreadable, key_id_of, unseal
from crisisplans.services import erasing, renewing
from tests.cast import Cast
from tests.crisisplans.planning import saved
from tests.races.at_once import Moment
from tests.races.test_two_at_once_on_a_post import FREE, LOCKED, Patch, Race, fails_without_locks


class WriteWhileRenewed(Race):
    """The writer has their key before them when the renewal is done."""

    meets = ("crisisplans.sealing.box_to_read", "crisisplans.services.renewing.renew_person")

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

    meets = ("crisisplans.sealing.box_to_read", "crisisplans.services.erasing._end")

    def jobs(self) -> list[Callable[[], Any]]:
        person = self.cast.heron.person
        return [partial(saved, person), partial(erasing.erase_plans, person=person)]

    def held(self, outcomes: list[Any]) -> bool:
        rows = PlanVersion.objects.select_related("plan")
        return all(opens(row) for row in rows) and len(key_files.names()) == PlanKey.objects.count()


class TwoFirstWords(WriteWhileRenewed):
    meets = ("crisisplans.keystore.person_keys.make",)

    def prepare(self) -> None:
        nothing_yet()

    def jobs(self) -> list[Callable[[], Any]]:
        person = self.cast.heron.person
        return [partial(saved, person), partial(saved, person, kind="development")]

    def held(self, outcomes: list[Any]) -> bool:
        return not any(isinstance(outcome, IntegrityError) for outcome in outcomes) and PlanVersion.objects.count() == 2


RACES = [WriteWhileRenewed, WriteWhileErased, TwoFirstWords]


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


@pytest.mark.parametrize("race", RACES)
def test_no_word_is_left_without_its_key(race: type[Race], cast: Cast, moment: Moment, monkeypatch: Patch) -> None:
    once = race(cast, moment, monkeypatch)
    assert all(once.run(LOCKED) for _ in range(3))


@pytest.mark.parametrize("race", RACES)
def test_without_the_locks_some_word_would_be(race: type[Race], cast: Cast, moment: Moment, monkeypatch: Patch) -> None:
    fails_without_locks(monkeypatch, partial(race(cast, moment, monkeypatch).run, FREE))
