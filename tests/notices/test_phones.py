"""Whose phone it is, how many there can be, and when it is told no more."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from notices import services
from notices.models import Phone
from people.models import Person
from tests.notices.conftest import MakePerson

pytestmark = pytest.mark.django_db
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"
ADD = "/notices/phones/"


@pytest.fixture
def heron(person: MakePerson) -> Person:
    return person("heron")


def browser_of(person: Person, endpoint: str = ENDPOINT) -> Client:
    """A browser in which this person has signed in and asked to be told."""
    client = Client()
    client.force_login(person)
    assert client.post(ADD, {"endpoint": endpoint, "label": "my phone"}).status_code == 302
    return client


def test_turning_it_on_makes_one_row_and_shows_it_with_its_word(heron: Person) -> None:
    client = browser_of(heron)
    client.post(ADD, {"endpoint": ENDPOINT, "label": "my phone"})
    assert Phone.objects.count() == 1
    page = client.get("/notices/choices/").content.decode()
    assert "my phone" in page
    assert "This one" in page
    assert "fcm.googleapis" not in page
    assert ENDPOINT not in repr(list(Phone.objects.values()))


@pytest.mark.parametrize("endpoint", ["", "https://169.254.169.254/latest", "http://127.0.0.1:8000/x", "x" * 2000])
def test_an_address_that_is_no_push_service_s_is_not_stored(heron: Person, endpoint: str) -> None:
    client = Client()
    client.force_login(heron)
    answer = client.post(ADD, {"endpoint": endpoint}, follow=True)
    assert "That did not work on this phone" in answer.content.decode()
    assert not Phone.objects.exists()


def test_the_same_browser_used_by_somebody_else_is_theirs_from_then_on(heron: Person, person: MakePerson) -> None:
    browser_of(heron)
    moss = person("moss")
    browser_of(moss)
    assert Phone.objects.get().person == moss


def test_the_eleventh_phone_takes_the_place_of_the_one_heard_of_longest_ago(heron: Person) -> None:
    now = datetime.now(UTC)
    for n in range(services.MOST_PHONES + 1):
        added = services.add_phone(
            person=heron,
            endpoint=f"{ENDPOINT}{n}",
            label=str(n),
            sitting="s",
            sitting_ends_at=now,
            now=now + timedelta(minutes=n),
        )
        Phone.objects.filter(pk=added.pk, label="0").update(last_ok_at=now + timedelta(hours=1))
    assert sorted(Phone.objects.values_list("label", flat=True), key=int) == ["0", *map(str, range(2, 11))]


def test_one_s_own_phone_can_be_turned_off_from_anywhere_and_nobody_else_s(heron: Person, person: MakePerson) -> None:
    browser_of(heron)
    phone = Phone.objects.get()
    elsewhere, stranger = Client(), Client()
    stranger.force_login(person("moss"))
    assert stranger.post(reverse("notices:remove_phone", args=[phone.pk])).status_code == 404
    elsewhere.force_login(heron)
    assert elsewhere.post(reverse("notices:remove_phone", args=[phone.pk])).status_code == 302
    assert not Phone.objects.exists()


@pytest.mark.parametrize("path", ["/accounts/logout/", "/leave-this-page/"])
def test_signing_out_on_the_phone_ends_it(heron: Person, path: str) -> None:
    client = browser_of(heron)
    client.post(path)
    assert not Phone.objects.exists()


def test_signing_out_on_another_one_leaves_it(heron: Person) -> None:
    browser_of(heron)
    other = Client()
    other.force_login(heron)
    other.post("/accounts/logout/")
    assert Phone.objects.exists()


def test_somebody_else_who_signs_out_on_a_borrowed_phone_ends_nothing(heron: Person, person: MakePerson) -> None:
    client = browser_of(heron)
    Session.objects.all().delete()  # the owner's sitting ran out
    client.force_login(person("moss"))
    client.post("/accounts/logout/")
    assert Phone.objects.get().person == heron


def test_a_new_key_of_the_sitting_is_followed(heron: Person) -> None:
    """A new password gives the sitting a new key; the phone goes on with it."""
    client = browser_of(heron)
    before = Phone.objects.get().sitting
    heron.set_password("three quiet weeks")
    heron.save()
    client.force_login(heron)
    client.post("/notices/all-seen/")
    services.move_sitting(
        phone_pk=Phone.objects.get().pk,
        old=before,
        new=client.session.session_key,
        person_pk=heron.pk,
        ends_at=client.session.get_expiry_date(),
    )
    assert Phone.objects.get().sitting == client.session.session_key != before


def test_the_way_out_works_with_the_database_away(heron: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    client = browser_of(heron)

    def away(**facts: object) -> None:
        raise OperationalError

    monkeypatch.setattr(services, "move_sitting", away)
    assert client.post("/leave-this-page/").status_code == 200


def test_a_forged_mark_of_a_phone_is_nobody_s(heron: Person) -> None:
    browser_of(heron)
    thief = Client()
    thief.cookies["phone"] = f"{Phone.objects.get().pk}:forged"
    thief.post("/leave-this-page/")
    assert Phone.objects.exists()
