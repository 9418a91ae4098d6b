"""One access test for the whole site: every address, as everybody, held against the one table."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from audit.models import Entry
from boards.models import Post
from communities.models import Invitation
from peernet import access
from people.access import Role
from tests.access.looking import Looked
from tests.access.walk import Place, every_address
from tests.cast import Cast
from tests.crisisplans.opened_everywhere import marked_plan, opened_in_every_way

ADDRESSES = sorted(name for name, _pattern in every_address())
DOCS = Path(__file__).parents[2] / "docs"
MISSING = 404
# A signed-out person's writing comes back on a page of its own; everything else asks to sign in.
ASKED_TO_SIGN_IN = {302, 401, 403}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(access.table()) == ADDRESSES


def test_docs_show_the_table_as_it_is() -> None:
    assert (DOCS / "access.md").read_text() == access.as_markdown()


@pytest.fixture
def form_pages_are_bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """That an address takes forms only is said by its status; the page about it is tests/answers'."""
    monkeypatch.setattr("peernet.answers._not_allowed", lambda _request, response: response)


@pytest.fixture
def faults_are_bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here is the status and what changed; the pages for faults are tests/answers'."""
    monkeypatch.setattr("peernet.answers.page", lambda _request, said, *_: HttpResponse(status=said.status))


# Between them they are shown every page: on PostgreSQL, too, each question that a page asks is asked (tests/parts.py).
SHOWN_MOST = {Role.ACTIVE, Role.TOP_THREE, Role.STAFF}
EVERYBODY = [
    pytest.param(role, id=role.name.lower(), marks=[pytest.mark.both_databases] if role in SHOWN_MOST else [])
    for role in Role
]


@pytest.mark.usefixtures("form_pages_are_bare")
@pytest.mark.parametrize("role", EVERYBODY)
def test_reading_every_address_is_as_the_table_says(cast: Cast, role: Role) -> None:
    opened_in_every_way(cast, marked_plan(cast))
    place = Place(cast, role)
    client, looked = place.client, Looked(role)
    wrong: list[tuple[str, int | str]] = []
    for name, row in access.table().items():
        with transaction.atomic():
            answer = client.get(place.address(name, own=row.own))
            wrong += [(name, fault) for fault in looked.faults(answer)]
            # What stands at one address need not be on the pages of all after it.
            transaction.set_rollback(True)
        gets_a_page = answer.status_code == 200 or (answer.status_code == 302 and "/login/" not in answer["Location"])
        signs_in_first = role == Role.SIGNED_OUT and answer.status_code == 302
        if role in row.reads:
            right = gets_a_page
        elif row.sends and answer.status_code == 405:
            right = True
        else:
            right = signs_in_first or answer.status_code in {MISSING, 403}
        if not right:
            wrong.append((name, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))
    assert looked.enough


@pytest.mark.usefixtures("faults_are_bare")
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_sending_every_form_is_as_the_table_says(cast: Cast, role: Role) -> None:
    place = Place(cast, role)
    client, wrong = place.client, []
    signed_in = deepcopy(client.cookies)
    for name, row in access.table().items():
        # As they came in, also after the form that signs them out.
        client.cookies = deepcopy(signed_in)
        with transaction.atomic():
            answer, changed = _send(client, place.address(name, own=row.own))
            # What one form did must not stand in the way of the next.
            transaction.set_rollback(True)
        if role in row.sends:
            right = answer in {200, 302, 400, 403, 409, 422}
        else:
            right = answer in {MISSING, 405, *ASKED_TO_SIGN_IN} and not changed
        if not right:
            wrong.append((name, answer, changed))
    assert not wrong, "\n".join(map(str, wrong))


def _send(client: Client, address: str) -> tuple[int, bool]:
    before = traces()
    answer = client.post(address, FORM)
    return answer.status_code, traces() != before


TRACES = f"""
SELECT (SELECT COUNT(*) FROM {Entry._meta.db_table}),
       (SELECT COUNT(*) FROM {Post._meta.db_table} WHERE state = 'accepted'),
       (SELECT COUNT(*) FROM {Invitation._meta.db_table})
"""
FORM = {
    "title": "A title",
    "text": "Words from somebody who may not write here",
    "form_key": "7d9a3a0e-56a5-4d2c-8f5e-0c0b9d1d7f11",
    "version": "1",
    "verb": "release",
    "state": "held",
    "reason": "fine",
    "label": "a friend",
}


def traces() -> tuple[int, int, int]:
    """What a form that got through would leave: entries on the record, posts, invitations. Asked thousands of times."""
    with connection.cursor() as cursor:
        cursor.execute(TRACES)
        return cursor.fetchone()
