"""Heron's phone is gone, with a copy of her plan on it. She signs it out from the library; her plan was never lost. And
where it held her only way in, two meet her, and the plan stays shut for a day: nobody else reads it meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from communities.services import ask_way_back, confirm_way_back
from crisisplans.lifecycle import PlanKind
from crisisplans.services.saving import save_first_steps
from tests.cast import PASSWORD, Cast, sitting_now
from tests.crisisplans.writing import MINE, save
from tests.people.signing import NEW_PASSWORD, sign_in
from tests.scenarios.night import NEW, page, plain
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
SITTINGS, ON_PHONE, HELP = "/accounts/sessions/", "/my-plan/on-this-phone/", "/at-hand/"
WORDS = f"{ON_PHONE}words/"
STEP, SAID = "Sit on the back step", "My sister keeps the tablets"


def signed_in(cast: Cast, password: str) -> Client:
    """A browser in which Heron has signed in by the form."""
    browser = Client()
    assert sign_in(browser, cast.heron.person.sign_in_name, password).status_code == 302
    return browser


@pytest.fixture
def phone(cast: Cast) -> Client:
    """Heron's phone: she has a plan, and this phone has its words to make a copy of."""
    save(cast.heron, "safe", SAID)
    person = cast.heron.person
    save_first_steps(person=person, kind=PlanKind.CRISIS, steps=(STEP,), seen_version=1, agreed=True)
    browser = signed_in(cast, PASSWORD)
    assert SAID in browser.get(WORDS).content.decode()
    browser.post(ON_PHONE, {"exit": "take"})
    return browser


def reads_nothing(browser: Client) -> None:
    """Whoever holds this browser reads no word of the plan, and still finds whom to ring."""
    for address in (MINE, WORDS, ON_PHONE, f"{MINE}versions/", f"{MINE}sharing/", NEW):
        answer = browser.get(address, follow=True)
        assert SAID not in answer.content.decode()
        assert STEP not in answer.content.decode()
    assert "116 123" in page(browser, HELP)


def test_a_lost_phone(cast: Cast, phone: Client) -> None:
    # At the library: her plan is all there. She signs the phone out.
    library = signed_in(cast, PASSWORD)
    assert STEP in page(library, MINE)
    assert "Sign out there" in page(library, SITTINGS)
    library.post(SITTINGS)
    assert STEP in page(library, MINE)

    # Whoever found the phone comes no further than the sign-in; the copy itself is locked by her PIN.
    assert phone.get(MINE).status_code == 302
    reads_nothing(phone)

    # She goes on where she was, and what she changes reaches no phone that is not hers any more.
    save(cast.heron, "safe", "Fern keeps the tablets now")
    assert "Fern keeps" not in phone.get(WORDS, follow=True).content.decode()
    assert "Fern keeps" in library.get(f"{MINE}parts/safe/").content.decode()


def test_a_lost_phone_that_held_the_only_way_in(cast: Cast, phone: Client, time_machine: TimeMachineFixture) -> None:
    # Wren and Dale meet her face to face, and make a way back. The phone's sitting ends with it.
    asked = ask_way_back(membership=cast.heron, by=sitting_now(cast.wren))
    token = confirm_way_back(way_back=asked, by=sitting_now(cast.dale))
    way = f"/accounts/way-back/{token}/"
    assert Client().post(way, {"password": NEW_PASSWORD}).status_code == 302
    reads_nothing(phone)

    # She is in again. Her plan stays shut for a day and says so: two who made a way back into somebody else's sign-in
    # would read nothing either.
    heron = signed_in(cast, NEW_PASSWORD)
    assert "the plan stays shut until" in plain(heron.get(MINE).content.decode())
    reads_nothing(heron)

    # Nothing of it is lost.
    time_machine.shift(timedelta(hours=24, minutes=1))
    heron = signed_in(cast, NEW_PASSWORD)
    assert STEP in page(heron, MINE)
    assert SAID in heron.get(f"{MINE}parts/safe/").content.decode()
