"""Staff's day: one page of what each app offers, for staff only, and nothing of the board (domain, section 4.4)."""

from collections.abc import Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from boards.live.counts import counts_for, counts_of
from boards.models import Post
from moderation.lifecycle import EventKind, EventNeed
from moderation.models import StaffNotice
from moderation.services.for_staff import acknowledge, tell_staff
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.meetings.making import a_meeting, an_item
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
DAY = "/c/fellside/day/"


def page_of(cast: Cast, key: str = "dale") -> str:
    return client_of(cast[key]).get(DAY).content.decode()


def an_event(cast: Cast, key: str = "wren") -> None:
    tell_staff(by=sitting_now(cast[key]), kind=EventKind.HURT, need=EventNeed.RING, form_key=uuid4())


def test_the_day_is_missing_to_everybody_but_staff(cast: Cast) -> None:
    met = {key: client_of(one).get(DAY).status_code for key, one in cast.everybody.items()}
    assert {key for key, status in met.items() if status == 200} == {"dale", "glen"}
    assert {status for key, status in met.items() if key not in ("dale", "glen")} == {404}


def test_staff_without_their_second_step_are_asked_for_it(cast: Cast) -> None:
    answer = client_of(cast.dale, second_factor=False).get(DAY)
    assert answer.status_code != 200
    assert "What waits for staff" not in answer.content.decode()


def test_an_empty_day_says_so_kindly(cast: Cast) -> None:
    page = page_of(cast)
    for said in ("Nothing waits.", "No community meeting this week.", "You have said no hours"):
        assert said in page


def test_the_day_shows_what_waits_the_meeting_and_ones_own_hours(cast: Cast) -> None:
    an_event(cast)
    a_meeting(cast.fellside, starts_at=clock.now() + timedelta(days=1))
    an_item(cast.heron)
    an_item(cast.moss)
    on_duty(cast.dale, starts=time(9), ends=time(17))
    page = page_of(cast)
    assert str(EventKind.HURT.label) in page
    assert "2 things on the agenda" in page
    assert "You are on now" in page
    assert "until 5 pm" in page
    assert "You are on now" not in page_of(cast, "glen")


def test_another_communitys_things_are_not_in_it(cast: Cast) -> None:
    an_event(cast, "otter")
    a_meeting(cast.riverside, starts_at=clock.now() + timedelta(days=1))
    page = page_of(cast)
    assert "Nothing waits." in page
    assert "No community meeting this week." in page


def test_no_word_of_the_board_is_in_it(cast: Cast, bring: Callable[..., Post]) -> None:
    for state in ("board", "held", "hidden"):
        bring(state, cast.heron, title="MARKED-TITLE", text="MARKED-WORDS")
    page = page_of(cast)
    assert "MARKED" not in page


def test_the_menu_of_staff_counts_what_waits_and_nobody_elses_does(cast: Cast) -> None:
    an_event(cast)
    an_event(cast, "ash")
    now = clock.now()
    alone = {key: counts_of(cast[key], now).more.get("staff") for key in ("dale", "glen", "marsh", "heron", "wren")}
    assert alone == {"dale": 2, "glen": 2, "marsh": 0, "heron": None, "wren": None}
    together = counts_for([cast.dale, cast.marsh, cast.heron], now)
    assert [together[cast[key].pk].more.get("staff") for key in ("dale", "marsh", "heron")] == [2, 0, None]
    acknowledge(notice=StaffNotice.objects.earliest("pk"), by=sitting_now(cast.glen))
    assert counts_of(cast.dale, now).more["staff"] == 1
    assert 'data-count="staff"><span>1</span>' in page_of(cast)
    assert "Your day" not in client_of(cast.heron).get("/c/fellside/").content.decode()


def test_the_day_takes_ten_queries_at_most_however_much_there_is(cast: Cast) -> None:
    client = client_of(cast.dale)

    def cost() -> int:
        client.get(DAY)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(DAY).status_code == 200
        return len(asked)

    few = cost()
    for number in range(20):
        an_event(cast)
        an_item(cast.heron)
        a_meeting(cast.fellside, starts_at=clock.now() + timedelta(hours=number + 1))
    on_duty(cast.dale)
    assert cost() == few
    assert few <= 10
