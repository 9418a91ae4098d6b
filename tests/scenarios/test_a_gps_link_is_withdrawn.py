"""A GP's link withdrawn: Heron gives Dr Lee two halves by two ways, and thinks better of it a week later."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from crisisplans.models import Look, Opening
from notices.models import Notice
from tests.cast import Cast, client_of
from tests.crisisplans.opening import SHUT_PART, plan_of, words_in
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

SHARING = "/my-plan/sharing/"


def test_a_gps_link_is_withdrawn(cast: Cast, time_machine: TimeMachineFixture) -> None:
    plan_of(cast.heron)
    heron, surgery, thief = client_of(cast.heron), Client(REMOTE_ADDR="198.51.100.1"), Client(REMOTE_ADDR="203.0.113.9")

    # Two parts for four weeks, after a second look. The page shows both halves, this once.
    page = heron.get(f"{SHARING}crisis/link/").content.decode()
    key = page.partition('name="form_key" value="')[2].partition('"')[0]
    sent = {"whom": "Dr Lee", "top": "Sam's plan", "parts": ["well", "people"], "hours": "672", "form_key": key}
    assert "Is this right?" in heron.post(f"{SHARING}crisis/link/", sent).content.decode()
    page = heron.post(f"{SHARING}crisis/link/", sent | {"sure": "1"}).content.decode()
    link = f"/shared/{page.partition('/shared/')[2].partition('/')[0]}/"
    code = page.partition('class="codes"><li>')[2].partition("<")[0]
    assert Notice.objects.get(kind="plan_link_made").person == cast.heron.person

    # Somebody finds the link in a mailbox. Without the code it is a page without a name.
    page = thief.get(link).content.decode()
    assert not [word for word in ("Sam&#x27;s", "Heron", "Fellside", "Dr Lee", words_in("well")) if word in page]
    for guess in ("aaaa-bbbb", "1234", "password", "dr lee", "sam"):
        assert words_in("well") not in thief.post(link, {"code": guess}).content.decode()
    assert thief.post(link, {"code": code}).status_code == 429
    assert not Look.objects.exists()

    # Dr Lee had the code by telephone, in capitals. She reads the two parts and the line that Heron wrote.
    page = surgery.post(link, {"code": code.upper()}).content.decode()
    assert "Sam&#x27;s plan" in page
    assert words_in("people") in page
    assert words_in(SHUT_PART) not in page
    assert "Fellside" not in page

    # Heron sees that it was read, and a week later takes it back. The very next look finds nothing.
    time_machine.shift(timedelta(days=7))
    heron = client_of(cast.heron)
    assert "By a link: Dr Lee" in heron.get(SHARING).content.decode()
    assert "Somebody with your link" in heron.get(f"{SHARING}looks/").content.decode()
    heron.post(f"{SHARING}{Opening.objects.get().pk}/end/")
    for answer in (surgery.get(link), surgery.post(link, {"code": code}), thief.post(link, {"code": code})):
        assert answer.status_code == 404
        assert words_in("people") not in answer.content.decode()
    # The list of looks stays Heron's.
    assert "Somebody with your link" in heron.get(f"{SHARING}looks/").content.decode()
