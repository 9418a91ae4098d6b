import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

import clock
from audit.models import Entry
from people import sign_in_names, sittings
from people.decisions import Refused
from people.models import Person, RecoveryCode
from people.services import confirm_kept, make_recovery_codes, sign_up
from people.urls import urlpatterns as accounts
from tests.people.signing import PASSWORD, sign_in, signed_in

pytestmark = pytest.mark.django_db
KEEP = "/accounts/keep-these/"


def join(request) -> HttpResponse:
    """What the communities' join page does."""
    new = sign_up(password=PASSWORD, over_18=True, now=clock.now(), nation="wales")
    return sittings.begin_first(request, new, then="/c/fellside/")


join.login_required = False


def made() -> Person:
    return Person.objects.latest("pk")


@pytest.fixture
def joined(settings) -> Client:
    from peernet.urls import urlpatterns

    settings.ROOT_URLCONF = type("urls", (), {"urlpatterns": [path("join-here/", join), *urlpatterns]})
    client = Client()
    client.joined = client.post("/join-here/")
    return client


def test_sign_up_makes_a_person_with_a_made_name_and_eight_codes():
    new = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC), nation="scotland")
    assert re.fullmatch(r"[a-z]{4,8}-[a-z]{4,8}-[a-z]{4,8}-\d\d", new.sign_in_name)
    assert len(set(new.recovery_codes)) == 8
    assert all(re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", code) for code in new.recovery_codes)
    assert new.person.nation == "scotland"
    assert new.person.over_18_at


def test_sign_up_stores_neither_password_nor_codes():
    new = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC))
    stored = str(list(RecoveryCode.objects.values_list())) + str(Person.objects.values().get())
    assert PASSWORD not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in new.recovery_codes)


def test_sign_up_is_on_record_without_a_name():
    new = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC))
    entry = Entry.objects.get(chain="people")
    assert (entry.verb, entry.actor) == ("signed up", f"person:{new.person.pk}")
    assert new.sign_in_name not in str(Entry.objects.values().get())


def test_sign_up_under_18_is_refused():
    with pytest.raises(Refused):
        sign_up(password=PASSWORD, over_18=False, now=datetime.now(UTC))
    assert not Person.objects.exists()


def test_sign_up_with_an_unknown_nation_shows_all_help():
    assert sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC), nation="<b>").person.nation == ""


def test_a_name_that_is_taken_is_drawn_again(monkeypatch):
    names = iter(["one-two-three-44", "one-two-three-44", "four-five-six-77"])
    monkeypatch.setattr(sign_in_names, "make", lambda: next(names))
    first = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC))
    second = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC))
    assert (first.sign_in_name, second.sign_in_name) == ("one-two-three-44", "four-five-six-77")


@pytest.mark.real_hasher
def test_the_password_is_hashed_with_argon2():
    person = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC)).person
    assert person.password.startswith("argon2$argon2id$")


def test_joining_signs_in_and_leads_to_the_codes(joined: Client):
    assert signed_in(joined)
    assert joined.joined.headers["Location"] == f"{KEEP}?next=%2Fc%2Ffellside%2F"


def test_codes_are_shown_exactly_once(joined: Client):
    first = joined.get(f"{KEEP}?next=/c/fellside/").content.decode()
    assert made().sign_in_name in first
    assert len(re.findall(r"<li>[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}</li>", first)) == 8
    again = joined.get(KEEP).content.decode()
    assert not re.findall(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}</li>", again)
    assert "Make new codes" in again


def test_codes_wait_sealed_in_the_sitting(joined: Client):
    stored = str(dict(joined.session.items()))
    assert made().sign_in_name not in stored
    assert "codes" not in stored


def test_saying_that_they_are_kept_goes_on_to_the_community(joined: Client):
    response = joined.post(KEEP, {"next": "/c/fellside/"})
    assert response.headers["Location"] == "/c/fellside/"
    assert made().codes_kept_at


def test_new_codes_need_the_password(joined: Client):
    joined.get(KEEP)
    before = set(RecoveryCode.objects.values_list("digest", flat=True))
    joined.post(f"{KEEP}new/", {"password": "wrong wrong wrong"})
    assert set(RecoveryCode.objects.values_list("digest", flat=True)) == before
    joined.post(f"{KEEP}new/", {"password": PASSWORD})
    assert not set(RecoveryCode.objects.values_list("digest", flat=True)) & before
    assert "I have kept these" in joined.get(KEEP).content.decode()


def test_making_new_codes_asks_again_whether_they_are_kept():
    person = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC)).person
    confirm_kept(person=person, now=datetime.now(UTC))
    make_recovery_codes(person=person, now=datetime.now(UTC))
    person.refresh_from_db()
    assert person.codes_kept_at is None


def test_what_a_form_does_not_ask_for_is_ignored(joined: Client):
    fields = {"nation": "england", "is_demo": "1", "is_active": "", "sign_in_name": "chosen", "over_18_at": ""}
    joined.post("/accounts/nation/", fields)
    person = made()
    assert (person.nation, person.is_demo, person.is_active) == ("england", False, True)
    assert person.sign_in_name != "chosen"


@pytest.mark.parametrize(
    "address", ["signup/", "social/", "email/confirm/key/", "password/set/", "inactive/", "3rdparty/"]
)
def test_what_is_not_wanted_is_not_there(client: Client, person: Person, address: str):
    sign_in(client)
    assert client.get(f"/accounts/{address}").status_code == 404


def test_a_request_from_nowhere_proves_nothing(person: Person):
    request = RequestFactory().get("/")
    request.user, request.session = person, {}
    assert sittings.of(request).second_factor_at is None


def test_only_wanted_addresses_are_routed():
    names = {pattern.name for pattern in accounts if getattr(pattern, "name", None)}
    assert names >= {"account_login", "mfa_index"}
    assert not {name for name in names if "signup" in name or "social" in name or name == "account_confirm_email"}


@override_settings(SECRET_KEY_FALLBACKS=["the key of last year"], SECRET_KEY="the key of this year")
def test_codes_outlive_a_change_of_key(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the key of last year", []
    new = sign_up(password=PASSWORD, over_18=True, now=datetime.now(UTC))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the key of this year", ["the key of last year"]
    fields = {"login": new.sign_in_name, "code": new.recovery_codes[0], "password": "another long one"}
    assert Client().post("/accounts/way-back/", fields).status_code == 302
