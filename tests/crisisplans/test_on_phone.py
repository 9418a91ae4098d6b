"""A copy of one's plan on one's own phone, as the site sees it: its words for their owner alone, and its going."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

import clock
from crisisplans.leaving import COOKIE
from crisisplans.queries.on_phone import marks_of
from people.models import Person
from tests.cast import Cast, client_of
from tests.crisisplans.planning import MARKED, saved

PAGE, WORDS, AT_HAND = "/my-plan/on-this-phone/", "/my-plan/on-this-phone/words/", "/at-hand/"
LEAVE, SIGN_OUT, EVERYWHERE = "/leave-this-page/", "/accounts/logout/", "/accounts/sessions/everywhere/"
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"

pytestmark = pytest.mark.django_db


@pytest.fixture
def heron(cast: Cast) -> Person:
    saved(cast.heron.person, f"Ring Jo on 01632 960123, <b>{MARKED}</b>")
    return cast.heron.person


def phone_of(person: Person, on_leaving: str = "") -> Client:
    client = client_of(person)
    if on_leaving:
        client.cookies[COOKIE] = on_leaving
    return client


def test_words_come_to_their_owner_as_data_with_numbers_to_ring(heron: Person) -> None:
    answer = client_of(heron).get(WORDS)
    said = answer.json()
    assert (said["state"], said["of"], answer["Cache-Control"]) == ("words", marks_of(heron), "no-store")
    [part] = said["plan"]["whole"]
    assert part["lines"] == [
        [
            {"text": "Ring Jo on "},
            {"text": "01632 960123", "tel": "01632960123"},
            {"text": f", <b>{MARKED}</b>"},
        ]
    ]
    assert [step["title"] for step in said["plan"]["steps"]] == ["First", "Then", "And then"]


def test_phone_that_has_the_newest_version_is_sent_no_word(heron: Person) -> None:
    edition = client_of(heron).get(WORDS).json()["edition"]
    answer = client_of(heron).get(WORDS, {"has": edition})
    assert answer.json() == {"of": marks_of(heron), "state": "same"}
    saved(heron, "Changed since")
    assert "Changed since" in client_of(heron).get(WORDS, {"has": edition}).content.decode()


def test_words_come_to_nobody_else(heron: Person, cast: Cast) -> None:
    for other in (cast.moss, cast.wren, cast.dale, cast.teal):
        answer = client_of(other.person).get(WORDS)
        assert answer.json()["state"] == "none"
        assert MARKED not in answer.content.decode()
        assert not set(marks_of(other.person)) & set(marks_of(heron))
    assert Client().get(WORDS).status_code == 302


def test_words_stay_in_while_the_plan_is_closed_after_a_way_back(heron: Person) -> None:
    Person.objects.filter(pk=heron.pk).update(plan_closed_until=clock.now() + timedelta(hours=1))
    for address in (WORDS, PAGE):
        answer = client_of(heron).get(address)
        assert answer.status_code == 403
        assert MARKED not in answer.content.decode()


def test_lost_key_is_an_error_and_no_word_to_a_phone_that_its_copy_should_go(heron: Person) -> None:
    for file in settings.PLAN_KEYS.rglob("*"):
        if file.is_file():
            file.unlink()
    assert client_of(heron).get(WORDS).status_code == 403


def test_page_of_making_it_holds_no_word_of_the_plan_and_offers_paper(heron: Person) -> None:
    page = client_of(heron).get(PAGE).content.decode()
    assert MARKED not in page
    assert "Have it on paper too" in page
    assert not re.search(r"<input[^>]*type=.password.[^>]* name=", page), "a PIN has no name to be sent under"


def test_page_of_making_it_says_what_a_pin_can_not_do_and_what_leaving_does(heron: Person) -> None:
    page = client_of(heron).get(PAGE).content.decode()
    for words in ("What a PIN can", "takes the copy off", "They never delete your plan", "If you lose the phone"):
        assert words in page, words


def test_nothing_to_keep_is_said_and_nothing_asked(cast: Cast) -> None:
    page = client_of(cast.moss.person).get(PAGE).content.decode()
    assert "You have not written anything in your plan yet" in page
    assert "data-makes" not in page


def test_pages_take_few_queries(heron: Person, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = client_of(heron)
    for address in (PAGE, WORDS):
        with django_assert_max_num_queries(10):
            client.get(address)


def test_browser_remembers_what_leaving_does_and_nothing_of_the_plan(heron: Person) -> None:
    client = client_of(heron)
    for choice in ("take", "keep"):
        assert client.post(PAGE, {"exit": choice}).status_code == 302
        cookie = client.cookies[COOKIE]
        assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (choice, True, "Lax")
    client.post(PAGE, {"exit": "something else"})
    assert client.cookies[COOKIE].value == "keep"
    client.post(PAGE, {"exit": "off"})
    assert client.cookies[COOKIE].value == ""


@pytest.mark.parametrize(("on_leaving", "goes"), [("take", True), ("keep", False), ("", False), ("odd", False)])
def test_leaving_asks_the_browser_to_forget_only_where_its_owner_left_it_so(
    heron: Person, on_leaving: str, goes: bool
) -> None:
    client = phone_of(heron, on_leaving)
    assert (client.post(LEAVE).headers.get("Clear-Site-Data") == '"storage"') is goes
    assert "Clear-Site-Data" not in client.get(LEAVE).headers


@pytest.mark.parametrize("way", [SIGN_OUT, EVERYWHERE])
@pytest.mark.parametrize(("chosen", "goes"), [("take", True), ("keep", False), ("", False)])
def test_signing_out_takes_the_copy_off_only_where_that_was_chosen(
    heron: Person, way: str, chosen: str, goes: bool
) -> None:
    client = phone_of(heron, "take")
    answer = client.post(way, {"copy": chosen})
    assert answer.status_code == 302
    assert (answer.headers.get("Clear-Site-Data") == '"storage"') is goes
    assert (client.cookies[COOKIE].value == "") is goes


def test_form_from_elsewhere_takes_no_copy_off(heron: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = phone_of(heron, "take").cookies
    answer = client.post(SIGN_OUT, {"copy": "take"}, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status_code, "Clear-Site-Data" in answer.headers) == (403, False)


def test_sign_out_by_time_asks_nothing_and_takes_nothing(heron: Person) -> None:
    client = phone_of(heron, "take")
    client.session.flush()
    answer = client.get(AT_HAND)
    assert (answer.status_code, "Clear-Site-Data" in answer.headers) == (200, False)
    assert client.cookies[COOKIE].value == "take"


def test_page_of_the_copy_has_help_first_and_holds_nothing_of_anybody(heron: Person) -> None:
    page = client_of(heron).get(AT_HAND).content.decode()
    assert page.index("tel:116123") < page.index('id="copy"')
    for word in (MARKED, heron.sign_in_name, "Heron", "Fellside", "csrf"):
        assert word not in page


def test_page_of_the_copy_needs_no_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert Client().get(AT_HAND).status_code == 200


def test_worker_and_scripts_have_the_same_names_for_everything() -> None:
    place = Client().get("/sw.js").content.decode().split("\n")[0]
    script = (SCRIPTS / "copy.js").read_text()
    assert f'"page": "{AT_HAND}"' in place
    assert f'PAGE = "{AT_HAND}"' in script
    assert f'WORDS = "{WORDS}"' in script
    assert '"store": "at-hand"' in place
    assert 'STORE = "at-hand"' in script
    assert 'caches.delete("at-hand")' in (SCRIPTS / "peernet.js").read_text()


def test_pin_is_stretched_by_no_fewer_rounds_than_are_asked_for_today() -> None:
    found = re.search(r"FEWEST = (\d+)", (SCRIPTS / "copy.js").read_text())
    assert found
    assert int(found[1]) >= 600_000
