"""A way back for somebody without e-mail and codes: one of the Top Three and one of staff, together."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404

import clock
from audit.models import Entry
from communities.models import WayBack
from communities.services import ask_way_back, change_state, confirm_way_back
from people.decisions import Conflict, Refused
from people.queries import open_way_back
from tests.cast import Cast, sitting_now


@pytest.mark.parametrize(("one", "other"), [("wren", "dale"), ("dale", "wren"), ("otter", "marsh")])
def test_one_of_each_opens_a_way_for_its_owner(cast: Cast, one: str, other: str) -> None:
    owner = cast.heron if one != "otter" else cast.teal
    asked = ask_way_back(membership=owner, by=sitting_now(cast[one]))
    token = confirm_way_back(way_back=asked, by=sitting_now(cast[other]))
    link = open_way_back(token, clock.now())
    assert link
    assert link.person == owner.person
    entries = Entry.objects.filter(chain=owner.community.chain, subject=owner.ref).order_by("number")
    assert list(entries.values_list("verb", flat=True)) == ["ask way back", "confirm way back"]


@pytest.mark.parametrize(("one", "other"), [("wren", "ash"), ("dale", "glen"), ("wren", "wren"), ("dale", "dale")])
def test_two_of_a_kind_open_nothing(cast: Cast, one: str, other: str) -> None:
    asked = ask_way_back(membership=cast.heron, by=sitting_now(cast[one]))
    with pytest.raises(Refused):
        confirm_way_back(way_back=asked, by=sitting_now(cast[other]))


@pytest.mark.parametrize("name", ["heron", "rowan", "linden", "hazel", "bramble"])
def test_nobody_else_begins_or_confirms(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        ask_way_back(membership=cast.moss, by=sitting_now(cast[name]))
    asked = ask_way_back(membership=cast.moss, by=sitting_now(cast.dale))
    with pytest.raises(Refused):
        confirm_way_back(way_back=asked, by=sitting_now(cast[name]))


@pytest.mark.parametrize("name", ["wren", "dale"])
def test_without_the_second_step_it_is_refused_with_the_way_out(cast: Cast, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        ask_way_back(membership=cast.heron, by=cast[name])
    assert refusal.value.remedy == "second_step"


def test_nobody_opens_a_way_for_themselves(cast: Cast) -> None:
    with pytest.raises(Refused):
        ask_way_back(membership=cast.wren, by=sitting_now(cast.wren))
    asked = ask_way_back(membership=cast.wren, by=sitting_now(cast.dale))
    with pytest.raises(Refused):
        confirm_way_back(way_back=asked, by=sitting_now(cast.wren))


def test_another_community_knows_nothing_of_it(cast: Cast) -> None:
    with pytest.raises(Http404):
        ask_way_back(membership=cast.heron, by=sitting_now(cast.marsh))
    asked = ask_way_back(membership=cast.heron, by=sitting_now(cast.wren))
    with pytest.raises(Http404):
        confirm_way_back(way_back=asked, by=sitting_now(cast.marsh))


def test_it_is_confirmed_once_and_within_the_hour(cast: Cast) -> None:
    asked = ask_way_back(membership=cast.heron, by=sitting_now(cast.wren))
    confirm_way_back(way_back=asked, by=sitting_now(cast.dale))
    with pytest.raises(Conflict):
        confirm_way_back(way_back=asked, by=sitting_now(cast.dale))
    late = ask_way_back(membership=cast.heron, by=sitting_now(cast.wren))
    with time_machine.travel(late.asked_at + timedelta(hours=1, seconds=1), tick=False), pytest.raises(Conflict):
        confirm_way_back(way_back=late, by=sitting_now(cast.dale))
    assert WayBack.objects.filter(confirmed_at=None).count() == 1


def test_who_began_it_and_went_away_meanwhile_no_longer_counts(cast: Cast) -> None:
    asked = ask_way_back(membership=cast.heron, by=sitting_now(cast.wren))
    change_state(membership=cast.wren, verb="begin_break", by=cast.wren.ref)
    with pytest.raises(Conflict):
        confirm_way_back(way_back=asked, by=sitting_now(cast.dale))


def test_nobody_comes_back_who_has_left(cast: Cast) -> None:
    with pytest.raises(Refused):
        ask_way_back(membership=cast.willow, by=sitting_now(cast.wren))
