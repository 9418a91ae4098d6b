"""The pack of a meeting: things of one's own, their order and time, and one page at the meeting (domain, section 7)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clock
from audit.models import Entry
from audit.queries import verify
from boards.models import Post, ThreadNote
from meetings.lifecycle import ItemKind, ItemState, MeetingState, Outcome
from meetings.lifecycle.timetable import Role
from meetings.models import AgendaItem, CommunityMeeting, Look
from meetings.pack_times import USUAL_MINUTES, Placed, fingerprint, slots, whole
from meetings.queries.agenda import arranged_items
from meetings.services import note_outcome, open_meeting, say_to_copy, withdraw_item
from meetings.services.pack import MOST_WAITING, Placing, add_item, arrange
from notices import kinds
from notices.models import Notice
from notices.services import mark_seen
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.meetings.groups import a_role, a_session
from tests.meetings.making import a_meeting, a_piece, an_item, copied
from tests.steps import HELD, NOON, held_if_marked

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]
C = "/c/fellside/"


def added(cast: Cast, key: str, title: str = "The kettle", **more: Any) -> AgendaItem:
    return add_item(by=sitting_now(cast[key]), title=title, why="", **({"form_key": uuid4()} | more))


def in_order(meeting: CommunityMeeting) -> list[AgendaItem]:
    return arranged_items(meeting, all_of_it=True, now=clock.now())


def placed(
    cast: Cast, meeting: CommunityMeeting, *titles: str, key: str = "wren", minutes: int = 5, seen: str | None = None
) -> list[AgendaItem]:
    """Put these first to last, as somebody who sees what stands there now."""
    items = in_order(meeting)
    numbers = {item.title: item.pk for item in items}
    wanted = [Placing(numbers[title], place, minutes) for place, title in enumerate(titles, start=1)]
    shown = fingerprint(items) if seen is None else seen
    return arrange(meeting=meeting, by=sitting_now(cast[key]), placings=wanted, seen=shown)


def test_members_who_take_part_bring_things_of_their_own(cast: Cast) -> None:
    may = set()
    for key, one in cast.everybody.items():
        if one.community_id == cast.fellside.pk:
            try:
                added(cast, key)
                may.add(key)
            except Refused:
                pass
    assert may == {"wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover", "bramble"}


def test_the_same_form_is_one_thing_and_five_wait_at_most(cast: Cast) -> None:
    form = uuid4()
    assert added(cast, "heron", form_key=form) == added(cast, "heron", form_key=form)
    more = [added(cast, "heron", f"Thing {number}") for number in range(MOST_WAITING - 1)]
    with pytest.raises(Refused):
        added(cast, "heron")
    withdraw_item(item=more[0], by=cast.heron)
    assert added(cast, "heron").kind == ItemKind.OTHER
    assert verify() == []


def test_somebody_suspended_from_the_board_takes_off_what_they_brought(cast: Cast) -> None:
    item = added(cast, "bramble")
    assert "Take it off" in client_of(cast.bramble).get(f"{C}meeting/").content.decode()
    assert withdraw_item(item=item, by=cast.bramble).state == ItemState.WITHDRAWN


def test_a_thing_is_brought_from_the_page_and_words_that_are_missing_come_back(cast: Cast) -> None:
    heron = client_of(cast.heron)
    page = heron.post(f"{C}meeting/add/", {"title": "", "words": "Mine", "form_key": str(uuid4())})
    assert page.status_code == 200
    assert "Mine" in page.content.decode()
    sent = {"title": "The kettle <b>", "words": "It drips", "form_key": str(uuid4())}
    assert heron.post(f"{C}meeting/add/", sent).status_code == 302
    shown = client_of(cast.dale).get(f"{C}meeting/").content.decode()
    assert "The kettle &lt;b&gt;" in shown
    assert "Brought by Heron" in shown
    assert client_of(cast.dale).get(f"{C}meeting/add/").status_code == 404


def test_the_order_and_the_times_are_on_the_page_and_on_paper(cast: Cast) -> None:
    meeting = a_meeting(cast.fellside, starts_at=clock.now() + timedelta(hours=2))
    a_session(cast.fellside, meeting.starts_at, hours=0.25, meeting=meeting)
    for title in ("First", "Second", "Third"):
        added(cast, "heron", title)
    placed(cast, meeting, "Third", "First", "Second", minutes=20)
    for path in (f"{C}meeting/", f"{C}meeting/{meeting.pk}/", f"{C}meeting/{meeting.pk}/paper/"):
        page = client_of(cast.moss).get(path).content.decode()
        assert page.index("Third") < page.index("First") < page.index("Second")
        assert page.index("14:00") < page.index("14:20") < page.index("14:40")
    assert (
        "All of this takes about 60 minutes, and the meeting lasts 15."
        in client_of(cast.moss).get(f"{C}meeting/").content.decode()
    )
    added(cast, "moss", "Fourth")
    assert [item.title for item in in_order(meeting)] == ["Third", "First", "Second", "Fourth"]


@pytest.mark.parametrize(
    ("key", "may"),
    [("wren", True), ("dale", True), ("fern", True), ("heron", False), ("rowan", False), ("linden", False),
     ("bramble", False), ("finch", False), ("otter", False)],
)  # fmt: skip
def test_whoever_plans_a_meeting_and_its_chair_put_it_in_order(cast: Cast, key: str, may: bool) -> None:
    meeting = a_meeting(cast.fellside)
    a_role(a_session(cast.fellside, meeting=meeting), Role.CHAIR, cast.fern)
    added(cast, "heron", "First")
    added(cast, "heron", "Second")
    page = client_of(cast[key]).get(f"{C}meeting/{meeting.pk}/arrange/")
    if may:
        assert page.status_code == 200
        assert [item.title for item in placed(cast, meeting, "Second", "First", key=key)] == ["Second", "First"]
    else:
        assert page.status_code == 404
        with pytest.raises(Refused):
            placed(cast, meeting, "Second", "First", key=key)


def test_an_order_made_of_an_older_agenda_is_a_conflict_and_the_same_twice_is_once(cast: Cast) -> None:
    meeting = a_meeting(cast.fellside)
    added(cast, "heron", "First")
    added(cast, "heron", "Second")
    seen = fingerprint(in_order(meeting))
    placed(cast, meeting, "Second", "First", seen=seen)
    entries = Entry.objects.count()
    placed(cast, meeting, "Second", "First", seen=seen)
    assert Entry.objects.count() == entries
    with pytest.raises(Conflict):
        placed(cast, meeting, "First", "Second", key="ash", seen=seen)
    form = {"seen": fingerprint(in_order(meeting))}
    for place, item in enumerate(in_order(meeting), start=1):
        form |= {f"place_{item.pk}": str(9 - place), f"minutes_{item.pk}": "7"}
    added(cast, "moss", "Third")
    answer = client_of(cast.wren).post(f"{C}meeting/{meeting.pk}/arrange/", form)
    assert [item.title for item in in_order(meeting)] == ["Second", "First", "Third"]
    assert answer.status_code == 200  # the new thing stands there, to be placed as well
    assert verify() == []


def test_what_is_not_of_this_agenda_can_not_be_placed(cast: Cast) -> None:
    meeting, others = a_meeting(cast.fellside), an_item(cast.teal)
    added(cast, "heron", "First")
    seen = fingerprint(in_order(meeting))
    for wrong in ([Placing(others.pk, 1, 5)], [], [Placing(in_order(meeting)[0].pk, 1, 5), Placing(others.pk, 2, 5)]):
        with pytest.raises(Conflict):
            arrange(meeting=meeting, by=sitting_now(cast.wren), placings=wrong, seen=seen)
    with pytest.raises(Refused):
        placed(cast, meeting, "First", minutes=0)
    others.refresh_from_db()
    assert others.place is None
    ended = a_meeting(cast.fellside, cast.wren, state=MeetingState.ENDED)
    with pytest.raises(Conflict):
        arrange(meeting=ended, by=sitting_now(cast.wren), placings=[], seen="")


def test_a_chair_who_does_not_see_a_thing_yet_neither_sees_nor_loses_it(cast: Cast) -> None:
    meeting = a_meeting(cast.fellside)
    a_role(a_session(cast.fellside, meeting=meeting), Role.CHAIR, cast.fern)
    added(cast, "heron", "First")
    added(cast, "heron", "Second")
    hidden = an_item(cast.wren, kind=ItemKind.DANGER)
    AgendaItem.objects.filter(pk=hidden.pk).update(from_opening=True)
    page = client_of(cast.fern).get(f"{C}meeting/{meeting.pk}/arrange/").content.decode()
    assert "A title" not in page
    items = arranged_items(meeting, all_of_it=False, now=clock.now())
    wanted = [Placing(items[1].pk, 1, 5), Placing(items[0].pk, 2, 5)]
    arrange(meeting=meeting, by=cast.fern, placings=wanted, seen=fingerprint(items))
    assert [item.title for item in in_order(meeting)] == ["Second", "First", "A title"]


@pytest.mark.parametrize("key", ["wren", "dale"])
def test_whoever_sees_a_thing_that_others_do_not_see_yet_puts_it_in_order_too(cast: Cast, key: str) -> None:
    meeting = a_meeting(cast.fellside)
    added(cast, "heron", "First")
    hidden = an_item(cast.wren, kind=ItemKind.DANGER)
    AgendaItem.objects.filter(pk=hidden.pk).update(from_opening=True)
    address = f"{C}meeting/{meeting.pk}/arrange/"
    shown = client_of(cast[key]).get(address).context["form"]
    form = {name: shown[name].value() for name in shown.fields} | {f"place_{hidden.pk}": "1"}
    form[f"place_{in_order(meeting)[0].pk}"] = "2"
    assert client_of(cast[key]).post(address, form).status_code == 302
    assert [item.title for item in in_order(meeting)] == ["A title", "First"]


class Thing:
    def __init__(self, pk: int, place: int | None, minutes: int | None) -> None:
        self.pk, self.place, self.minutes = pk, place, minutes


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([None, 1, 5, 10, 45, 180]), max_size=12))
def test_things_follow_each_other_without_a_gap_and_add_up(minutes: list[int | None]) -> None:
    begins = clock.now()
    things: list[Placed] = [Thing(number, None, each) for number, each in enumerate(minutes)]
    found, at = slots(things, begins), begins
    for thing in things:
        assert found[thing.pk].at == at
        at += timedelta(minutes=thing.minutes or USUAL_MINUTES)
    assert at - begins == timedelta(minutes=whole(things))


def test_at_the_meeting_all_of_it_stands_on_one_page_in_its_order(cast: Cast, bring: Bring) -> None:
    meeting = a_meeting(cast.fellside)
    copy = copied(cast.wren, bring("board", cast.wren, "MARKED-WORDS"), title="Some words")
    added(cast, "heron", "The kettle")
    placed(cast, meeting, "The kettle", "Some words")
    path = f"{C}meeting/{meeting.pk}/copies/"
    assert client_of(cast.moss).get(path).status_code == 404
    open_meeting(meeting=meeting, by=sitting_now(cast.ash))
    for key in ("moss", "dale"):
        page = client_of(cast[key]).get(path).content.decode()
        assert page.index("The kettle") < page.index("Some words") < page.index("MARKED-WORDS")
    assert Look.objects.count() == 1
    for key in ("moss", "dale"):
        assert "MARKED-WORDS" not in client_of(cast[key]).get(f"{C}meeting/{meeting.pk}/paper/").content.decode()
    withdraw_item(item=copy, by=sitting_now(cast.wren))
    client_of(cast.dale).get(path)
    assert Look.objects.count() == 1  # nothing of the board was there to look at


def test_what_came_of_words_of_several_threads_goes_back_to_each(cast: Cast, bring: Bring) -> None:
    first, second, third = (bring("board", cast.wren, f"Words {number}") for number in range(3))
    item = copied(cast.wren, first, second, third)
    AgendaItem.objects.get(pk=item.pk).copy.pieces.filter(post=third).update(state="left_out")
    open_meeting(meeting=a_meeting(cast.fellside), by=sitting_now(cast.ash))
    note_outcome(item=item, by=sitting_now(cast.dale), outcome=Outcome.AGREED, words="We try Tuesdays.")
    assert set(ThreadNote.objects.values_list("thread", flat=True)) == {first.thread_id, second.thread_id}


def told(cast: Cast, kind: str = "item_urgent") -> dict[str, str]:
    names = {one.person_id: key for key, one in cast.everybody.items() if one.community_id == cast.fellside.pk}
    rows = Notice.objects.filter(kind=kind, withdrawn_at=None)
    return {names[row.person_id]: row.due_at.isoformat() for row in rows}


def test_of_danger_on_the_agenda_those_on_duty_are_told_at_once(cast: Cast) -> None:
    on_duty(cast.wren)
    on_duty(cast.ash)
    item = added(cast, "ash", f"{HELD}")
    assert told(cast) == {"wren": clock.now().isoformat()}
    notice = Notice.objects.get(kind="item_urgent")
    assert HELD not in f"{notice.key} {notice.path}"
    withdraw_item(item=item, by=sitting_now(cast.ash))
    assert told(cast) == {}
    added(cast, "heron", "The kettle")
    assert told(cast) == {}


def test_of_danger_on_the_agenda_they_are_told_again_after_15_minutes_if_nobody_has_looked(cast: Cast) -> None:
    on_duty(cast.wren)
    on_duty(cast.juniper)
    added(cast, "heron", HELD)
    again = Notice.objects.filter(kind="urgent_again")
    assert {one.due_at - clock.now() for one in again} == {timedelta(minutes=15)}
    assert {one.person_id for one in again} == {cast.wren.person_id, cast.juniper.person_id}
    wanted = kinds.get("urgent_again").still_wanted
    assert wanted is not None
    assert all(wanted(one) for one in again)
    look = Notice.objects.get(kind="item_urgent", person=cast.juniper.person)
    mark_seen(notice=look, now=clock.now())
    assert not any(wanted(one) for one in again)


def test_with_nobody_on_duty_each_is_told_for_when_they_look_and_staff_too(cast: Cast) -> None:
    on_duty(cast.juniper, 3)  # a Thursday; it is Wednesday
    on_duty(cast.dale, 4)
    said = client_of(cast.heron).post(
        f"{C}meeting/add/", {"title": HELD, "words": "", "form_key": str(uuid4())}, follow=True
    )
    assert "Nobody may read it before" in said.content.decode()
    found = told(cast)
    assert set(found) == {"wren", "ash", "juniper", "dale", "glen"}
    assert found["juniper"].startswith("2026-06-10T23:00")  # midnight in London
    assert found["dale"].startswith("2026-06-11T23:00")


def test_the_pages_of_a_meeting_take_ten_queries_at_most_whatever_there_is(cast: Cast, bring: Bring) -> None:
    assert held_if_marked(HELD)
    meeting = a_meeting(cast.fellside, cast.juniper, state=MeetingState.OPEN)
    session = a_session(cast.fellside, meeting=meeting)
    a_role(session, Role.CHAIR, cast.fern)
    planned = a_meeting(cast.fellside, starts_at=clock.now() + timedelta(days=7))
    a_role(a_session(cast.fellside, planned.starts_at, meeting=planned), Role.CHAIR, cast.fern)

    def fill(times: int) -> None:
        for _ in range(times):
            for kind in ItemKind:
                if kind != ItemKind.COPY:
                    an_item(cast.heron, kind=kind, meeting=meeting)
            piece = a_piece(bring("board", cast.moss), cast.wren)
            say_to_copy(piece=piece, by=cast.moss, agrees=True)
            AgendaItem.objects.filter(copy=piece.copy).update(meeting=meeting)

    def costs() -> dict[str, int]:
        paths = (
            f"{C}meeting/",
            f"{C}meeting/{meeting.pk}/",
            f"{C}meeting/{planned.pk}/",
            f"{C}meeting/{meeting.pk}/paper/",
            f"{C}meeting/{meeting.pk}/copies/",
            f"{C}meeting/{planned.pk}/arrange/",
        )
        found = {}
        for key in ("wren", "heron", "dale", "fern"):
            client = client_of(cast[key])
            for path in paths:
                if client.get(path).status_code == 200:
                    with CaptureQueriesContext(connection) as asked:
                        client.get(path)
                    found[f"{key} {path}"] = len(asked)
        return found

    fill(1)
    few = costs()
    fill(6)
    assert costs() == few
    # Noting that staff look is written down before anything is shown, and comes on top.
    noted = f"dale {C}meeting/{meeting.pk}/copies/"
    assert {at: number for at, number in few.items() if number > 10 and at != noted} == {}
    assert few[noted] <= 18
