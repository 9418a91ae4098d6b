"""Telling: rows in the caller's transaction, the same thing once, taken back by key."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from notices import kinds, queries, services, tasks, telling
from notices.models import Notice, Outgoing
from notices.spreading import spread_due
from people.models import Person

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


@pytest.fixture
def heron(db: None) -> Person:
    return Person.objects.create_person(sign_in_name="amber-lantern-field-42", password=None, created_at=NOW)


@pytest.fixture(autouse=True)
def a_kind() -> None:
    kinds.register("test.hold", "Something is waiting for you to look at.")


def tell(person: Person, key: str = "hold:7:1", **more: object) -> Notice:
    return services.tell(person=person, kind="test.hold", key=key, path="/c/fellside/", now=NOW, **more)


def test_tell_makes_a_notice_and_a_mail(heron: Person) -> None:
    notice = tell(heron)
    assert queries.of_person(heron, NOW) == [notice]
    assert Outgoing.objects.get().notice == notice


def test_tell_with_the_same_key_is_one_notice(heron: Person) -> None:
    assert tell(heron) == tell(heron)
    assert (Notice.objects.count(), Outgoing.objects.count()) == (1, 1)


def test_tell_without_mail_makes_no_mail(heron: Person) -> None:
    tell(heron, mail=False)
    assert not Outgoing.objects.exists()


def test_tell_in_a_transaction_that_fails_leaves_nothing(heron: Person) -> None:
    def fail() -> None:
        with transaction.atomic():
            tell(heron)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Notice.objects.exists()
    assert not Outgoing.objects.exists()


def test_tell_for_later_is_not_seen_before(heron: Person) -> None:
    later = NOW + timedelta(minutes=15)
    notice = tell(heron, due_at=later)
    assert queries.of_person(heron, NOW) == []
    assert queries.count_new(heron, later) == 1
    assert queries.of_person(heron, later) == [notice]


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere", "c/fellside/"])
def test_tell_of_a_page_elsewhere_is_refused(heron: Person, path: str) -> None:
    with pytest.raises(ValueError, match="a page of this site"):
        services.tell(person=heron, kind="test.hold", key="k", path=path, now=NOW)


def test_tell_of_a_kind_nobody_registered_is_refused(heron: Person) -> None:
    with pytest.raises(ValueError, match="no such kind"):
        services.tell(person=heron, kind="test.unknown", key="k", path="/", now=NOW)


def test_withdraw_takes_back_what_is_below_the_key_and_nothing_that_only_begins_alike(heron: Person) -> None:
    tell(heron, "hold:7:1")
    tell(heron, "hold:7:again:1")
    kept = tell(heron, "hold:70:1")
    assert len(services.withdraw(key_prefix="hold:7", now=NOW)) == 2
    assert queries.of_person(heron, NOW) == [kept]


def test_seen_notices_are_not_new(heron: Person) -> None:
    services.mark_seen(notice=tell(heron), now=NOW)
    assert queries.count_new(heron, NOW) == 0


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    found: list[list[int]] = []
    monkeypatch.setattr(telling, "_listeners", [found.append])
    for task in (tasks.send_waiting, tasks.push_waiting):
        monkeypatch.setattr(task, "delay_on_commit", lambda: None)
    return found


def a_person() -> Person:
    return Person.objects.create_person(sign_in_name="amber-lantern-field-42", password=None, created_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_whoever_listens_hears_of_people_only_and_only_after_the_commit(heard: list[list[int]]) -> None:
    heron = a_person()
    with transaction.atomic():
        notice = tell(heron)
        assert heard == []
    services.mark_seen(notice=notice, now=NOW)
    services.withdraw(key_prefix=notice.key, now=NOW)
    assert heard == [[heron.pk]] * 3


@pytest.mark.django_db(transaction=True)
def test_what_is_told_for_later_is_heard_of_when_it_is_due(heard: list[list[int]]) -> None:
    heron = a_person()
    tell(heron, due_at=NOW + timedelta(minutes=5))
    spread_due(NOW)
    assert heard == []
    spread_due(NOW + timedelta(minutes=5))
    assert heard == [[heron.pk]]


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_harms_nothing(heard: list[list[int]], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(people: list[int]) -> None:
        raise RuntimeError

    monkeypatch.setattr(telling, "_listeners", [fail])
    heron = a_person()
    with transaction.atomic():
        tell(heron)
    assert Notice.objects.count() == 1
