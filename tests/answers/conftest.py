"""A member who is signed in, on a site with addresses that fail."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from people.models import Person

WORDS = 'Nobody knows how today was.\r\n\r\n"Quotes" & <b>signs</b>, ünïcode, 💜👩‍👩‍👧 \u200fשלום \t end '
LONG = ("\r\n" + WORDS * 200)[:10_000]


@pytest.fixture(autouse=True)
def site_that_fails(settings) -> None:
    settings.ROOT_URLCONF = "tests.answers.failing_urls"


@pytest.fixture
def person(db) -> Person:
    return Person.objects.create_person(
        sign_in_name="amber-lantern-field-42", password="a-long-password", created_at=datetime.now(UTC)
    )


@pytest.fixture
def member(person: Person) -> Client:
    """Signed in; forms are checked for their token as in real life."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(person)
    client.get("/help-now/")
    return client


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)
