from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from people import kept
from people.models import Person
from tests.people.signing import (
    ADDRESS,
    LOGIN,
    NAME,
    PASSWORD,
    code_now,
    give_app,
    make_person,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db
SECOND = "/accounts/2fa/authenticate/"
WORDS = "I could not sleep <b>again</b> 💜"


@pytest.mark.parametrize("typed", [NAME, "Amber Lantern Field 42", ADDRESS, ADDRESS.upper()])
def test_name_or_proved_email_signs_in(client: Client, person: Person, typed: str):
    assert sign_in(client, typed).headers["Location"] == "/"
    assert signed_in(client)


def test_an_email_that_was_never_proved_signs_nobody_in(client: Client):
    make_person(email="unproved@example.org", proved=False)
    assert sign_in(client, "unproved@example.org").status_code == 200
    assert not signed_in(client)


def test_somebody_who_is_not_active_does_not_get_in(client: Client, person: Person):
    Person.objects.update(is_active=False)
    assert sign_in(client).status_code == 200
    assert not signed_in(client)


def test_signing_out_takes_a_form(member: Client):
    page = member.get("/accounts/logout/")
    assert page.status_code == 200
    assert signed_in(member)
    member.post("/accounts/logout/")
    assert not signed_in(member)


@pytest.mark.parametrize(
    "next_page",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "http:elsewhere.example",
        "javascript:alert(1)",
        " https://elsewhere.example/",
        "/\t/elsewhere.example/",
        "\x00//elsewhere.example",
        "data:text/html,hello",
        "http://testserver@elsewhere.example/",
    ],
)
def test_going_on_never_leads_elsewhere(person: Person, next_page: str):
    assert sign_in(Client(), next=next_page).headers["Location"] == "/"
    from_address = Client().post(LOGIN + "?" + urlencode({"next": next_page}), {"login": NAME, "password": PASSWORD})
    assert from_address.headers["Location"] == "/"
    shown = Client().get(LOGIN + "?" + urlencode({"next": next_page})).content.decode()
    assert "elsewhere" not in shown


def test_going_on_leads_to_a_page_of_this_site(client: Client, person: Person):
    assert sign_in(client, next="/c/fellside/board/?page=2").headers["Location"] == "/c/fellside/board/?page=2"


def test_a_sitting_ends_after_eight_hours_whatever_happens_in_it(person: Person):
    with time_machine.travel(datetime(2026, 11, 23, 1, 0, tzinfo=UTC), tick=False) as moving:
        client = Client()
        sign_in(client)
        for _hour in range(7):
            moving.shift(timedelta(hours=1))
            assert client.post("/accounts/nation/", {"nation": "wales"}).headers["Location"] == "/accounts/"
        moving.shift(timedelta(minutes=59))
        assert client.get("/accounts/").status_code == 200
        moving.shift(timedelta(minutes=2))
        assert client.get("/accounts/").status_code == 302


def test_a_sitting_kept_on_this_phone_ends_after_thirty_days(person: Person):
    with time_machine.travel(datetime(2026, 11, 1, 1, 0, tzinfo=UTC), tick=False) as moving:
        client = Client()
        sign_in(client, remember="on")
        for _day in range(29):
            moving.shift(timedelta(days=1))
            assert client.post("/accounts/nation/", {"nation": "wales"}).headers["Location"] == "/accounts/"
        moving.shift(timedelta(hours=23))
        assert client.get("/accounts/").status_code == 200
        moving.shift(timedelta(hours=2))
        assert client.get("/accounts/").status_code == 302


def test_keeping_signed_in_survives_the_second_step(person: Person):
    secret = give_app(person)
    client = Client()
    sign_in(client, remember="on")
    client.post(SECOND, {"code": code_now(secret)})
    assert client.session.get_expiry_age() > timedelta(days=29).total_seconds()


def test_keeping_signed_in_is_not_inherited_by_the_next_person(person: Person):
    give_app(person)
    make_person("other-person-here-20")
    client = Client()
    sign_in(client, remember="on")
    sign_in(client, "other-person-here-20")
    assert client.session.get_expiry_age() <= timedelta(hours=8).total_seconds()


