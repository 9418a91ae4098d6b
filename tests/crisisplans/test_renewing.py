"""New keys for everybody's plans: each step can be the last one, and no word is lost by it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings
from time_machine import TimeMachineFixture

import clock
from crisisplans.keystore import key_files, key_ring, person_keys
from crisisplans.keystore.person_keys import RETIRED_KEPT
from crisisplans.models import PlanDraft, PlanKey, PlanVersion
from crisisplans.sealing import Box, KeyGone, key_id_of, unseal
from crisisplans.services import renewing
from crisisplans.services.renewing import Done, renew_all, rewrap_all, tidy_all
from people.models import Person
from tests.cast import Cast
from tests.crisisplans.planning import key_name, saved, typed, words
from tests.steps import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.time_machine(NOON, tick=False)]
OLD = "the-ring-of-the-tests-which-is-long-enough"
NEW = "another-key-of-the-ring-which-is-long-enough"


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.fixture
def heron(cast: Cast, time_machine: TimeMachineFixture) -> Person:
    """Heron has versions and a draft, Moss a plan; then an hour goes by."""
    saved(cast.heron.person)
    saved(cast.heron.person)
    typed(cast.heron.person)
    saved(cast.moss.person)
    time_machine.shift(timedelta(hours=1))
    return cast.heron.person


def all_open() -> bool:
    """Whether every word there is can be read."""
    versions = PlanVersion.objects.select_related("plan")
    drafts = PlanDraft.objects.select_related("plan")
    opened = [unseal(row.plan.person_id, str(row.ref), "words", row.sealed) for row in (*versions, *drafts)]
    return len(opened) == 4 and opened.count(words().written()) == 3


def keys_of(person: Person) -> person_keys.PersonKeys:
    return person_keys.read(key_name(person))


def used_by(person: Person) -> set[str]:
    return {key_id_of(row.sealed) for row in PlanVersion.objects.filter(plan__person=person)}


def places(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """End the process as it comes to its so-many-th change of a file or a row."""
    left = [count]

    def counted(call: object) -> object:
        def stepped(*given: object, **more: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return call(*given, **more)

        return stepped

    monkeypatch.setattr(key_files, "write", counted(key_files.write))
    monkeypatch.setattr(Box, "seal", counted(Box.seal))
    monkeypatch.setattr(renewing, "tidy_person", counted(renewing.tidy_person))


def test_renewed_words_are_under_a_new_key_and_open(heron: Person) -> None:
    before = keys_of(heron)
    assert renew_all(clock.now()) == Done(2, 0)
    assert all_open()
    after = keys_of(heron)
    assert used_by(heron) == {after.newest.id}
    assert after.newest.id != before.newest.id
    assert after.of(before.newest.id) == before.newest.key


@pytest.mark.parametrize("steps", range(10))
def test_broken_off_after_any_step_nothing_is_lost_and_it_goes_on(
    heron: Person, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    since = clock.now()
    with monkeypatch.context() as patch:
        places(patch, steps)
        with pytest.raises(Killed):
            renew_all(since)
    assert all_open()
    saved(heron)
    PlanVersion.objects.filter(number=3).delete()
    assert renew_all(since) == Done(2, 0)
    assert all_open()
    assert used_by(heron) == {keys_of(heron).newest.id}
    assert len(keys_of(heron).keys) == 2


def test_old_key_opens_backups_for_as_long_as_they_are_kept(heron: Person, time_machine: TimeMachineFixture) -> None:
    [old] = PlanVersion.objects.filter(plan__person=heron, number=1)
    renew_all(clock.now())
    ref, person = str(old.ref), heron.pk
    time_machine.shift(RETIRED_KEPT - timedelta(minutes=1))
    assert tidy_all() == 0
    assert unseal(person, ref, "words", old.sealed) == words().written()
    time_machine.shift(timedelta(minutes=1))
    assert tidy_all() == 2
    with pytest.raises(KeyGone):
        unseal(person, ref, "words", old.sealed)
    assert all_open()


def test_no_key_goes_while_a_row_that_a_backup_brought_back_needs_it(
    heron: Person, time_machine: TimeMachineFixture
) -> None:
    [old] = PlanVersion.objects.filter(plan__person=heron, number=1)
    renew_all(clock.now())
    PlanVersion.objects.filter(pk=old.pk).update(sealed=old.sealed)
    time_machine.shift(RETIRED_KEPT + timedelta(days=1))
    assert tidy_all() == 1
    assert all_open()
    assert renew_all(keys_of(heron).newest.made_at) == Done(2, 0)
    assert used_by(heron) == {keys_of(heron).newest.id}


def test_row_that_was_changed_stays_as_it_is_with_its_key(heron: Person, time_machine: TimeMachineFixture) -> None:
    [bad] = PlanVersion.objects.filter(plan__person=heron, number=1)
    spoilt = bad.sealed[:-6] + ("AAAAA=" if bad.sealed.endswith("=") else "AAAAAA")
    PlanVersion.objects.filter(pk=bad.pk).update(sealed=spoilt)
    assert renew_all(clock.now()) == Done(2, 1)
    time_machine.shift(RETIRED_KEPT + timedelta(days=1))
    assert tidy_all() == 1
    bad.refresh_from_db()
    assert bad.sealed == spoilt
    assert keys_of(heron).of(key_id_of(bad.sealed))


def test_file_that_is_lost_stops_nobody_elses(heron: Person) -> None:
    key_files.destroy(key_name(heron))
    assert renew_all(clock.now()) == Done(1, 1)
    assert tidy_all() == 0


def test_being_erased_is_left_alone(heron: Person) -> None:
    PlanKey.objects.filter(person=heron).update(erasing_at=clock.now())
    before = keys_of(heron)
    renew_all(clock.now())
    assert keys_of(heron) == before


@pytest.fixture
def with_new_ring() -> Iterator[None]:
    with override_settings(PLAN_RING=lambda: f"{NEW}\n{OLD}"):
        yield


def test_rewrapped_all_open_under_the_new_key_alone(heron: Person, with_new_ring: None) -> None:
    assert rewrap_all() == Done(2, 0)
    with override_settings(PLAN_RING=lambda: NEW):
        assert all_open()


@pytest.mark.parametrize("place", ["write", "sync_folder"])
def test_rewrapping_broken_off_leaves_each_file_the_old_or_the_new_one(
    heron: Person, with_new_ring: None, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    whole, calls = getattr(key_files, place), []

    def second(*given: object) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise Killed
        whole(*given)

    with monkeypatch.context() as patch:
        patch.setattr(key_files, place, second)
        with pytest.raises(Killed):
            rewrap_all()
    assert all_open()
    rewrap_all()
    assert {person_keys.opened(name)[0] for name in key_files.names()} == {key_ring.newest_id()}
    assert all_open()


def test_half_a_file_left_by_a_kill_is_no_key_and_is_written_over(heron: Person, with_new_ring: None) -> None:
    name = key_name(heron)
    part = key_files.path_of(name).with_suffix(key_files.PART)
    part.write_bytes(b"half a")
    assert len(key_files.names()) == 2
    assert rewrap_all() == Done(2, 0)
    assert not part.exists()
    assert all_open()


def test_what_no_key_here_opens_is_counted_and_left(heron: Person) -> None:
    before = {name: key_files.read(name) for name in key_files.names()}
    with override_settings(PLAN_RING=lambda: NEW):
        assert rewrap_all() == Done(0, 2)
    assert {name: key_files.read(name) for name in key_files.names()} == before
    assert settings.PLAN_RING() == OLD
