"""Whoever holds a copy of the database, but not the keys beside it, can't come in with what lies there."""

from collections.abc import Iterator

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from peernet import settings as written
from people.sitting_cookie import cookie_for, key_in
from tests.people.signing import LOGIN, NAME, PASSWORD, make_person

pytestmark = pytest.mark.django_db
COOKIE = "sessionid"


@pytest.fixture(autouse=True)
def as_the_site_runs() -> Iterator[None]:
    with override_settings(MIDDLEWARE=written.MIDDLEWARE):
        yield


@pytest.fixture
def signed_in() -> Client:
    make_person()
    client = Client()
    assert client.post(LOGIN, {"login": NAME, "password": PASSWORD, "remember": "on"}).status_code == 302
    return client


def gets_in(cookie: str) -> bool:
    thief = Client()
    thief.cookies[COOKIE] = cookie
    return thief.get("/accounts/").status_code == 200


def test_a_cookie_as_the_browser_has_it_opens(signed_in: Client) -> None:
    assert gets_in(signed_in.cookies[COOKIE].value)
    assert signed_in.cookies[COOKIE]["httponly"]
    assert signed_in.cookies[COOKIE]["max-age"] > 29 * 24 * 3600


def test_what_lies_in_the_database_opens_nothing(signed_in: Client) -> None:
    keys = {*Session.objects.values_list("session_key", flat=True), *_user_sessions()}
    assert keys
    for key in keys:
        assert not gets_in(key)
        assert not gets_in(f"{key}.")
        assert not gets_in(f"{key}.{'0' * 64}")


def test_another_sittings_proof_opens_nothing(signed_in: Client) -> None:
    key = Session.objects.get().session_key
    assert not gets_in(f"{key}.{cookie_for('a' * 32).partition('.')[2]}")


def test_another_secret_opens_nothing_unless_it_is_kept_for_a_while(signed_in: Client) -> None:
    before, ours = signed_in.cookies[COOKIE].value, settings.SECRET_KEY
    with override_settings(SECRET_KEY="another secret altogether, as long as one"):
        assert not gets_in(before)
    with override_settings(SECRET_KEY="another secret", SECRET_KEY_FALLBACKS=[ours]):
        assert gets_in(before)


def test_signing_out_ends_the_sitting_and_takes_the_cookie(signed_in: Client) -> None:
    before = signed_in.cookies[COOKIE].value
    answer = signed_in.post("/accounts/logout/")
    assert not gets_in(before)
    assert answer.cookies[COOKIE].value == ""
    assert not Session.objects.filter(session_key=key_in(before)).exists()


@pytest.mark.parametrize("odd", ["", ".", "..", "é.ü", "\x00", "a" * 5000, f"{'a' * 32}.{'b' * 64}.c"])
def test_no_odd_cookie_is_a_fault(odd: str) -> None:
    assert key_in(odd) is None


def _user_sessions() -> list[str]:
    return list(UserSession.objects.values_list("session_key", flat=True))