def test_kept_words_survive_wrong_passwords_and_the_second_step(client: Client, person: Person):
    secret = give_app(person)
    token = kept.seal("/c/fellside/board/new/", {"title": "Night", "text": WORDS})
    handed_on = client.post(LOGIN, {"kept": token})
    assert handed_on.status_code == 200
    assert token in handed_on.content.decode()
    wrong = sign_in(client, password="not this one", kept=token)
    assert token in wrong.content.decode()
    assert sign_in(client, kept=token).headers["Location"] == SECOND
    assert kept.IN_SITTING not in client.session
    answer = client.post(SECOND, {"code": code_now(secret)})
    assert answer.headers["Location"] == "/c/fellside/board/new/"
    sealed = client.session[kept.IN_SITTING]["/c/fellside/board/new/"]
    assert kept.unseal(sealed).fields == {"title": "Night", "text": WORDS}


def test_kept_words_survive_a_second_step_that_took_too_long(person: Person):
    secret = give_app(person)
    with time_machine.travel(datetime(2026, 11, 23, 2, 0, tzinfo=UTC), tick=False) as moving:
        token = kept.seal("/c/fellside/board/new/", {"text": WORDS})
        client = Client()
        sign_in(client, kept=token, next="/your-words/")
        page = client.get(SECOND).content.decode()
        assert token in page
        assert 'value="/your-words/"' in page
        moving.shift(timedelta(minutes=20))
        answer = client.post(SECOND, {"code": code_now(secret), "kept": token, "next": "/your-words/"})
        assert answer.status_code == 200
        assert token in answer.content.decode()
        assert not signed_in(client)


def test_kept_words_reach_somebody_who_is_signed_in_already(member: Client):
    token = kept.seal("/c/fellside/board/new/", {"text": WORDS})
    assert member.post(LOGIN, {"kept": token, "next": "/your-words/"}).headers["Location"] == "/your-words/"
    assert kept.unseal(member.session[kept.IN_SITTING]["/c/fellside/board/new/"]).fields == {"text": WORDS}


def test_kept_words_go_on_to_the_page_that_was_asked_for(client: Client, person: Person):
    token = kept.seal("/c/fellside/board/new/", {"text": WORDS})
    assert sign_in(client, kept=token, next="/your-words/").headers["Location"] == "/your-words/"
    assert kept.IN_SITTING in client.session


def test_kept_words_of_one_person_do_not_reach_the_next(client: Client, person: Person):
    give_app(person)
    make_person("other-person-here-20")
    sign_in(client, kept=kept.seal("/c/fellside/board/new/", {"text": WORDS}))
    sign_in(client, "other-person-here-20")
    assert signed_in(client)
    assert kept.IN_SITTING not in client.session


def test_kept_words_from_the_page_of_another_are_let_go(member: Client, person: Person):
    other = make_person("other-person-here-20")
    for writer, arrives in ((other, False), (person, True)):
        fields = {"text": WORDS, kept.WRITTEN_BY: kept.mark_of(writer.pk)}
        token = kept.seal("/c/fellside/board/new/", fields)
        client = Client()
        sign_in(client, kept=token)
        member.post(LOGIN, {"kept": token})
        for each in (client, member):
            assert signed_in(each)
            assert (kept.IN_SITTING in each.session) is arrives


@pytest.mark.parametrize("token", ["", "nonsense", "gAAAAA" * 40, "ünïcode"])
def test_kept_words_that_are_not_ours_are_left_out(client: Client, person: Person, token: str):
    assert sign_in(client, kept=token).headers["Location"] == "/"


def test_kept_words_never_lead_elsewhere(client: Client, person: Person):
    token = kept.seal("//elsewhere.example/", {"text": WORDS})
    assert sign_in(client, kept=token).headers["Location"] == "/"


SCRIPT = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (LOGIN, {"login": SCRIPT, "password": SCRIPT, "kept": SCRIPT, "next": SCRIPT, "remember": SCRIPT}),
        (f"{LOGIN}?next=/{SCRIPT}", {"login": SCRIPT, "password": "x", "next": "/" + SCRIPT}),
        ("/accounts/way-back/", {"login": SCRIPT, "code": SCRIPT, "password": SCRIPT}),
        ("/accounts/password/reset/", {"email": SCRIPT}),
    ],
)
def test_scripts_in_fields_come_back_as_words(client: Client, db: None, path: str, fields: dict[str, str]):
    assert "<script>alert" not in client.post(path, fields).content.decode()
    assert "<img src=x" not in client.get(path).content.decode()


def test_a_form_without_our_token_signs_nobody_in(person: Person):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
    assert not signed_in(client)


def test_a_name_that_no_database_can_hold_is_a_name_nobody_has(client: Client, person: Person):
    assert sign_in(client, "amber\x00lantern").status_code == 200
