"""Words of a plan open for their owner, in their row and field, under the key that is there; and nowhere else."""

import json
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

import clock
from crisisplans.keystore import key_files, key_ring, person_keys
from crisisplans.models import PlanKey, PlanVersion
from crisisplans.queries import first_steps_of, own_plan
from crisisplans.sealing import Amiss, KeyGone, OutsideTransaction, Unreadable, seal, unseal
from tests.cast import Cast
from tests.crisisplans.planning import MARKED, key_name, saved, words

pytestmark = pytest.mark.django_db
RING = "the-ring-of-the-tests-which-is-long-enough"
NEW = "another-key-of-the-ring-which-is-long-enough"


def opened(version: PlanVersion, **other: object) -> str:
    told = {"person_id": version.plan.person_id, "row": str(version.ref), "field": "words", "sealed": version.sealed}
    return unseal(**{**told, **other})


def test_words_come_back_as_they_were(cast: Cast) -> None:
    assert opened(saved(cast.heron.person)) == words().written()


def test_owner_finds_their_plan_and_its_first_steps(cast: Cast) -> None:
    saved(cast.heron.person, "before")
    saved(cast.heron.person)
    own = own_plan(cast.heron.person, "crisis", clock.now())
    assert own
    assert (own.words, own.number) == (words(), 2)
    assert first_steps_of(cast.heron.person, clock.now()) == words().first_steps
    assert own_plan(cast.heron.person, "development", clock.now()) is None
    assert own_plan(cast.moss.person, "crisis", clock.now()) is None
    assert first_steps_of(cast.moss.person, clock.now()) == ()


def test_what_lies_in_the_database_and_in_the_key_store_holds_no_word(cast: Cast) -> None:
    version = saved(cast.heron.person)
    assert MARKED not in version.sealed
    assert MARKED.encode() not in key_files.read(key_name(cast.heron.person))


def test_length_tells_next_to_nothing(cast: Cast) -> None:
    person = cast.heron.person
    with transaction.atomic():
        lengths = {len(seal(person.pk, "row", "words", "x" * count)) for count in (0, 1, 20, 500, 1020)}
        longer = len(seal(person.pk, "row", "words", "x" * 1021))
    assert len(lengths) == 1
    assert {longer} != lengths


def test_same_words_are_never_sealed_the_same_twice(cast: Cast) -> None:
    assert saved(cast.heron.person).sealed != saved(cast.heron.person).sealed


def test_every_swap_of_row_field_or_person_is_refused(cast: Cast) -> None:
    mine, older, others = saved(cast.heron.person), saved(cast.heron.person), saved(cast.moss.person)
    swaps = [
        {"sealed": older.sealed},
        {"row": str(older.ref)},
        {"field": "label"},
        {"field": ""},
        {"sealed": others.sealed},
        {"person_id": cast.moss.person.pk},
        {"person_id": cast.moss.person.pk, "row": str(others.ref)},
    ]
    for swap in swaps:
        with pytest.raises(Unreadable):
            opened(mine, **swap)
    assert opened(mine)


def test_anothers_key_file_under_ones_own_name_opens_nothing(cast: Cast) -> None:
    """Whoever can write in the database gives Moss the name of Heron's file, and Heron's rows."""
    mine = saved(cast.heron.person)
    saved(cast.moss.person)
    name = key_name(cast.heron.person)
    PlanKey.objects.filter(person=cast.heron.person).delete()
    PlanKey.objects.filter(person=cast.moss.person).update(name=name)
    with pytest.raises(Amiss):
        opened(mine, person_id=cast.moss.person.pk)


def test_every_bit_turned_is_refused(cast: Cast) -> None:
    version = saved(cast.heron.person, "x")
    for place in range(len(version.sealed)):
        changed = version.sealed[:place] + chr(ord(version.sealed[place]) ^ 1) + version.sealed[place + 1 :]
        with pytest.raises(Unreadable):
            opened(version, sealed=changed)


