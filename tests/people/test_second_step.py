from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

import clock
from audit.models import Entry
from people import queries, services, sittings, totp
from people.decisions import Refused, Sitting
from people.models import Person
from tests.people.signing import (
    ADDRESS,
    CODE,
    NAME,
    NEW_PASSWORD,
    PASSWORD,
    RESET,
    code_now,
    give_app,
    mailed_code,
    mails,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db
SECOND, AGAIN = "/accounts/2fa/authenticate/", "/accounts/2fa/reauthenticate/"
ADD, INDEX, SPARE = "/accounts/2fa/totp/activate/", "/accounts/2fa/", "/accounts/2fa/recovery-codes/"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def sitting_of(client: Client) -> Sitting:
    """What the site would find out about this client's sitting."""
    request = RequestFactory().get("/")
    request.session = client.session
    request.user = Person.objects.get(pk=client.session["_auth_user_id"])
    return sittings.of(request)


def set_up(client: Client) -> str:
    """Set up an app through the pages; returns its secret."""
    client.get(ADD)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(ADD)
    secret = page.context["form"].secret
    assert client.post(ADD, {"code": code_now(secret)}).headers["Location"] == SPARE
    return secret


def test_a_password_alone_does_not_sign_in_who_has_a_second_step(client: Client, person: Person):
    secret = give_app(person)
    assert sign_in(client).headers["Location"] == SECOND
    assert not signed_in(client)
    assert client.get("/accounts/").status_code == 302
    assert client.post(SECOND, {"code": code_now(secret)}).headers["Location"] == "/"
    assert signed_in(client)


def test_who_has_no_passkey_is_not_asked_for_one(client: Client, person: Person):
    give_app(person)
    sign_in(client)
    assert "Use my passkey" not in client.get(SECOND).content.decode()


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_phone_that_is_half_a_minute_off_will_do(client: Client, person: Person, off: int):
    secret = give_app(person)
    with time_machine.travel(START, tick=False):
        sign_in(client)
        assert client.post(SECOND, {"code": code_now(secret, steps=off)}).status_code == 302


@pytest.mark.parametrize("off", [-3, -2, 2, 3, 100])
def test_a_code_of_another_minute_will_not_do(client: Client, person: Person, off: int):
    secret = give_app(person)
    with time_machine.travel(START, tick=False):
        sign_in(client)
        assert client.post(SECOND, {"code": code_now(secret, steps=off)}).status_code == 200


def test_a_code_works_once(person: Person):
    secret = give_app(person)
    with time_machine.travel(START, tick=False) as moving:
        code = code_now(secret)
        first, second = Client(), Client()
        for client in (first, second):
            sign_in(client)
            client.post(SECOND, {"code": code})
        assert signed_in(first)
        assert not signed_in(second)
        moving.shift(timedelta(seconds=31))
        assert second.post(SECOND, {"code": code}).status_code == 200
        assert second.post(SECOND, {"code": code_now(secret)}).status_code == 302


def test_an_older_code_does_not_work_after_a_newer_one(person: Person):
    secret = give_app(person)
    with time_machine.travel(START, tick=False):
        newer, older = Client(), Client()
        sign_in(newer)
        newer.post(SECOND, {"code": code_now(secret, steps=1)})
        sign_in(older)
        assert older.post(SECOND, {"code": code_now(secret)}).status_code == 200


def test_a_spare_code_works_once(person: Person):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    give_app(person)
    spare = RecoveryCodes.activate(person).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client)
        client.post(SECOND, {"code": spare})
    assert signed_in(first)
    assert not signed_in(second)


def test_setting_one_up_asks_for_the_password_and_gives_spare_codes_once(member: Client, person: Person):
    assert member.get(ADD).headers["Location"].startswith("/accounts/reauthenticate/")
    set_up(member)
    assert queries.has_second_factor(person)
    first, again = member.get(SPARE).content.decode(), member.get(SPARE).content.decode()
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert code in first
    assert code not in again


def test_setting_one_up_is_on_record_and_told(member: Client, person: Person):
    set_up(member)
    assert Entry.objects.filter(chain="people", verb="added an authenticator app", actor=f"person:{person.pk}").exists()
    assert [mail.subject for mail in mails()] == ["Your sign-in"]


def test_setting_one_up_counts_as_giving_it(member: Client):
    assert sitting_of(member).second_factor_at is None
    set_up(member)
    assert sittings.fresh(sitting_of(member), clock.now())


def test_the_code_that_set_it_up_does_not_sign_in(member: Client):
    with time_machine.travel(datetime.now(UTC), tick=False):
        secret = set_up(member)
        other = Client()
        sign_in(other)
        assert other.post(SECOND, {"code": code_now(secret)}).status_code == 200


def test_secrets_are_sealed_in_the_database(person: Person):
    secret = give_app(person)
    assert secret not in str(list(Authenticator.objects.values()))


def test_a_secret_that_is_being_set_up_is_sealed_too(member: Client):
    member.get(ADD)
    member.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = member.get(ADD).context["form"].secret
    assert secret not in str(dict(member.session.items()))
    wrong = member.post(ADD, {"code": "no"})
    assert wrong.context["form"].secret == secret


