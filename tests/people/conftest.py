import pytest
from django.test import Client

from people.models import Person
from tests.people import signing


@pytest.fixture
def person(db: None) -> Person:
    """Somebody with a proved e-mail."""
    return signing.make_person(email=signing.ADDRESS)


@pytest.fixture
def member(person: Person) -> Client:
    """The same person, signed in with the password."""
    client = Client()
    signing.sign_in(client)
    assert signing.signed_in(client)
    return client
