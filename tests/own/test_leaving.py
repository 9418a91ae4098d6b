"""Leaving ends a membership and nothing else (domain, section 6)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from boards.models import Post
from communities.models import Membership, TermOfOffice
from communities.queries import is_open_for_writing
from moderation.services import leave
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, fresh, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)
EVERYBODY_HERE = ("heron", "finch", "hazel", "sorrel", "bramble", "thorn", "wren", "rowan", "dale")


@pytest.mark.parametrize("key", EVERYBODY_HERE)
def test_everybody_here_leaves_by_one_button_and_keeps_their_sign_in(cast: Cast, key: str) -> None:
    client = client_of(cast[key])
    shown = client.get("/accounts/yours/fellside/leave/").content.decode()
    assert "You do not have to say why." in shown
    assert client.post("/accounts/yours/fellside/leave/").status_code == 302
    assert Membership.objects.get(pk=cast[key].pk).state == "left"
    assert client.get("/c/fellside/").status_code == 404
    assert "Where you have been" in client.get("/").content.decode()
    assert client.get("/accounts/yours/").status_code == 200


def test_posts_stay_and_what_waits_is_taken_back_in_the_same_transaction(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    stands = start(cast.heron, "On the board")
    time_machine.shift(timedelta(minutes=6))
    waits, held = start(cast.heron, "In its pause"), start(cast.heron, f"Held {HELD}")
    leave(by=cast.heron)
    assert [fresh(post).state for post in (stands, waits, held)] == ["accepted", "taken_back", "taken_back"]
    assert fresh(stands).text == "On the board"
    assert verify() == []


def test_an_office_ends_with_it_and_coming_back_does_not_bring_it_back(cast: Cast) -> None:
    leave(by=cast.wren)
    assert not TermOfOffice.objects.in_force(clock.now()).filter(membership=cast.wren).exists()


def test_leaving_twice_is_refused_and_the_page_is_gone(cast: Cast) -> None:
    member = leave(by=cast.heron)
    with pytest.raises(Refused):
        leave(by=member)
    assert client_of(cast.heron).get("/accounts/yours/fellside/leave/").status_code == 404


def test_last_but_one_caretaker_reads_that_the_board_closes_and_the_others_are_told(cast: Cast) -> None:
    otter = client_of(cast.otter)
    assert "closes for writing" in otter.get("/accounts/yours/riverside/leave/").content.decode()
    otter.post("/accounts/yours/riverside/leave/")
    assert not is_open_for_writing(cast.riverside, clock.now())
    told = set(Notice.objects.filter(kind="too_few").values_list("person", flat=True))
    assert told == {cast.kestrel.person_id, cast.marsh.person_id}


def test_one_of_three_leaves_and_nobody_is_alarmed(cast: Cast) -> None:
    wren = client_of(cast.wren)
    shown = wren.get("/accounts/yours/fellside/leave/").content.decode()
    assert "You hold an office here." in shown
    assert "closes for writing" not in shown
    wren.post("/accounts/yours/fellside/leave/")
    assert not Notice.objects.filter(kind="too_few").exists()


def test_nobody_left_who_decides_is_told_to_staff_alone(cast: Cast) -> None:
    leave(by=cast.otter)
    leave(by=cast.kestrel)
    told = list(Notice.objects.filter(kind="too_few").values_list("person", flat=True))
    assert sorted(told) == sorted([cast.kestrel.person_id, cast.marsh.person_id])


def test_others_see_neither_that_somebody_left_nor_why(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, "On the board")
    time_machine.shift(timedelta(minutes=6))
    leave(by=cast.heron)
    moss = client_of(cast.moss)
    assert "Heron" not in moss.get("/c/fellside/people/").content.decode()
    assert "On the board" in moss.get(reverse("boards:thread", args=["fellside", post.thread_id])).content.decode()
    assert not Notice.objects.filter(person=cast.moss.person).exists()


def test_leaving_one_community_leaves_the_other_as_it_is(cast: Cast) -> None:
    leave(by=cast.moss)
    assert Membership.objects.get(pk=cast.pebble.pk).state == "active"


def test_another_communitys_name_leads_nowhere(cast: Cast) -> None:
    client = client_of(cast.heron)
    for what in ("leave", "erase"):
        assert client.get(f"/accounts/yours/riverside/{what}/").status_code == 404
        assert client.post(f"/accounts/yours/riverside/{what}/").status_code == 404
    assert not Entry.objects.filter(verb__in=("leave", "ask erasing")).exists()
    assert not Post.objects.exists()
