"""A review in a group: Avocet, who is new to the network, shows a plan to three people in the room, and comes in."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

from communities.lifecycle import State
from crisisplans.models import Look, Opening, ReviewDone, Suggestion
from notices.models import Notice
from tests.cast import Cast, client_of
from tests.crisisplans.opening import SHUT_PART, plan_of, words_in
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

SHARING, PLANS = "/my-plan/sharing/", "/c/riverside/plans/"


def field(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_a_review_in_a_group(cast: Cast, time_machine: TimeMachineFixture) -> None:
    avocet, teal, plover, marsh = (client_of(cast[key]) for key in ("avocet", "teal", "plover", "marsh"))
    plan_of(cast.avocet)

    # Avocet is not a member yet and sees no list of names. In the room people say what they are called here.
    page = avocet.get(f"{SHARING}crisis/review/riverside/").content.decode()
    assert "Teal" not in page
    sent = {"people_here": "teal, Plover, Mersh", "parts": ["well", "people"], "hours": "2"}
    sent["form_key"] = field(page, "form_key")
    page = avocet.post(f"{SHARING}crisis/review/riverside/", sent).content.decode()
    assert "We can’t find “Mersh”" in page or "We can&#x27;t find “Mersh”" in page

    # The second look says whom they meant. Nothing is open before they say yes.
    sent["people_here"] = "teal, Plover, Marsh"
    page = avocet.post(f"{SHARING}crisis/review/riverside/", sent).content.decode()
    assert "Teal, Plover, Marsh" in page
    assert not Opening.objects.exists()
    assert avocet.post(f"{SHARING}crisis/review/riverside/", sent | {"sure": "1"}).status_code == 302
    opening = Opening.objects.get()

    # Each is told without a word of what it is. They read what Avocet ticked, and no more. Otter reads nothing.
    told = Notice.objects.filter(kind="plan_opened")
    assert {notice.person for notice in told} == {cast[key].person for key in ("teal", "plover", "marsh")}
    for client in (teal, plover, marsh):
        page = client.get(f"{PLANS}{opening.pk}/").content.decode()
        assert words_in("well") in page
        assert words_in(SHUT_PART) not in page
    assert client_of(cast.otter).get(f"{PLANS}{opening.pk}/").status_code == 404

    # Teal has an idea. Avocet takes it in words of their own; Plover's idea they leave.
    teal.post(f"{PLANS}{opening.pk}/suggest/people/", {"text": "Me too, on Tuesdays"})
    plover.post(f"{PLANS}{opening.pk}/suggest/well/", {"text": "Perhaps something about mornings"})
    page = avocet.get(SHARING).content.decode()
    first, second = (f"{SHARING}suggestions/{row.pk}/" for row in Suggestion.objects.order_by("pk"))
    assert first in page
    page = avocet.get(first).content.decode()
    mine = {"text": "Teal, on Tuesdays", "version": field(page, "version"), "edition": field(page, "edition")}
    assert avocet.post(first, mine | {"agreed": "1"}).status_code == 302
    avocet.post(second, {"decline": "1"})
    assert "Teal, on Tuesdays" in teal.get(f"{PLANS}{opening.pk}/").content.decode()

    # After the hour Avocet closes it. Nobody reads any more; one who was there puts down that it was done.
    time_machine.shift(timedelta(minutes=50))
    avocet.post(f"{SHARING}{opening.pk}/end/")
    assert {client.get(f"{PLANS}{opening.pk}/").status_code for client in (teal, plover, marsh)} == {404}
    assert plover.post(f"{PLANS}{opening.pk}/done/").status_code == 302
    assert ReviewDone.objects.get().owner == cast.avocet

    # Every look is in Avocet's list.
    page = avocet.get(f"{SHARING}looks/").content.decode()
    assert page.count("<strong>") == Look.objects.count()
    assert "<strong>Marsh</strong>" in page

    # The two who look after the network see that it is done, and nothing else. Avocet is a member.
    for key in ("otter", "kestrel"):
        page = client_of(cast[key]).get("/c/riverside/admissions/").content.decode()
        assert "It is on record that the group has looked at a plan" in page
        client_of(cast[key]).post(f"/c/riverside/admissions/{cast.avocet.pk}/")
    cast.avocet.refresh_from_db()
    assert cast.avocet.state == State.ACTIVE
