"""Is this person known? Nothing about an answer tells (safety checks 1.11)."""

import pytest
from django.test import Client

from people.models import Person
from tests.people.signing import (
    ADDRESS,
    CODE,
    LOGIN,
    NAME,
    NEW_PASSWORD,
    PASSWORD,
    RESET,
    WRONG,
    mailed_code,
    mails,
    make_person,
    same_words,
    sign_in,
    work_of,
)

# What an answer costs and says is ours alone; signing in on PostgreSQL is tests/people/test_signing_in.py.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
NOBODY, NOBODYS_ADDRESS = "birch-meadow-otter-27", "nobody@example.org"


@pytest.fixture
def without_password(person: Person) -> Person:
    return make_person("silent-person-here-50", password=None)


@pytest.mark.real_hasher
@pytest.mark.parametrize("known", [NAME, ADDRESS, "silent-person-here-50"])
def test_sign_in_costs_the_same_for_nobody(without_password: Person, known: str):
    nobody = NOBODYS_ADDRESS if "@" in known else NOBODY
    Client().post(LOGIN, {"login": "warm", "password": "up"})
    for_known = work_of(Client(), LOGIN, {"login": known, "password": WRONG})
    for_nobody = work_of(Client(), LOGIN, {"login": nobody, "password": WRONG})
    assert for_known == for_nobody
    assert for_nobody.hashes == 1


@pytest.mark.parametrize(("known", "nobody"), [(NAME, NOBODY), (ADDRESS, NOBODYS_ADDRESS)])
def test_sign_in_says_the_same_to_nobody(person: Person, known: str, nobody: str):
    pages = [sign_in(Client(), name, WRONG).content for name in (known, nobody)]
    assert same_words(*pages, known, nobody)


def test_sign_in_refuses_nobody_as_soon_as_somebody(person: Person):
    known = [sign_in(Client(), NAME, WRONG).status_code for _try in range(7)]
    nobody = [sign_in(Client(), NOBODY, WRONG).status_code for _try in range(7)]
    assert known == nobody == [200] * 5 + [429] * 2


@pytest.mark.real_hasher
def test_reset_costs_the_same_for_an_unknown_email(person: Person):
    Client().post(RESET, {"email": "warm@example.org"})
    known, unknown = (work_of(Client(), RESET, {"email": email}) for email in (ADDRESS, NOBODYS_ADDRESS))
    assert known == unknown
    assert unknown.status == 302


def test_reset_sends_one_mail_in_any_case_and_a_code_only_to_its_holder(person: Person):
    for email in (ADDRESS, NOBODYS_ADDRESS):
        Client().post(RESET, {"email": email})
    assert [mail.address for mail in mails()] == [ADDRESS, NOBODYS_ADDRESS]
    assert mails()[0].subject == mails()[1].subject == "Your code"
    assert mailed_code(ADDRESS)
    assert not mailed_code(NOBODYS_ADDRESS)


def test_reset_sends_no_code_to_an_email_that_was_never_proved(db: None):
    make_person(email="unproved@example.org", proved=False)
    Client().post(RESET, {"email": "unproved@example.org"})
    assert not mailed_code("unproved@example.org")


@pytest.mark.real_hasher
def test_a_wrong_code_costs_and_says_the_same_for_an_unknown_email(person: Person):
    pages, works = [], []
    for email in (ADDRESS, NOBODYS_ADDRESS):
        client = Client()
        client.post(RESET, {"email": email})
        works.append(work_of(client, CODE, {"code": "BCDF-GHJK"}))
        pages.append(client.post(CODE, {"code": "BCDF-GHJK"}).content)
    assert works[0] == works[1]
    assert same_words(*pages, ADDRESS, NOBODYS_ADDRESS)


@pytest.mark.real_hasher
def test_a_recovery_code_costs_and_says_the_same_for_nobody(person: Person):
    fields = {"code": "abcd-efgh-jkmn", "password": NEW_PASSWORD}
    works = [work_of(Client(), "/accounts/way-back/", {"login": name, **fields}) for name in (NAME, NOBODY)]
    pages = [Client().post("/accounts/way-back/", {"login": name, **fields}).content for name in (NAME, NOBODY)]
    assert works[0] == works[1]
    assert works[0].hashes == 1
    assert same_words(*pages, NAME, NOBODY)


@pytest.mark.real_hasher
def test_adding_an_email_that_somebody_has_looks_the_same(person: Person):
    works, pages = [], []
    for number, email in enumerate((ADDRESS, NOBODYS_ADDRESS)):
        name = f"other-person-here-2{number}"
        make_person(name)
        client = Client()
        sign_in(client, name)
        works.append(work_of(client, "/accounts/email/", {"email": email, "password": PASSWORD}))
        pages.append(client.get("/accounts/confirm-email/").content)
    assert works[0] == works[1]
    assert same_words(*pages, ADDRESS, NOBODYS_ADDRESS)
    assert not mailed_code(ADDRESS)
    assert "can't be used" in mails()[-2].body
    assert mailed_code(NOBODYS_ADDRESS)


def test_mails_say_neither_what_this_is_nor_a_name(person: Person):
    for email in (ADDRESS, NOBODYS_ADDRESS):
        Client().post(RESET, {"email": email})
    words = " ".join(mail.subject + mail.body for mail in mails()).lower()
    for told in ("peernet", "community", "member", "crisis", "mental", "health", NAME, "amber", "http", "localhost"):
        assert told not in words
