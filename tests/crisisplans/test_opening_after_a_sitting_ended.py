"""What was written on the page that opens a plan comes back after a sitting that ended, and its ticks with it."""

import pytest
from django.contrib.sessions.models import Session

from crisisplans.models import Opening
from tests.answers.forms import form_to, form_with
from tests.cast import Cast, client_of
from tests.crisisplans.opening import plan_of
from tests.scenarios.test_words_survive_a_sitting_that_ended import signed_in_with
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
LINK = "/my-plan/sharing/crisis/link/"
WORDS = {"whom": "My GP", "top": "Ring me first."}


@pytest.mark.parametrize("words", [WORDS, WORDS | {"top": ""}])
def test_words_of_a_link_come_back_and_nothing_is_opened_by_them(cast: Cast, words: dict[str, str]) -> None:
    plan_of(cast.heron)
    browser = client_of(cast.heron, csrf=True)
    form = form_with(browser.get(LINK), "whom") | words | {"parts": "well", "sure": "1"}
    Session.objects.all().delete()
    back = signed_in_with(browser, browser.post(LINK, form), cast.heron.person.sign_in_name)
    written = {name: text for name, text in words.items() if text}
    again = form_to(back, LINK)
    assert written.items() <= again.items()
    assert words.items() <= form_with(browser.get(LINK), "whom").items()
    # Sent again it is whole, and is looked at once more before anything opens: there an empty box is not carried.
    assert written.items() <= form_with(browser.post(LINK, again), "whom").items()
    assert not Opening.objects.exists()


def test_names_of_people_in_the_room_come_back(cast: Cast) -> None:
    here = f"/my-plan/sharing/crisis/review/{cast.wren.community.slug}/"
    plan_of(cast.wren)
    browser = client_of(cast.wren, csrf=True)
    form = form_with(browser.get(here), "form_key") | {"people_here": "Moss, Dale", "parts": "well"}
    Session.objects.all().delete()
    back = signed_in_with(browser, browser.post(here, form), cast.wren.person.sign_in_name)
    assert form_to(back, here)["people_here"] == "Moss, Dale"
