"""Pushes against a push service on loopback: without a word, once each, in order, through outages (1.15, 5.2, 5.3)."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connections
from django.db.models import Q

from notices import bell, errands, kinds, pushing, services, tasks, vapid
from notices.models import Notice, Outcome, Phone, Push
from notices.timing import Hours
from people.models import Person
from tests.notices.conftest import MakePerson, Tell
from tests.notices.mail_server import free_port
from tests.notices.push_server import PushServer

pytestmark = pytest.mark.django_db
Time = time_machine.Traveller
AddPhone = Callable[..., Phone]
NEVER = Hours(None, None, None)


@pytest.fixture(autouse=True)
def loopback(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUSH_LOOPBACK = True
    settings.SITE_ADDRESS = "https://quiet.example"
    for task in (tasks.send_waiting, tasks.push_waiting):
        monkeypatch.setattr(task, "delay_on_commit", lambda: None)


@pytest.fixture
def service() -> Iterator[PushServer]:
    server = PushServer()
    yield server
    server.end()


@pytest.fixture
def add_phone(service: PushServer) -> AddPhone:
    def make(person: Person, name: str = "", at: str = "") -> Phone:
        now = datetime.now(UTC)
        sitting = f"sitting-of-{person.pk}"
        Session.objects.get_or_create(
            session_key=sitting, defaults={"session_data": "", "expire_date": now + timedelta(days=30)}
        )
        phone = services.add_phone(
            person=person,
            endpoint=at or service.address(name or person.sign_in_name),
            label="",
            sitting=sitting,
            sitting_ends_at=now + timedelta(days=30),
            now=now,
        )
        assert phone
        return phone

    return make


def test_a_push_reaches_each_phone_of_its_person_and_nobody_else_s(
    service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone
) -> None:
    heron, moss = person("heron"), person("moss")
    for name in ("phone", "computer"):
        add_phone(heron, name)
    add_phone(moss)
    tell(heron)
    assert pushing.push_all_due() == 2
    assert sorted(came.path for came in service.came) == ["/computer", "/phone"]
    assert {push.outcome for push in Push.objects.all()} == {Outcome.SENT}


def test_a_push_says_nothing_at_all(service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone) -> None:
    heron = person("heron-CANARY")
    add_phone(heron, "bell")
    tell(heron, key="CANARY-key", path="/c/CANARY-community/board/7/")
    tell(heron)
    pushing.push_all_due()
    first, second = service.came
    assert (first.body, second.body) == (b"", b"")
    assert "CANARY" not in repr((first.headers, first.claims))
    # Whatever they are about, they are the same to the push service, and the newer takes the older one's place.
    assert {**first.headers, "Authorization": ""} == {**second.headers, "Authorization": ""}
    assert set(first.headers) == {
        "Host",
        "Authorization",
        "TTL",
        "Urgency",
        "Topic",
        "Content-Length",
        "User-Agent",
        "Accept-Encoding",
    }
    assert str(heron.pk) != first.headers["Topic"]
    assert len(first.headers["Topic"]) == 32


def test_the_proof_is_for_this_service_only_and_by_the_key_that_browsers_get(
    service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone
) -> None:
    heron = person("heron")
    add_phone(heron)
    tell(heron)
    pushing.push_all_due()
    [came] = service.came
    assert came.claims["aud"] == f"http://127.0.0.1:{service.server_port}"
    assert came.claims["sub"] == "https://quiet.example"
    assert came.claims["exp"] == int((datetime.now(UTC) + timedelta(hours=12)).timestamp())
    assert came.key == vapid.public_key()


def test_push_twice_pushes_once(service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone) -> None:
    heron = person("heron")
    add_phone(heron)
    tell(heron)
    assert [tasks.push_waiting(), tasks.push_waiting()] == [1, 0]
    assert len(service.came) == 1


@pytest.mark.parametrize("why", ["withdrawn", "seen", "off", "inactive", "not_wanted", "signed_out"])
def test_a_push_that_may_no_longer_go_is_dropped_when_its_time_comes(
    service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone, why: str
) -> None:
    now, heron = datetime.now(UTC), person("heron")
    add_phone(heron)
    notice = tell(heron)
    if why == "withdrawn":
        services.withdraw(key_prefix=notice.key, now=now)
    elif why == "seen":
        services.mark_seen(notice=notice, now=now)
    elif why == "off":
        services.choose(person=heron, groups=["other"], mail=["other"], push=[], hours=NEVER)
    elif why == "inactive":
        heron.is_active = False
        heron.save()
    elif why == "not_wanted":
        kinds.register("test.hold", "…", still_wanted=lambda notice: False)
    elif why == "signed_out":
        Session.objects.all().delete()
    assert pushing.push_all_due() == 0
    assert service.knocks == []
    assert not Push.objects.waiting().exists()
    assert Phone.objects.exists() == (why != "signed_out")


def test_a_sitting_that_ran_out_by_itself_does_not_silence_the_phone(
    *, traveller: Time, service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone
) -> None:
    heron = person("heron")
    add_phone(heron)
    traveller.shift(timedelta(days=31))
    Session.objects.all().delete()  # the hourly job that clears away what has run out
    tell(heron)
    assert pushing.push_all_due() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_its_service_knows_no_more_is_forgotten(
    service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone, status: int
) -> None:
    heron = person("heron")
    add_phone(heron, "old")
    add_phone(heron, "new")
    service.answers["/old"] = status
    for _ in range(2):
        tell(heron)
    assert pushing.push_all_due() == 2
    assert [came.path for came in service.came] == ["/new", "/new"]
    assert service.knocks.count("/old") == 1
    assert Phone.objects.count() == 1


def test_a_redirect_is_not_followed(service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone) -> None:
    elsewhere = PushServer()
    heron = person("heron")
    add_phone(heron)
    tell(heron)
    service.status, service.elsewhere = 307, elsewhere.address("inside")
    assert pushing.push_all_due() == 0
    elsewhere.end()
    assert elsewhere.knocks == []
    assert Push.objects.waiting().count() == 1


def test_an_address_that_is_refused_waits_longer_and_holds_nobody_up(
    *, traveller: Time, service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone
) -> None:
    heron, moss = person("heron"), person("moss")
    add_phone(heron)
    add_phone(moss)
    service.answers["/heron"] = 403
    tell(heron)
    tell(moss)
    assert pushing.push_all_due() == 1
    traveller.shift(timedelta(seconds=20))
    assert pushing.push_all_due() == 0
    assert service.knocks == ["/heron", "/moss"]
    traveller.shift(timedelta(days=2))
    pushing.push_all_due()
    assert Push.objects.get(phone__person=heron).outcome == Outcome.GAVE_UP


@pytest.mark.parametrize("how", ["gone", "ill", "slow_down"])
def test_two_hours_without_a_push_service_end_in_order_at_the_first_sweep_and_hold_up_no_other(
    *, traveller: Time, service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone, how: str
) -> None:
    port = free_port()
    away = PushServer(port) if how != "gone" else None
    if away:
        away.status = 503 if how == "ill" else 429
    people = [person(f"person{n}") for n in range(6)]
    for one in people:
        add_phone(one, at=f"http://127.0.0.1:{port}/{one.sign_in_name}")
    well = person("moss")
    add_phone(well)
    for one in people:
        tell(one)
        tell(well)
        traveller.shift(timedelta(minutes=20))
        # Each sweep knocks there once; who is at another service has theirs at once.
        assert [pushing.push_all_due(), pushing.push_all_due()] == [1, 0]
    if away:
        assert len(away.knocks) == 12
        away.status = 201
    back = away or PushServer(port)
    traveller.shift(timedelta(seconds=20))
    assert pushing.push_all_due() == 6
    back.end()
    assert [came.path for came in back.came] == [f"/person{n}" for n in range(6)]


def test_two_hours_without_a_worker_end_in_order_with_permissions_asked_again(
    *, traveller: Time, service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone
) -> None:
    people = [person(f"person{n}") for n in range(6)]
    kinds.register("test.asked", "…", still_wanted=lambda notice: notice.person_id != people[2].pk)
    for one in people:
        add_phone(one)
        tell(one, kind="test.asked")
        traveller.shift(timedelta(minutes=20))
    assert pushing.push_all_due() == 5
    assert [came.path for came in service.came] == [f"/person{n}" for n in (0, 1, 3, 4, 5)]


def test_a_phone_that_came_later_is_not_rung_for_what_was_told_before(
    *, traveller: Time, service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone
) -> None:
    heron = person("heron")
    tell(heron)
    traveller.shift(timedelta(minutes=1))
    add_phone(heron)
    assert pushing.push_all_due() == 0
    assert not Push.objects.exists()


def test_what_the_release_before_tells_is_not_pushed_and_harms_nothing(
    service: PushServer, person: MakePerson, add_phone: AddPhone
) -> None:
    from django.db import connection

    heron, now = person("heron"), datetime.now(UTC)
    add_phone(heron)
    stored = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_notice (person_id, kind, key, path, made_at, due_at) VALUES (%s, %s, %s, %s, %s, %s)",
            [heron.pk, "test.hold", "old", "/", stored, stored],
        )
    assert pushing.push_all_due() == 0
    assert Notice.objects.get().to_push is False


def test_a_sender_that_died_between_claim_and_push_loses_nothing(
    *, traveller: Time, service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone
) -> None:
    heron = person("heron")
    add_phone(heron)
    tell(heron)
    pushing.spread_due(datetime.now(UTC))
    Push.objects.update(claimed_at=datetime.now(UTC), tries=1)  # and then the process was killed
    traveller.shift(timedelta(minutes=4, seconds=59))
    assert pushing.push_all_due() == 0
    traveller.shift(timedelta(seconds=1))
    assert pushing.push_all_due() == 1


def test_no_address_of_a_phone_lies_in_the_database_or_a_log(
    service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone, caplog: pytest.LogCaptureFixture
) -> None:
    heron = person("heron")
    add_phone(heron, "CANARY-bell")
    tell(heron)
    service.status = 500
    caplog.set_level("DEBUG")
    pushing.push_all_due()
    assert f"push {Push.objects.get().pk}: try 1 failed" in caplog.text
    assert "CANARY" not in caplog.text
    assert "CANARY" not in repr(list(Phone.objects.values()))


def _push_at_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `count` threads deliver the same push; whoever rings waits until every other has rung or been turned away."""
    pushing.spread_due(datetime.now(UTC))
    pk, settled, everybody = Push.objects.get().pk, set(), threading.Event()
    ring = bell.ring

    def settle() -> None:
        settled.add(threading.current_thread())
        if len(settled) == count:
            everybody.set()

    def wait_and_ring(*facts: object) -> None:
        settle()
        assert everybody.wait(20)
        ring(*facts)

    def deliver() -> None:
        try:
            pushing.deliver(Push.objects.get(pk=pk))
            settle()
        finally:
            connections.close_all()

    monkeypatch.setattr(bell, "ring", wait_and_ring)
    threads = [threading.Thread(target=deliver) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_push_once(
    service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    heron = person("heron")
    add_phone(heron)
    tell(heron)
    _push_at_once(4, monkeypatch)
    assert len(service.came) == 1


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_without_the_claim_push_four_times(
    service: PushServer, person: MakePerson, tell: Tell, add_phone: AddPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of the test above, with the claim taken out."""
    monkeypatch.setattr(errands, "unclaimed", lambda at: Q(pk__gte=0))
    heron = person("heron")
    add_phone(heron)
    tell(heron)
    _push_at_once(4, monkeypatch)
    assert len(service.came) == 4
