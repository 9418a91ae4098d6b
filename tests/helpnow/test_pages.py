"""Help now and the way out, as a browser gets them."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from people.models import Person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def person(db) -> Person:
    return Person.objects.create_person(
        sign_in_name="amber-lantern-field-42", password="x", nation="scotland", created_at=datetime.now(UTC)
    )


@pytest.fixture
def member(person: Person) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


class DatabaseAway:
    """Every question to the database fails, as when its server has gone."""

    asked = 0

    def __call__(self, execute, sql, params, many, context):
        self.asked += 1
        raise OperationalError("the database is away")


def test_help_now_signed_out_has_every_nation_and_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/help-now/")
    page = response.content.decode()
    assert response.status_code == 200
    for word in ("England", "Scotland", "Wales", "Northern Ireland", "tel:999", "tel:116123", "tel:08088088000"):
        assert word in page
    assert page.index("tel:999") < page.index("tel:116123") < page.index("England</h2>")
    assert "sms:85258?&amp;body=SHOUT" in page
    assert response["Cache-Control"] == "no-store"


def test_help_now_without_touching_any_database():
    # Without the `db` fixture pytest-django lets nobody near a database.
    assert Client().get("/help-now/").status_code == 200


def test_help_now_signed_in_shows_ones_own_nation(member):
    page = member.get("/help-now/").content.decode()
    assert "tel:0800838587" in page
    assert "tel:08088088000" not in page
    assert page.index("tel:999") < page.index("tel:116123") < page.index("tel:0800838587")


def test_help_now_signed_in_database_away_shows_all_nations(member):
    away = DatabaseAway()
    with connection.execute_wrapper(away):
        response = member.get("/help-now/")
    assert response.status_code == 200
    assert away.asked == 1
    assert "tel:08088088000" in response.content.decode()


def test_help_now_needs_no_script_and_has_none_inline(db):
    page = Client().get("/help-now/").content.decode()
    assert page.count("<script") == 1
    assert "onclick" not in page
    assert "style=" not in page


def test_leaving_ends_this_sitting_and_no_other(member, person):
    other = Client()
    other.force_login(person)
    response = member.post("/leave-this-page/")
    assert response.status_code == 200
    assert response["Refresh"].startswith("0; url=https://")
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.cookies["sessionid"]["max-age"] == 0
    assert Session.objects.count() == 1
    assert Session.objects.get().session_key == other.session.session_key


def test_leaving_shows_no_name_of_ours(member):
    page = member.post("/leave-this-page/").content.decode()
    assert "eernet" not in page
    assert "/static/" not in page
    assert 'href="https://www.bbc.co.uk/weather"' in page


def test_leaving_keeps_the_other_cookies(member):
    member.cookies["known-device"] = "kept"
    response = member.post("/leave-this-page/")
    assert set(response.cookies) == {"sessionid", "out"}


def test_leaving_signed_out_or_from_another_site_ends_and_clears_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client(enforce_csrf_checks=True).post(
            "/leave-this-page/", headers={"Origin": "https://elsewhere.example"}
        )
    assert response.status_code == 200
    assert set(response.cookies) == {"out"}


def test_leaving_expired_sitting_works(member):
    Session.objects.all().delete()
    response = member.post("/leave-this-page/")
    assert response.status_code == 200
    assert response.cookies["sessionid"]["max-age"] == 0


def test_leaving_database_away_still_signs_this_device_out(member):
    with connection.execute_wrapper(DatabaseAway()):
        response = member.post("/leave-this-page/")
    assert response.status_code == 200
    assert "Refresh" in response
    assert response.cookies["sessionid"]["max-age"] == 0


def test_leaving_link_fetched_ahead_signs_nobody_out(member):
    response = member.get("/leave-this-page/")
    assert "Refresh" not in response
    assert Session.objects.count() == 1
    assert '<form method="post" action="/leave-this-page/">' in response.content.decode()
