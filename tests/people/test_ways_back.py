from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.test import Client

import clock
from audit.models import Entry
from notices.models import Notice
from people import queries, services
from people.decisions import Conflict, Refused
from people.models import Person, RecoveryCode, UsedCode, WayBackLink
from tests.people.signing import ADDRESS, NAME, NEW_PASSWORD, PASSWORD, give_app, mails, sign_in, signed_in

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WAY_BACK = "/accounts/way-back/"


def codes_of(person: Person) -> list[str]:
    return services.make_recovery_codes(person=person, now=clock.now())


def link_for(person: Person, one: str = "membership:5", two: str = "membership:9") -> str:
    token = services.issue_way_back(person=person, by_one=one, by_two=two, now=clock.now())
    return f"{WAY_BACK}{token}/"


def test_a_recovery_code_makes_a_new_password(client: Client, person: Person):
    code = codes_of(person)[3]
    fields = {"login": "Amber Lantern Field 42", "code": code.upper().replace("-", " "), "password": NEW_PASSWORD}
    assert client.post(WAY_BACK, fields).headers["Location"] == "/accounts/login/"
    assert not signed_in(client)
    assert sign_in(client, password=NEW_PASSWORD).status_code == 302
    assert Entry.objects.filter(chain="people", verb="used a recovery code").exists()


def test_a_recovery_code_works_once(client: Client, person: Person):
    code = codes_of(person)[0]
    client.post(WAY_BACK, {"login": NAME, "code": code, "password": NEW_PASSWORD})
    again = client.post(WAY_BACK, {"login": NAME, "code": code, "password": "a third one entirely"})
    assert again.status_code == 200
    assert sign_in(Client(), password="a third one entirely").status_code == 200
    assert queries.recovery_codes_left(person) == 7


def test_a_recovery_code_is_not_used_up_by_a_weak_password(client: Client, person: Person):
    code = codes_of(person)[0]
    client.post(WAY_BACK, {"login": NAME, "code": code, "password": "short"})
    assert queries.recovery_codes_left(person) == 8


def test_a_recovery_code_is_its_owners_alone(client: Client, person: Person):
    from tests.people.signing import make_person

    make_person("other-person-here-20")
    fields = {"login": "other-person-here-20", "code": codes_of(person)[0], "password": NEW_PASSWORD}
    assert client.post(WAY_BACK, fields).status_code == 200
    assert queries.recovery_codes_left(person) == 8


def test_a_recovery_code_ends_every_sitting_and_the_owner_hears_of_it(member: Client, person: Person):
    fields = {"login": NAME, "code": codes_of(person)[0], "password": NEW_PASSWORD}
    Client().post(WAY_BACK, fields)
    assert member.get("/accounts/").status_code == 302
    assert (mails()[-1].address, mails()[-1].subject) == (ADDRESS, "Your sign-in")
    assert Notice.objects.filter(person=person, kind="sign_in_changed").exists()


def test_new_recovery_codes_end_the_old_ones(client: Client, person: Person):
    old = codes_of(person)[0]
    codes_of(person)
    assert client.post(WAY_BACK, {"login": NAME, "code": old, "password": NEW_PASSWORD}).status_code == 200


def test_a_link_takes_two_different_people(person: Person):
    with pytest.raises(Refused):
        link_for(person, "membership:5", "membership:5")
    with pytest.raises(IntegrityError), transaction.atomic():
        WayBackLink.objects.create(
            person=person, digest="x", made_by_one="a", made_by_two="a", made_at=START, expires_at=START
        )


def test_a_link_is_on_record_and_its_owner_told(person: Person):
    link_for(person)
    entry = Entry.objects.get(verb="made a way back")
    assert (entry.actor, entry.subject) == ("membership:5", f"person:{person.pk}")
    assert "membership:9" in entry.facts
    assert Notice.objects.get(person=person).kind == "way_back_made"
    assert mails()[-1].address == ADDRESS


def test_the_token_is_not_stored(person: Person):
    token = link_for(person).split("/")[3]
    assert token not in str(list(WayBackLink.objects.values())) + str(list(Entry.objects.values()))


def test_looking_at_a_link_uses_nothing_up(client: Client, person: Person):
    address = link_for(person)
    for _look in range(3):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert client.post(address, {"password": "short"}).status_code == 200
    assert client.post(address, {"password": NEW_PASSWORD}).headers["Location"] == "/accounts/login/"


def test_a_link_works_once(client: Client, person: Person):
    address = link_for(person)
    client.post(address, {"password": NEW_PASSWORD})
    assert client.get(address).status_code == 404
    assert client.post(address, {"password": "a third one entirely"}).status_code == 404
    assert sign_in(client, password=NEW_PASSWORD).status_code == 302


def test_a_link_works_for_an_hour(person: Person):
    with time_machine.travel(START, tick=False) as moving:
        address = link_for(person)
        moving.shift(timedelta(minutes=59))
        assert Client().get(address).status_code == 200
        moving.shift(timedelta(minutes=2))
        assert Client().post(address, {"password": NEW_PASSWORD}).status_code == 404


