"""Staff's day: one page of what each app offers, for staff only, and nothing of the board (domain, section 4.4)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from boards.live.counts import counts_for, counts_of
from boards.models import Post
from clock.london import LONDON
from communities.models import KeepApart
from meetings.lifecycle import ItemKind
from meetings.lifecycle.attendance import LetterAnswer
from meetings.models import AbsenceCase, AgendaItem
from meetings.queries.register import untaken
from meetings.queries.staff_day import sessions_of_the_day
from meetings.queries.standings import standings
from meetings.services.absences import follow_up
from meetings.services.letters import agree_letter, answer_letter, open_letter
from moderation.lifecycle import EventKind, EventNeed
from moderation.models import StaffNotice
from moderation.services.for_staff import acknowledge, tell_staff
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.meetings.attending import everybody_but, held, missed_days, taken
from tests.meetings.groups import a_session
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
    assert "3 things on the agenda" in page  # staff were told of something, which is one
    assert "You are on now" in page
    assert "until 5 pm" in page
    assert "You are on now" not in page_of(cast, "glen")


def section(page: str, key: str) -> str:
    """One part of the page."""
    return page.partition(f'aria-labelledby="{key}"')[2].partition("</section>")[0]


def two_letters(cast: Cast) -> tuple[AbsenceCase, AbsenceCase]:
    """Moss's is being written, Clover's is on its way."""
    missed_days(cast, days=(9, 7, 2), here=everybody_but(cast, cast.moss, cast.clover))
    follow_up(community=cast.fellside)
    moss, clover = (AbsenceCase.objects.get(membership=cast[key]) for key in ("moss", "clover"))
    for one in (cast.heron, cast.fern):
        agree_letter(case=clover, by=one, seen=1)
    return moss, clover


def test_the_day_shows_todays_sessions_and_the_registers_that_were_never_taken(cast: Cast) -> None:
    now = clock.now()
    a_session(cast.fellside, now + timedelta(hours=3), title="Tea and talk", place="In the garden")
    a_session(cast.fellside, now + timedelta(days=1), title="Tomorrow")
    forgotten = held(cast.fellside, now - timedelta(days=2))
    taken(held(cast.fellside, now - timedelta(days=1)), cast.dale)
    held(cast.fellside, now - timedelta(days=3), state="cancelled")
    page = page_of(cast)
    today, registers = section(page, "sessions"), section(page, "registers")
    assert "Tea and talk" in today
    assert "In the garden" in today
    assert "Tomorrow" not in page
    assert registers.count("<li") == 1
    assert f"/groups/sessions/{forgotten.pk}/register/" in registers
    assert sessions_of_the_day(cast.dale, now)[1] == untaken(cast.fellside, now) == [forgotten]


def test_session_that_goes_on_over_midnight_is_on_the_day_and_in_the_week_until_its_end(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    sunday = datetime(2026, 6, 14, 22, tzinfo=LONDON)
    row = a_session(cast.fellside, sunday, hours=4, counts=True, title="Night watch")
    off = {"state": "cancelled", "change": "cancelled"}
    a_session(cast.fellside, sunday, hours=4, title="Called off", **off)
    missed_days(cast, days=(9, 7), here=everybody_but(cast, cast.moss))
    taken(row, cast.dale, everybody_but(cast, cast.moss))
    for after, there in ((timedelta(hours=3), True), (timedelta(hours=4), False)):
        time_machine.move_to(sunday + after)
        now = clock.now()
        assert (row in sessions_of_the_day(cast.dale, now)[0]) is there
        week = client_of(cast.heron).get("/c/fellside/groups/").content.decode()
        assert ("Night watch" in week, "Called off" in week) == (there, False)
        # Nobody's row has grown by a day that is not over.
        assert standings(cast.fellside, now)[cast.moss.pk].row == (2 if there else 3)


def test_who_was_not_seen_comes_from_registers_alone_and_goes_when_they_answer(cast: Cast) -> None:
    case, sent = two_letters(cast)
    page = page_of(cast)
    assert "Moss" in section(page, "outreach")
    assert "Clover" in section(page, "letters")
    assert "Clover" not in section(page, "outreach")
    open_letter(case=sent, by=cast.clover)
    page = page_of(cast)
    assert "None." in section(page, "letters")
    assert "has reached them" in section(page, "outreach")
    answer_letter(case=sent, by=cast.clover, answer=LetterAnswer.RING)
    assert "they ask you to ring" in section(page_of(cast), "outreach")
    KeepApart.objects.create(
        community=cast.fellside, asker=cast.moss, other=cast.dale, begun_by=cast.moss, state="in_force",
        asked_at=clock.now(), since=clock.now(),
    )  # fmt: skip
    assert "Moss" not in section(page_of(cast), "outreach")
    assert "Moss" in section(page_of(cast, "glen"), "outreach")
    assert case.is_open


def test_letters_to_write_are_one_thing_of_the_next_meeting_without_a_name(cast: Cast) -> None:
    two_letters(cast)
    item = AgendaItem.objects.get(kind=ItemKind.ABSENCE)
    for word in ("Moss", "Clover", "2"):
        assert word not in f"{item.title} {item.why} {item.ref}"
    pages = {key: client_of(cast[key]).get("/c/fellside/meeting/").content.decode() for key in ("heron", "bramble")}
    assert {key: "/c/fellside/letters/" in page for key, page in pages.items()} == {"heron": True, "bramble": False}


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
    two_letters(cast)
    for number in range(20):
        an_event(cast)
        an_item(cast.heron)
        a_meeting(cast.fellside, starts_at=clock.now() + timedelta(hours=number + 1))
        held(cast.fellside, clock.now() - timedelta(hours=5 * number + 3))
    on_duty(cast.dale)
    assert cost() == few
    assert few <= 10
