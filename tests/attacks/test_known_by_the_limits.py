"""The limit on guessing must not tell who is known here (safety checks 1.11, 1.12)."""

import pytest
from django.test import Client

from people.models import Person
from tests.people.signing import LOGIN, NAME, NEW_PASSWORD, WRONG, make_person

pytestmark = pytest.mark.django_db
CODE_BACK = "/accounts/way-back/"


@pytest.fixture
def known(db: None) -> Person:
    return make_person(email="oona@example.org")


def asked(path: str, login: str) -> int:
    fields = {"login": login, "password": NEW_PASSWORD if path == CODE_BACK else WRONG, "code": "abcd-efgh-jkmn"}
    return Client().post(path, fields).status_code


@pytest.mark.parametrize("path", [LOGIN, CODE_BACK])
@pytest.mark.parametrize(
    ("other_ways", "plain"),
    [
        ("óona@example.org", "oona@example.org"),
        ("oona@exámple.org", "oona@example.org"),
        ("o_ona@example.org", "oona@example.org"),
        (NAME.upper(), NAME),
    ],
)
def test_other_ways_of_writing_a_name_tell_nothing(known: Person, path: str, other_ways: str, plain: str) -> None:
    elsewhere = {"oona": "eena", "óona": "éena", "o_ona": "e_ena", "amber": "ember", "AMBER": "EMBER"}

    def of_nobody(name: str) -> str:
        return next(name.replace(here, there) for here, there in elsewhere.items() if name.startswith(here))

    for_known = [asked(path, other_ways) for _try in range(5)] + [asked(path, plain)]
    for_nobody = [asked(path, of_nobody(other_ways)) for _try in range(5)] + [asked(path, of_nobody(plain))]
    assert for_known == for_nobody
