from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client

from audit.models import Entry
from people import queries, services, telling
from people.models import Person
from tests.people.signing import (
    ADDRESS,
    CODE,
    LOGIN,
    NAME,
    NEW_PASSWORD,
    PASSWORD,
    RESET,
    mailed_code,
    mails,
    make_person,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db
COMPLETE, EMAIL, PROVE = "/accounts/password/reset/complete/", "/accounts/email/", "/accounts/confirm-email/"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def here(client: Client) -> bool:
    """Whether this client is still signed in, as the site sees it."""
    return client.get("/accounts/").status_code == 200


def test_a_password_is_changed_with_the_old_one(member: Client):
    member.post("/accounts/password/change/", {"password": "wrong wrong", "new": NEW_PASSWORD})
    assert sign_in(Client(), password=NEW_PASSWORD).status_code == 200
    member.post("/accounts/password/change/", {"password": PASSWORD, "new": NEW_PASSWORD})
    assert sign_in(Client(), password=NEW_PASSWORD).status_code == 302


def test_a_changed_password_ends_every_other_sitting(member: Client, person: Person):
    other = Client()
    sign_in(other)
    member.post("/accounts/password/change/", {"password": PASSWORD, "new": NEW_PASSWORD})
    assert here(member)
    assert not here(other)
    assert UserSession.objects.filter(user=person, session_key=member.session.session_key).exists()


def test_a_changed_password_does_not_make_the_sitting_longer(person: Person):
    with time_machine.travel(START, tick=False) as moving:
        client = Client()
        sign_in(client)
        moving.shift(timedelta(hours=7))
        client.post("/accounts/password/change/", {"password": PASSWORD, "new": NEW_PASSWORD})
        moving.shift(timedelta(minutes=61))
        assert not here(client)


def test_a_changed_password_is_on_record_and_told(member: Client):
    member.post("/accounts/password/change/", {"password": PASSWORD, "new": NEW_PASSWORD})
    assert Entry.objects.filter(chain="people", verb="changed the password").exists()
    assert [(mail.address, mail.subject) for mail in mails()] == [(ADDRESS, "Your sign-in")]


@pytest.mark.parametrize("bad", ["short", "password123", "1234567890", ""])
def test_a_password_that_everybody_knows_is_not_taken(member: Client, bad: str):
    answer = member.post("/accounts/password/change/", {"password": PASSWORD, "new": bad})
    assert answer.status_code == 200
    assert sign_in(Client()).status_code == 302


def test_a_code_by_mail_makes_a_new_password(client: Client, person: Person):
    client.post(RESET, {"email": ADDRESS})
    assert client.post(CODE, {"code": mailed_code().lower().replace("-", " ")}).headers["Location"] == COMPLETE
    client.post(COMPLETE, {"password": NEW_PASSWORD})
    assert sign_in(client, password=NEW_PASSWORD).status_code == 302
    assert Entry.objects.filter(verb="reset the password by e-mail").exists()


def test_a_new_password_by_mail_ends_every_sitting(member: Client):
    other = Client()
    other.post(RESET, {"email": ADDRESS})
    other.post(CODE, {"code": mailed_code()})
    other.post(COMPLETE, {"password": NEW_PASSWORD})
    assert not here(member)


def test_a_code_by_mail_works_once_for_fifteen_minutes(person: Person):
    with time_machine.travel(START, tick=False) as moving:
        client = Client()
        client.post(RESET, {"email": ADDRESS})
        code = mailed_code()
        moving.shift(timedelta(minutes=15, seconds=1))
        assert client.post(CODE, {"code": code}).status_code == 200
        client.post(RESET, {"email": ADDRESS})
        client.post(CODE, {"code": mailed_code()})
        assert client.post(CODE, {"code": mailed_code()}).status_code == 200
        client.post(COMPLETE, {"password": NEW_PASSWORD})
        assert client.post(COMPLETE, {"password": "a third one entirely"}).headers["Location"] == RESET
    assert sign_in(Client(), password=NEW_PASSWORD).status_code == 302


def test_a_proved_code_does_not_wait_for_ever(person: Person):
    with time_machine.travel(START, tick=False) as moving:
        client = Client()
        client.post(RESET, {"email": ADDRESS})
        client.post(CODE, {"code": mailed_code()})
        moving.shift(timedelta(minutes=16))
        assert client.post(COMPLETE, {"password": NEW_PASSWORD}).headers["Location"] == RESET


def test_a_code_of_another_browser_fits_nothing(person: Person):
    asked, other = Client(), Client()
    asked.post(RESET, {"email": ADDRESS})
    code = mailed_code()
    assert other.post(CODE, {"code": code}).headers["Location"] == RESET
    other.post(RESET, {"email": "nobody@example.org"})
    assert other.post(CODE, {"code": code}).status_code == 200
    assert other.get(COMPLETE).headers["Location"] == RESET


def test_the_code_is_not_in_the_sitting(client: Client, person: Person):
    client.post(RESET, {"email": ADDRESS})
    assert mailed_code().replace("-", "") not in str(dict(client.session.items()))


def test_an_email_counts_once_it_is_proved(db: None):
    person, client = make_person(), Client()
    sign_in(client)
    client.post(EMAIL, {"email": "New@Example.org", "password": PASSWORD})
    assert not EmailAddress.objects.exists()
    assert queries.proved_email(person) == ""
    client.post(PROVE, {"code": mailed_code("new@example.org")})
    assert queries.proved_email(person) == "new@example.org"
    assert sign_in(Client(), "new@example.org").status_code == 302
    assert Entry.objects.filter(verb="proved an e-mail").exists()


def test_adding_an_email_needs_the_password(member: Client):
    member.post(EMAIL, {"email": "new@example.org", "password": "wrong wrong wrong"})
    assert not mails()
    assert member.get(PROVE).headers["Location"] == EMAIL


def test_the_old_address_hears_of_the_new_one(member: Client, person: Person):
    member.post(EMAIL, {"email": "new@example.org", "password": PASSWORD})
    member.post(PROVE, {"code": mailed_code("new@example.org")})
    assert queries.proved_email(person) == "new@example.org"
    assert EmailAddress.objects.count() == 1
    assert (mails()[-1].address, mails()[-1].subject) == (ADDRESS, "Your sign-in")


def test_of_two_who_prove_one_address_the_first_has_it(person: Person):
    other = make_person("other-person-here-20")
    assert not services.prove_email(person=other, address=ADDRESS, now=datetime.now(UTC))
    assert queries.holder_of(ADDRESS) == person
    assert not Entry.objects.exists()


def test_proving_ones_own_address_again_changes_nothing(member: Client, person: Person):
    member.post(EMAIL, {"email": ADDRESS, "password": PASSWORD})
    member.post(PROVE, {"code": mailed_code()})
    assert queries.proved_email(person) == ADDRESS


def test_taking_the_email_out_needs_the_password(member: Client, person: Person):
    member.post("/accounts/email/remove/", {"remove-password": "wrong wrong wrong"})
    assert queries.proved_email(person) == ADDRESS
    member.post("/accounts/email/remove/", {"remove-password": PASSWORD})
    assert queries.proved_email(person) == ""
    assert sign_in(Client(), ADDRESS).status_code == 200


def test_an_email_may_not_smuggle_a_second_mail(member: Client):
    for bad in ("a@example.org\nBcc: b@example.org", "a@example.org,b@example.org", "<script>@example.org"):
        assert member.post(EMAIL, {"email": bad, "password": PASSWORD}).status_code == 200
    assert not mails()


def test_sittings_are_listed_and_ended_one_by_one(member: Client):
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 8.0) Chrome/90.0 Mobile Safari/537.36")
    sign_in(phone)
    page = member.get("/accounts/sessions/")
    assert "Chrome on Android" in page.content.decode()
    number = next(one.number for one in page.context["sittings"] if not one.is_this)
    member.post("/accounts/sessions/", {"end": number})
    assert here(member)
    assert not here(phone)