def test_a_new_link_ends_the_old_one(client: Client, person: Person):
    old, new = link_for(person), link_for(person)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_a_link_nobody_made_looks_like_one_that_is_used_up(client: Client, person: Person):
    address = link_for(person)
    client.post(address, {"password": NEW_PASSWORD})
    used, never = Client().get(address), Client().get(f"{WAY_BACK}never-made/")
    assert used.status_code == never.status_code == 404
    assert used.content == never.content


def test_a_link_ends_sittings_and_the_second_step_and_shuts_the_plan_for_a_day(member: Client, person: Person):
    with time_machine.travel(START, tick=False):
        give_app(person)
        Client().post(link_for(person), {"password": NEW_PASSWORD})
        person.refresh_from_db()
        assert person.plan_closed_until == START + timedelta(hours=24)
        assert not queries.has_second_factor(person)
        assert member.get("/accounts/").status_code == 302
        assert sign_in(Client(), password=NEW_PASSWORD).headers["Location"] == "/"
        assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert Entry.objects.filter(verb="used a way back", actor=f"person:{person.pk}").exists()
    assert Notice.objects.filter(person=person, kind="way_back_used").exists()


def test_with_a_recovery_code_the_plan_stays_open(client: Client, person: Person):
    code = codes_of(person)[0]
    client.post(link_for(person), {"password": NEW_PASSWORD, "recovery_code": code})
    person.refresh_from_db()
    assert person.plan_closed_until is None
    assert RecoveryCode.objects.filter(person=person, used_at=None).count() == 7


def test_a_wrong_recovery_code_uses_the_link_not_up(client: Client, person: Person):
    address = link_for(person)
    answer = client.post(address, {"password": NEW_PASSWORD, "recovery_code": "abcd-efgh-jkmn"})
    assert answer.status_code == 200
    assert "That code does not fit" in answer.content.decode()
    assert sign_in(Client(), password=NEW_PASSWORD).status_code == 200
    assert client.post(address, {"password": NEW_PASSWORD}).status_code == 302


def test_recovery_codes_are_not_guessed_through_a_link(client: Client, person: Person):
    address, fields = link_for(person), {"password": NEW_PASSWORD, "recovery_code": "abcd-efgh-jkmn"}
    assert [client.post(address, fields).status_code for _try in range(6)] == [200] * 5 + [429]


def test_a_link_that_is_taken_meanwhile_is_a_conflict(person: Person):
    token = link_for(person).split("/")[3]
    services.use_way_back(token=token, password=NEW_PASSWORD, now=clock.now())
    with pytest.raises(Conflict):
        services.use_way_back(token=token, password=NEW_PASSWORD, now=clock.now())


def test_a_failing_record_undoes_the_way_back(person: Person, monkeypatch):
    token = link_for(person).split("/")[3]

    def fail(**facts: object) -> None:
        raise RuntimeError("the record can't be written")

    monkeypatch.setattr("people.services.way_back.audit.record", fail)
    with pytest.raises(RuntimeError):
        services.use_way_back(token=token, password=NEW_PASSWORD, now=clock.now())
    assert queries.open_way_back(token, clock.now())
    assert sign_in(Client()).status_code == 302


def used_at_once(action, times: int) -> list[bool]:
    def one(number: int) -> bool:
        close_old_connections()
        try:
            return action(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_a_link_at_once_one_wins(person: Person):
    token = link_for(person).split("/")[3]

    def use(number: int) -> bool:
        try:
            return services.use_way_back(token=token, password=f"{NEW_PASSWORD} {number}", now=clock.now())
        except Conflict:
            return False

    assert sum(used_at_once(use, 5)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_a_recovery_code_at_once_one_wins(person: Person):
    code = codes_of(person)[0]

    def use(number: int) -> bool:
        password = f"{NEW_PASSWORD} {number}"
        return services.way_back_by_code(person=person, code=code, password=password, now=clock.now())

    assert sum(used_at_once(use, 5)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_an_app_code_at_once_one_wins(person: Person):
    from tests.people.signing import code_now

    secret = give_app(person)
    at, code = clock.now(), code_now(secret)
    uses = used_at_once(lambda n: bool(services.use_second_step(person=person, code=code, now=at)), 5)
    assert sum(uses) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["link", "recovery code", "app code"])
def test_reading_first_and_writing_then_lets_several_win(person: Person, what: str):
    """The twin of the three above, without the condition in the UPDATE: it shows that they can fail."""
    give_app(person)
    codes_of(person)
    link_for(person)
    UsedCode.objects.create(person=person)
    unused, use = {
        "link": (WayBackLink.objects.filter(person=person, used_at=None), {"used_at": START}),
        "recovery code": (RecoveryCode.objects.filter(person=person, used_at=None), {"used_at": START}),
        "app code": (UsedCode.objects.filter(person=person, time_step=0), {"time_step": 1}),
    }[what]

    all_have_read = Barrier(5)

    def read_then_write(_number: int) -> bool:
        there = unused.all().exists()
        all_have_read.wait(timeout=30)
        unused.model.objects.filter(person=person).update(**use)
        return there

    assert sum(used_at_once(read_then_write, 5)) > 1