def test_with_a_second_step_a_password_does_not_change_how_one_signs_in(member: Client, person: Person):
    secret = give_app(person)
    remove = "/accounts/2fa/totp/deactivate/"
    assert member.get(remove).headers["Location"].startswith(AGAIN)
    assert member.get("/accounts/reauthenticate/").headers["Location"].startswith(AGAIN)
    member.post("/accounts/reauthenticate/", {"password": PASSWORD})
    member.post(remove)
    assert queries.has_second_factor(person)
    member.post(AGAIN, {"code": code_now(secret)})
    member.post(remove)
    assert not queries.has_second_factor(person)
    assert Entry.objects.filter(verb="removed the authenticator app").exists()


def test_the_sitting_says_when_the_second_step_was_given(person: Person):
    secret = give_app(person)
    with time_machine.travel(START, tick=False) as moving:
        client = Client()
        sign_in(client, remember="on")
        client.post(SECOND, {"code": code_now(secret)})
        assert sitting_of(client).second_factor_at == START
        moving.shift(timedelta(hours=11, minutes=59))
        assert sittings.fresh(sitting_of(client), clock.now())
        moving.shift(timedelta(minutes=1))
        assert not sittings.fresh(sitting_of(client), clock.now())
        asked = client.get("/accounts/second-step/?next=/c/fellside/moderation/")
        assert asked.headers["Location"] == f"{AGAIN}?next=%2Fc%2Ffellside%2Fmoderation%2F"
        page = client.get(asked.headers["Location"])
        assert 'name="next" value="/c/fellside/moderation/"' in page.content.decode()
        answer = client.post(AGAIN, {"code": code_now(secret), "next": "/c/fellside/moderation/"})
        assert answer.headers["Location"] == "/c/fellside/moderation/"
        assert sittings.fresh(sitting_of(client), clock.now())


@pytest.mark.parametrize("path", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example"])
def test_giving_it_again_never_leads_elsewhere(member: Client, person: Person, path: str):
    secret = give_app(person)
    assert member.get("/accounts/second-step/", {"next": path}).headers["Location"] == AGAIN
    assert member.post(AGAIN, {"code": code_now(secret), "next": path}).headers["Location"] == "/"


def test_who_has_no_second_step_is_led_to_set_one_up(member: Client):
    answer = member.get("/accounts/second-step/?next=/c/fellside/")
    assert answer.headers["Location"].startswith(INDEX)


def test_a_new_password_by_mail_does_not_go_round_it(person: Person):
    secret = give_app(person)
    client = Client()
    client.post(RESET, {"email": ADDRESS})
    client.post(CODE, {"code": mailed_code()})
    answer = client.post("/accounts/password/reset/complete/", {"password": NEW_PASSWORD})
    assert answer.headers["Location"] == "/accounts/login/"
    assert not signed_in(client)
    assert sign_in(client, password=NEW_PASSWORD).headers["Location"] == SECOND
    assert not signed_in(client)
    assert client.post(SECOND, {"code": code_now(secret)}).status_code == 302


def test_a_recovery_code_does_not_go_round_it(client: Client, person: Person):
    give_app(person)
    code = services.make_recovery_codes(person=person, now=clock.now())[0]
    client.post("/accounts/way-back/", {"login": NAME, "code": code, "password": NEW_PASSWORD})
    assert sign_in(client, password=NEW_PASSWORD).headers["Location"] == SECOND
    assert client.post(SECOND, {"code": code}).status_code == 200
    assert not signed_in(client)


def test_the_second_step_alone_is_nothing(client: Client, person: Person):
    secret = give_app(person)
    assert client.post(SECOND, {"code": code_now(secret)}).headers["Location"] == "/accounts/login/"
    assert not signed_in(client)


def test_half_a_sign_in_does_not_wait_for_ever(client: Client, person: Person):
    secret = give_app(person)
    with time_machine.travel(START, tick=False) as moving:
        sign_in(client)
        moving.shift(timedelta(minutes=16))
        assert client.post(SECOND, {"code": code_now(secret)}).headers["Location"] == "/accounts/login/"


def test_a_demo_person_has_a_known_secret_that_goes_through_the_ordinary_check(client: Client, person: Person):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with pytest.raises(Refused):
        services.give_demo_second_factor(person=person, secret=secret)
    Person.objects.update(is_demo=True)
    person.refresh_from_db()
    services.give_demo_second_factor(person=person, secret=secret)
    sign_in(client)
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    assert client.post(SECOND, {"code": totp.code_for(secret, datetime.now(UTC))}).status_code == 302


def test_new_spare_codes_end_the_old_ones(member: Client):
    secret = set_up(member)
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1)):
        member.post(AGAIN, {"code": code_now(secret)})
        member.post("/accounts/2fa/recovery-codes/generate/")
    assert not set(old) & set(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes())


def test_somebody_elses_passkey_is_not_there(member: Client, person: Person):
    from tests.people.signing import make_person

    other = make_person("other-person-here-20")
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "x", "credential": {}})
    member.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert member.post(f"/accounts/2fa/webauthn/keys/{theirs.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()