@pytest.mark.parametrize(
    "odd", ["", ".", "1", "1..", "2.00000000.AAAA", "1.zz.é", "1.00000000.AA AA", "\x00", "1.a.b.c"]
)
def test_no_odd_text_is_a_fault(cast: Cast, odd: str) -> None:
    with pytest.raises(Unreadable):
        opened(saved(cast.heron.person), sealed=odd)


def test_key_file_cut_short_or_changed_is_refused(cast: Cast) -> None:
    version, path = saved(cast.heron.person), key_files.path_of(key_name(cast.heron.person))
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Unreadable):
            opened(version)
    for broken in (b"", b"{}", b"[]", whole[: len(whole) // 2], b"\xff"):
        path.write_bytes(broken)
        with pytest.raises(Amiss):
            opened(version)
    path.write_bytes(whole)
    assert opened(version)


def test_two_files_swapped_open_nothing(cast: Cast) -> None:
    mine, others = saved(cast.heron.person), saved(cast.moss.person)
    one, two = (key_files.path_of(key_name(person)) for person in (cast.heron.person, cast.moss.person))
    held = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(held)
    for version in (mine, others):
        with pytest.raises(Amiss):
            opened(version)


def test_without_the_key_nothing_opens_and_no_page_of_the_board_fails(cast: Cast) -> None:
    version = saved(cast.heron.person)
    key_files.destroy(key_name(cast.heron.person))
    with pytest.raises(KeyGone):
        opened(version)
    with pytest.raises(KeyGone):
        own_plan(cast.heron.person, "crisis", clock.now())
    assert first_steps_of(cast.heron.person, clock.now()) == ()


def test_ring_without_the_key_opens_nothing(cast: Cast) -> None:
    version = saved(cast.heron.person)
    with override_settings(PLAN_RING=lambda: NEW), pytest.raises(Amiss):
        opened(version)
    with override_settings(PLAN_RING=lambda: f"{NEW}\n{RING}"):
        assert opened(version)


@pytest.mark.parametrize("ring", ["", "\n", "short", f"{RING}\nshort"])
def test_ring_that_could_be_guessed_is_none(cast: Cast, ring: str) -> None:
    with override_settings(PLAN_RING=lambda: ring), pytest.raises(key_ring.RingUnfit):
        saved(cast.heron.person)


def test_rewrapped_under_a_new_key_the_old_one_can_go(cast: Cast) -> None:
    version, name = saved(cast.heron.person), key_name(cast.heron.person)
    with override_settings(PLAN_RING=lambda: f"{NEW}\n{RING}"):
        assert person_keys.rewrap(name)
        assert not person_keys.rewrap(name)
    with override_settings(PLAN_RING=lambda: NEW):
        assert opened(version)
    with pytest.raises(Amiss):
        opened(version)


def test_key_store_is_for_its_owner_alone(cast: Cast) -> None:
    saved(cast.heron.person)
    folder = Path(settings.PLAN_KEYS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert [
        path for path in folder.iterdir() if str(cast.heron.person.pk) in json.loads(path.read_text() or "{}")
    ] == []


@pytest.mark.parametrize("name", ["", "../secret", "a/b", ".lock", "a.keys", "é"])
def test_no_name_leads_out_of_the_key_store(name: str) -> None:
    with pytest.raises(key_files.NoSuchFile):
        key_files.read(name)


@pytest.mark.django_db(transaction=True)
def test_words_are_sealed_only_where_they_are_stored(cast: Cast) -> None:
    with pytest.raises(OutsideTransaction):
        seal(cast.heron.person.pk, "row", "words", "text")


def test_no_error_says_what_was_sealed_or_under_what(cast: Cast) -> None:
    version = saved(cast.heron.person)
    with pytest.raises(Unreadable) as told:
        opened(version, field="label")
    assert MARKED not in repr(told.value)
    assert version.sealed not in repr(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__
