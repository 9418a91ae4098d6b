"""What an operator does with the keys of plans: look, renew, back up, put back; and never a word or a key is shown."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from clock.models import Sweep
from crisisplans.keystore import given_up, key_files, renewal
from crisisplans.models import PlanKey
from crisisplans.queries import own_plan
from crisisplans.schedule import KEYS_WHOLE, look_at_keys
from crisisplans.sealing import KeyGone
from crisisplans.services.erasing import erase_plans
from peernet import cli
from peernet.backups import making, store
from peernet.fitness import plans
from tests.cast import Cast
from tests.crisisplans.planning import MARKED, key_name, saved
from tests.steps import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.time_machine(NOON, tick=False)]
NEW = "another-key-of-the-ring-which-is-long-enough"


@pytest.fixture
def two_plans(cast: Cast) -> Cast:
    saved(cast.heron.person)
    saved(cast.moss.person)
    return cast


def keys_copied(tmp_path: Path) -> Path:
    return making.copy_keys(tmp_path / "copies", clock.now()) / store.NAME


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = cli.main(["plan-keys", *words])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_status_counts_and_shows_neither_word_nor_key(two_plans: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = shown(capsys)
    assert (code, "People with a key: 2." in said) == (0, True)
    assert MARKED not in said
    assert not [name for name in key_files.names() if name in said]


def test_keys_found_whole_are_noted_for_the_alarm_and_lost_ones_are_not(two_plans: Cast) -> None:
    assert look_at_keys() == 0
    Sweep.objects.get(name=KEYS_WHOLE).delete()
    key_files.destroy(key_name(two_plans.heron.person))
    assert look_at_keys() == 1
    assert not Sweep.objects.filter(name=KEYS_WHOLE).exists()


def test_keys_that_are_lost_for_good_ring_no_alarm_and_the_next_one_does(
    two_plans: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, heron = keys_copied(tmp_path), key_name(two_plans.heron.person)
    key_files.destroy(heron)
    assert shown(capsys, "lost-for-good", "1") == (
        0,
        "Given up: 1. Their owners can only erase their plans and begin again.\n",
    )
    assert (look_at_keys(), Sweep.objects.filter(name=KEYS_WHOLE).count()) == (0, 1)
    code, said = shown(capsys)
    assert (code, "Lost for good, as was said: 1." in said, "Not yet" in said) == (0, True, False)
    assert [*plans.keys_are_all_there()] == []
    key_files.destroy(key_name(two_plans.moss.person))
    assert look_at_keys() == 1
    assert shown(capsys, "put-back", str(copy)) == (0, "Put back: 2.\n")
    assert look_at_keys() == 0
    key_files.destroy(heron)
    assert look_at_keys() == 1, "what came back counts as before"


@pytest.mark.parametrize("number", ["2", "", "one", "-1"])
def test_only_the_very_number_that_is_missing_can_be_given_up(
    two_plans: Cast, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    key_files.destroy(key_name(two_plans.heron.person))
    assert shown(capsys, "lost-for-good", *([number] if number else []))[0] != 0
    assert look_at_keys() == 1
    assert not Entry.objects.filter(chain="operator", verb="gave up keys of plans").exists()


def test_giving_up_is_on_record_without_names_and_the_owner_can_still_begin_again(
    two_plans: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    name = key_name(two_plans.heron.person)
    key_files.destroy(name)
    shown(capsys, "lost-for-good", "1")
    entry = Entry.objects.get(chain="operator", verb="gave up keys of plans")
    assert entry.facts == '{"how many":1}'
    erase_plans(person=two_plans.heron.person)
    assert look_at_keys() == 0
    assert name not in given_up.names()
    assert saved(two_plans.heron.person)


def test_lost_and_closed_keys_are_said(two_plans: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    key_files.destroy(key_name(two_plans.heron.person))
    key_files.path_of(key_name(two_plans.moss.person)).write_bytes(b"{}")
    code, said = shown(capsys, "status")
    assert code == 1
    assert "not in the key store: 1." in said
    assert "can't be opened: 1." in said
    assert [finding for finding in plans.keys_are_all_there() if "not in the key store: 1" in finding]


def test_ring_is_changed_by_a_new_first_line_and_one_command(
    two_plans: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    ring = settings.PLAN_RING()
    with override_settings(PLAN_RING=lambda: f"{NEW}\n{ring}"):
        assert "under others of the ring: 2." in shown(capsys)[1]
        assert shown(capsys, "rewrap") == (0, "Wrapped anew: 2.\n")
        assert shown(capsys, "rewrap") == (0, "Wrapped anew: 0.\n")
    with override_settings(PLAN_RING=lambda: NEW):
        assert own_plan(two_plans.heron.person, "crisis", clock.now())


def test_renewal_that_was_broken_off_goes_on_where_it_was(
    two_plans: Cast, capsys: pytest.CaptureFixture[str], time_machine: object
) -> None:
    time_machine.shift(timedelta(hours=1))
    begun = renewal.begun_at(clock.now())
    time_machine.shift(timedelta(hours=1))
    assert renewal.begun_at(clock.now()) == begun
    assert "is not done. Go on with it" in shown(capsys)[1]
    assert shown(capsys, "renew")[0] == 0
    assert renewal.under_way() is None
    assert own_plan(two_plans.heron.person, "crisis", clock.now())


def test_new_keys_are_on_record(two_plans: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    shown(capsys, "rewrap")
    shown(capsys, "renew")
    verbs = Entry.objects.filter(chain="operator").order_by("number").values_list("verb", flat=True)
    assert [*verbs] == ["wrapped the keys of plans anew", "renewed the keys of plans"]


def test_lost_key_store_comes_back_from_the_copy_of_the_keys(
    two_plans: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = keys_copied(tmp_path)
    for name in key_files.names():
        key_files.destroy(name)
    assert shown(capsys, "put-back", str(copy)) == (0, "Put back: 2.\n")
    assert own_plan(two_plans.heron.person, "crisis", clock.now())
    assert shown(capsys, "put-back", str(copy)) == (0, "Put back: 0.\n")


def test_file_whose_key_is_missing_from_the_ring_is_not_replaced_by_an_older_one(
    two_plans: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], time_machine: TimeMachineFixture
) -> None:
    copy = keys_copied(tmp_path)
    ring = settings.PLAN_RING()
    time_machine.shift(timedelta(hours=1))
    with override_settings(PLAN_RING=lambda: f"{NEW}\n{ring}"):
        assert shown(capsys, "renew")[0] == 0
    code, told = shown(capsys, "put-back", str(copy))
    assert (code, told.splitlines()[0]) == (1, "Put back: 0.")
    assert "Not yet: 2 files are whole, but the key around them" in told
    with override_settings(PLAN_RING=lambda: f"{NEW}\n{ring}"):
        assert MARKED in str(own_plan(two_plans.heron.person, "crisis", clock.now()).words)
        spoilt = key_files.path_of(key_name(two_plans.moss.person))
        spoilt.write_bytes(spoilt.read_bytes()[:40])
        assert shown(capsys, "put-back", str(copy)) == (0, "Put back: 1.\n")


def test_erased_keys_do_not_come_back_from_a_copy(
    two_plans: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, copy = key_name(two_plans.heron.person), keys_copied(tmp_path)
    erase_plans(person=two_plans.heron.person)
    assert shown(capsys, "put-back", str(copy)) == (0, "Put back: 0.\n")
    assert not key_files.exists(name)


def test_copy_is_gone_after_seven_days_and_an_older_dump_is_noise(
    two_plans: Cast, tmp_path: Path, time_machine: object
) -> None:
    """The rows as any dump or backup from before holds them, put back by hand; with every copy of keys there is."""
    person = two_plans.heron.person
    key, version = PlanKey.objects.get(person=person), saved(person)
    keys_copied(tmp_path)
    erase_plans(person=person)
    time_machine.shift(making.KEYS_KEPT + timedelta(minutes=1))
    newest = making.copy_keys(tmp_path / "copies", clock.now())
    making.prune_keys(tmp_path / "copies", newest, clock.now())
    key.pk = None
    key.save(force_insert=True)
    version.plan.pk = version.pk = None
    version.plan.latest = None
    version.plan.save(force_insert=True)
    version.plan = version.plan
    version.save(force_insert=True)
    version.plan.latest = version
    version.plan.save()
    everything = b"".join(
        path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != "erasures"
    )
    assert key.name.encode() not in everything
    with pytest.raises(KeyGone):
        own_plan(person, "crisis", clock.now())


@pytest.mark.parametrize("holds", [b"what", b"{}", b'{"name": "../x", "holds": "y"}', b'{"name": 1, "holds": 2}'])
def test_what_is_no_copy_is_said_and_nothing_is_written(
    two_plans: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], holds: bytes
) -> None:
    (tmp_path / "copy").write_bytes(holds + b"\n")
    code, said = shown(capsys, "put-back", str(tmp_path / "copy"))
    assert (code, "This is no copy of a key store" in said) == (1, True)
    assert len(key_files.names()) == 2


def test_backup_program_is_not_given_the_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    from peernet.backups import postgres

    monkeypatch.setenv("PEERNET_PLAN_KEY", NEW)
    assert NEW not in postgres._environment().values()


def test_check_says_where_the_key_store_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEERNET_PLAN_FOLDER", raising=False)
    assert "PEERNET_PLAN_FOLDER is not set" in next(plans.keys_lie_apart())
    monkeypatch.setenv("PEERNET_PLAN_FOLDER", str(tmp_path / "plan-keys"))
    assert [*plans.keys_lie_apart()] == []
    monkeypatch.setenv("PEERNET_PLAN_KEY_FILE", str(tmp_path / "plan-keys" / "ring"))
    assert "lies in the key store" in next(plans.keys_lie_apart())
    monkeypatch.delenv("PEERNET_PLAN_KEY_FILE")
    (tmp_path / "plan-keys").mkdir()
    (tmp_path / "plan-keys").chmod(0o755)
    assert "can be read by others" in next(plans.keys_lie_apart())
    with override_settings(PLAN_RING=lambda: "short"):
        assert "at least 32 characters" in [*plans.keys_lie_apart()][-1]
