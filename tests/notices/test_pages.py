"""The list of notices and the choice of mails."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from notices import queries
from notices.models import Notice
from people.models import Person
from tests.notices.conftest import MakePerson, Tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def heron_signed_in(person: MakePerson, client: Client) -> Client:
    client.force_login(person("heron"))
    return client


def of_heron(**more: object) -> Notice:
    return Notice.objects.filter(person__sign_in_name="heron", **more).get()


def test_list_signed_out_leads_to_sign_in(client: Client) -> None:
    assert client.get("/notices/").status_code == 302


def test_list_shows_the_kind_s_sentence_and_nobody_else_s(
    heron_signed_in: Client, person: MakePerson, tell: Tell
) -> None:
    tell(person("moss"))
    assert "Nothing new" in heron_signed_in.get("/notices/").content.decode()
    tell(Person.objects.get(sign_in_name="heron"))
    page = heron_signed_in.get("/notices/").content.decode()
    assert page.count("Something is waiting for you to look at.") == 1


def test_open_marks_it_seen_and_leads_there(heron_signed_in: Client, tell: Tell) -> None:
    notice = tell(Person.objects.get(sign_in_name="heron"))
    answer = heron_signed_in.post(f"/notices/{notice.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/c/fellside/")
    assert of_heron().seen_at is not None


def test_looking_at_the_list_marks_nothing_seen(heron_signed_in: Client, tell: Tell) -> None:
    tell(Person.objects.get(sign_in_name="heron"))
    heron_signed_in.get("/notices/")
    assert of_heron().seen_at is None


def test_open_somebody_else_s_is_the_same_404_as_a_missing_one(
    heron_signed_in: Client, person: MakePerson, tell: Tell
) -> None:
    theirs = tell(person("moss"))
    assert heron_signed_in.post(f"/notices/{theirs.pk}/open/").status_code == 404
    assert heron_signed_in.post("/notices/999999/open/").status_code == 404
    assert Notice.objects.get().seen_at is None


def test_all_seen_marks_one_s_own_only(heron_signed_in: Client, person: MakePerson, tell: Tell) -> None:
    tell(Person.objects.get(sign_in_name="heron"))
    tell(person("moss"))
    heron_signed_in.post("/notices/all-seen/")
    assert Notice.objects.filter(seen_at=None).count() == 1


def test_list_pages_show_each_notice_once(heron_signed_in: Client, tell: Tell) -> None:
    heron, start = Person.objects.get(sign_in_name="heron"), datetime.now(UTC) - timedelta(days=1)
    told = {tell(heron, now=start + timedelta(minutes=n // 3)).pk for n in range(70)}
    seen: list[int] = []
    address = "/notices/"
    while address:
        answer = heron_signed_in.get(address)
        seen += [notice.pk for notice in answer.context["notices"]]
        older = answer.context["older_url"]
        address = f"/notices/{older}" if older else ""
    assert len(seen) == 70
    assert set(seen) == told


@pytest.mark.parametrize("place", ["x", "1", "1-2-3", "-1-1", "١-1", "9" * 17 + "-1", "%00"])
def test_list_from_a_place_that_is_none_is_a_404(heron_signed_in: Client, place: str) -> None:
    assert heron_signed_in.get(f"/notices/?before={place}").status_code == 404


def test_choices_turn_mails_off_and_on(heron_signed_in: Client) -> None:
    heron = Person.objects.get(sign_in_name="heron")
    hours = {"quiet_from": "none", "quiet_to": "none", "daily_at": "none"}
    heron_signed_in.post("/notices/choices/", hours)
    assert not queries.mail_is_wanted(heron.pk)
    heron_signed_in.post("/notices/choices/", hours | {"mail_other": "on"})
    assert queries.mail_is_wanted(heron.pk)
    assert heron_signed_in.get("/notices/choices/").status_code == 200
