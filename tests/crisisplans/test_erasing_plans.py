"""Erasing one's plans: keys destroyed, rows gone, broken off anywhere and gone on with; and never somebody else's."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

import clock
from audit import erasures
from audit.models import Entry
from audit.services import PEOPLE
from crisisplans.keystore import key_files
from crisisplans.models import Opening, Plan, PlanDraft, PlanKey, PlanVersion, ReviewDone
from crisisplans.queries import first_steps_of, own_plan
from crisisplans.refusals import PlanClosed
from crisisplans.sealing import KeyGone
from crisisplans.services import erasing
from crisisplans.services.erasing import erase_plans, go_on_with_erasings
from moderation.services import leave
from people.models import Person
from tests.cast import Cast, client_of
from tests.crisisplans.planning import key_name, saved, typed
from tests.steps import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.time_machine(NOON, tick=False)]


@pytest.fixture
def heron(cast: Cast) -> Person:
    """Heron has both plans, versions and a draft; Moss has a plan that must stay."""
    person = cast.heron.person
    saved(person)
    saved(person)
    saved(person, kind="development")
    typed(person)
    saved(cast.moss.person)
    return person


def left_of(person: Person) -> list[int]:
    plans = Plan.objects.filter(person=person)
    rows = (plans, PlanKey.objects.filter(person=person), PlanVersion.objects.filter(plan__in=plans))
    return [found.count() for found in (*rows, PlanDraft.objects.filter(plan__in=plans))]


def test_erased_plan_leaves_no_row_and_no_key_and_nobody_elses_goes(heron: Person, cast: Cast) -> None:
    name = key_name(heron)
    assert erase_plans(person=heron)
    assert left_of(heron) == [0, 0, 0, 0]
    assert not key_files.exists(name)
    assert first_steps_of(cast.moss.person, clock.now())


def test_erasing_is_on_record_without_a_word(heron: Person) -> None:
    erase_plans(person=heron)
    entry = Entry.objects.get(chain=PEOPLE, verb="erase plans")
    assert (entry.actor, entry.subject) == (f"person:{heron.pk}",) * 2
    assert json.loads(entry.facts) == {"versions": 3}


def test_it_stands_on_the_list_before_the_key_goes(heron: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    name, found = key_name(heron), []

    def look(gone: str) -> None:
        found.append([line.told["key"] for line in erasures.read(settings.ERASURE_FILE)])

    monkeypatch.setattr(key_files, "destroy", look)
    erase_plans(person=heron)
    assert found == [[name]]


def test_nothing_is_read_from_the_moment_of_asking(heron: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasures, "write_out", _fails)
    assert not erase_plans(person=heron)
    assert own_plan(heron, "crisis", clock.now()) is None
    assert first_steps_of(heron, clock.now()) == ()
    with pytest.raises(KeyGone):
        saved(heron)


@pytest.mark.parametrize("place", ["write_out", "destroy", "_end"])
def test_broken_off_anywhere_the_sweep_ends_it(heron: Person, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    name = key_name(heron)
    home = {"write_out": erasures, "destroy": key_files, "_end": erasing}[place]
    with monkeypatch.context() as patch:
        patch.setattr(home, place, _fails)
        assert not erase_plans(person=heron)
    assert left_of(heron)[0] == 2
    assert go_on_with_erasings() == 1
    assert left_of(heron) == [0, 0, 0, 0]
    assert not key_files.exists(name)
    assert go_on_with_erasings() == 0


def test_file_that_cannot_be_destroyed_holds_nobody_elses_erasing_up(
    heron: Person, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, destroy = key_name(heron), key_files.destroy
    moss = cast.moss.person
    with monkeypatch.context() as patch:
        patch.setattr(key_files, "destroy", _fails)
        assert not erase_plans(person=heron)
        assert not erase_plans(person=moss)
        patch.setattr(key_files, "destroy", lambda name: _fails() if name == stuck else destroy(name))
        with pytest.raises(OSError, match="no room"):
            go_on_with_erasings()
    assert left_of(moss) == [0, 0, 0, 0]
    assert left_of(heron)[0] == 2
    assert go_on_with_erasings() == 1
    assert left_of(heron) == [0, 0, 0, 0]


def test_asked_twice_it_is_one_erasing(heron: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(erasures, "write_out", _fails)
        erase_plans(person=heron)
        erase_plans(person=heron)
    assert erase_plans(person=heron)
    assert Entry.objects.filter(chain=erasures.CHAIN, verb=erasing.PLANS_OF).count() == 1


def test_plan_written_afterwards_has_a_key_of_its_own_and_stays(heron: Person) -> None:
    old = key_name(heron)
    erase_plans(person=heron)
    saved(heron, "a new beginning")
    assert key_name(heron) != old
    for line in erasures.read(settings.ERASURE_FILE):
        erasing._replay(line)
    assert go_on_with_erasings() == 0
    assert own_plan(heron, "crisis", clock.now())


def test_key_that_an_older_key_store_brings_back_goes_again(heron: Person, tmp_path: Path) -> None:
    name = key_name(heron)
    kept = key_files.read(name)
    erase_plans(person=heron)
    with key_files.held():
        key_files.write(name, kept)
    assert go_on_with_erasings() == 1
    assert not key_files.exists(name)


def test_plan_without_a_word_can_be_erased_too(cast: Cast) -> None:
    Plan.objects.create(person=cast.fern.person, kind="crisis", made_at=clock.now())
    assert erase_plans(person=cast.fern.person)
    assert left_of(cast.fern.person) == [0, 0, 0, 0]


def test_shut_after_a_way_back_it_can_not_be_erased_by_whoever_came_in(heron: Person, cast: Cast) -> None:
    Person.objects.filter(pk=heron.pk).update(plan_closed_until=clock.now() + timedelta(hours=3))
    page = client_of(cast.heron).get(reverse("crisisplans:erase"))
    assert page.status_code == 403
    assert "versions you saved" not in page.content.decode()
    with pytest.raises(PlanClosed):
        erase_plans(person=heron)
    assert left_of(heron)[0] == 2


def _fails(*_given: object) -> None:
    raise OSError("no room")


def test_what_was_opened_is_closed_on_record_before_it_goes(heron: Person, cast: Cast) -> None:
    plan, now = Plan.objects.get(person=heron, kind="crisis"), clock.now()
    told = {"plan": plan, "opened_at": now, "until": now + timedelta(hours=2), "parts": ["well"]}
    Opening.objects.create(community=cast.fellside, kind="review", **told)
    erase_plans(person=heron)
    entry = Entry.objects.get(chain=cast.fellside.chain, verb="close plan")
    assert (entry.actor, json.loads(entry.facts)) == (f"person:{heron.pk}", {"why": "erased"})
    assert not Opening.objects.exists()


def test_that_a_group_went_through_it_stays(heron: Person, cast: Cast) -> None:
    plan, now = Plan.objects.get(person=heron, kind="crisis"), clock.now()
    told = {"plan": plan, "opened_at": now, "until": now + timedelta(hours=2), "parts": ["well"]}
    opening = Opening.objects.create(community=cast.fellside, kind="review", **told)
    ReviewDone.objects.create(opening=opening, owner=cast.heron, recorded_by=cast.moss, at=now, version=2)
    erase_plans(person=heron)
    assert ReviewDone.objects.get(owner=cast.heron).opening is None


def test_page_asks_again_who_it_is_says_what_goes_and_erases(heron: Person, cast: Cast) -> None:
    url = reverse("crisisplans:erase")
    long_ago = client_of(cast.heron, at=clock.now() - timedelta(hours=1))
    assert long_ago.post(url).url.startswith(reverse("account_reauthenticate"))
    client = client_of(cast.heron)
    page = client.get(url).content.decode()
    assert "all 3 versions you saved" in page
    assert client.post(url).url == url
    assert "You have no plans here that could be erased" in client.get(url).content.decode()
    assert left_of(heron) == [0, 0, 0, 0]


def test_leaving_a_community_leaves_the_plan_its_owners(heron: Person, cast: Cast) -> None:
    leave(by=cast.heron)
    own = own_plan(heron, "crisis", clock.now())
    assert own
    assert own.number == 2
    assert erase_plans(person=heron)


def test_death_shuts_the_plan_for_good(heron: Person) -> None:
    Person.objects.filter(pk=heron.pk).update(plan_closed_until=clock.now() + timedelta(days=365 * 100))
    with pytest.raises(PlanClosed):
        own_plan(heron, "crisis", clock.now())
    assert first_steps_of(heron, clock.now()) == ()


def test_backup_that_is_put_back_is_erased_again_before_it_serves(heron: Person) -> None:
    """The rows and even the file as they were before; the line of the list does it all again, twice as well as once."""
    key = PlanKey.objects.get(person=heron)
    file = key_files.read(key.name)
    erase_plans(person=heron)
    PlanKey.objects.create(person=heron, name=key.name, made_at=key.made_at)
    Plan.objects.create(person=heron, kind="crisis", made_at=key.made_at)
    with key_files.held():
        key_files.write(key.name, file)
    for line in [*erasures.read(settings.ERASURE_FILE)] * 2:
        erasing._replay(line)
    assert left_of(heron) == [0, 0, 0, 0]
    assert not key_files.exists(key.name)