def test_nobody_ends_somebody_elses_sitting(member: Client):
    make_person("other-person-here-20")
    other = Client()
    sign_in(other, "other-person-here-20")
    theirs = UserSession.objects.get(user__sign_in_name="other-person-here-20").pk
    member.post("/accounts/sessions/", {"end": theirs})
    assert here(other)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "1 or 1=1", "²"])
def test_a_sitting_that_makes_no_sense_is_no_fault(member: Client, number: str):
    assert member.post("/accounts/sessions/", {"end": number}).status_code == 302
    assert here(member)


def test_one_button_ends_all_the_others(member: Client):
    others = [Client(), Client()]
    for other in others:
        sign_in(other)
    member.post("/accounts/sessions/", {})
    assert here(member)
    assert not any(here(other) for other in others)


def test_one_button_ends_every_sitting(member: Client, person: Person):
    others = [Client(), Client()]
    for other in others:
        sign_in(other)
    assert member.get("/accounts/sessions/everywhere/").status_code == 405
    member.post("/accounts/sessions/everywhere/")
    assert not signed_in(member)
    assert not any(here(other) for other in others)
    assert not UserSession.objects.filter(user=person).exists()
    assert Entry.objects.filter(verb="ended every sitting").exists()


def test_where_somebody_was_is_not_kept(member: Client):
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"::"}


def test_your_sign_in_shows_the_name_to_its_owner_only(member: Client):
    assert NAME in member.get("/accounts/").content.decode()
    assert Client().get("/accounts/").headers["Location"].startswith(LOGIN)


def test_without_an_outbox_a_mail_fails_loudly(monkeypatch):
    monkeypatch.setattr(telling, "_hooks", {})
    with pytest.raises(telling.NobodyPluggedIn):
        telling.mail(address=ADDRESS, subject="x", body="x", now=datetime.now(UTC))


def test_passwords_and_codes_are_not_in_the_record(member: Client):
    member.post("/accounts/password/change/", {"password": PASSWORD, "new": NEW_PASSWORD})
    member.post(EMAIL, {"email": "new@example.org", "password": NEW_PASSWORD})
    member.post(PROVE, {"code": mailed_code("new@example.org")})
    record = str(list(Entry.objects.values()))
    for secret in (PASSWORD, NEW_PASSWORD, NAME, ADDRESS, "new@example.org"):
        assert secret not in record
