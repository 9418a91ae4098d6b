"""The pages of the day and of the logbook: what they show, to whom, and what they cost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

import clock
from meetings.lifecycle.coming import Answer
from meetings.lifecycle.timetable import Role
from meetings.models import DayOrder, LogbookPart, Session
from tests.cast import Cast, client_of
from tests.meetings.groups import a_group, a_role, a_session
from tests.meetings.recording import agreed, marked_here, would_like, written
from tests.meetings.sayings import an_answer, an_away_time
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
GROUPS = "/c/fellside/groups/"


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def walk(cast: Cast) -> Session:
    """A session of a group, begun half an hour ago, for three hours; Heron is its secretary."""
    group = a_group(cast.wren)
    session = a_session(cast.fellside, clock.now() - timedelta(minutes=30), group=group, hours=3)
    a_role(session, Role.SECRETARY, cast.heron)
    return session


def test_room_shows_each_part_at_its_time_and_where_we_are(cast: Cast, walk: Session) -> None:
    page = text(client_of(cast.moss).get(f"{GROUPS}sessions/{walk.pk}/room/"))
    assert '<li class="room__part" aria-current="time"' in page
    on = page.split('aria-current="time"')[1].split("</li>")[0]
    assert "Check-in" in on
    assert "11:45 am" in on
    assert "Heron" in page


@pytest.mark.parametrize(("minutes", "said"), [(-31, "has not begun yet"), (151, "is over")])
def test_room_says_before_and_after(
    cast: Cast, walk: Session, time_machine: TimeMachineFixture, minutes: int, said: str
) -> None:
    time_machine.shift(timedelta(minutes=minutes))
    page = text(client_of(cast.moss).get(f"{GROUPS}sessions/{walk.pk}/room/"))
    assert f"{said}.</p>" in page
    assert 'aria-current="time"' not in page


def test_turn_is_taken_on_the_page_of_its_session(cast: Cast, walk: Session) -> None:
    client, address = client_of(cast.moss), f"{GROUPS}sessions/{walk.pk}/"
    assert f"{address}turn/chair/take/" in text(client.get(address))
    assert client.post(f"{address}turn/king/take/").status_code == 404
    assert "This is you" in text(client.post(f"{address}turn/chair/take/", follow=True))


@pytest.mark.parametrize("answer", [Answer.CANNOT, Answer.HOSPITAL, "away"])
def test_no_turn_is_offered_to_somebody_who_cannot_come(cast: Cast, walk: Session, answer: str) -> None:
    address = f"{GROUPS}sessions/{walk.pk}/"
    assert "I’ll do it" in text(client_of(cast.moss).get(address))
    if answer == "away":
        an_away_time(cast.moss)
    else:
        an_answer(cast.moss, walk, answer)
    assert "I’ll do it" not in text(client_of(cast.moss).get(address))
    assert "I’ll do it" in text(client_of(cast.wren).get(address))


def test_room_without_script_comes_anew_only_for_whoever_asks(cast: Cast, walk: Session) -> None:
    room = f"{GROUPS}sessions/{walk.pk}/room/"
    assert "Refresh" not in client_of(cast.moss).get(room)
    assert client_of(cast.moss).get(f"{room}?follow=1")["Refresh"] == "60"


def test_last_record_is_one_tap_from_the_room_for_whoever_may_read_it(cast: Cast, walk: Session) -> None:
    last = a_session(cast.fellside, clock.now() - timedelta(days=7), group=walk.group)
    a_role(last, Role.SECRETARY, cast.ash)
    marked_here(last, cast.dale, cast.moss)
    written(last, cast.ash)
    room, link = f"{GROUPS}sessions/{walk.pk}/room/", f"{GROUPS}sessions/{last.pk}/logbook/"
    assert link in text(client_of(cast.moss).get(room))
    assert link not in text(client_of(cast.clover).get(room))
    page = text(client_of(cast.heron).get(room))
    assert "We have read it" in page
    answer = client_of(cast.heron).post(f"{GROUPS}sessions/{walk.pk}/last-record-read/", follow=True)
    assert "Read out" in text(answer)


def test_order_is_changed_part_by_part_and_holds_for_the_room(cast: Cast, walk: Session) -> None:
    client, address = client_of(cast.dale), f"{GROUPS}order/"
    assert "Check-in" in text(client.get(address))
    sent = {"verb": "add", "title": "Tea in the garden", "minutes": "7", "kind": "other", "seen": "0", "part": "-1"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, {"verb": "sooner", "seen": str(newest()), "part": "7"}).status_code == 302
    titles = [part[1] for part in DayOrder.objects.get(pk=newest()).parts]
    assert titles[6] == "Tea in the garden"
    assert "Tea in the garden" in text(client_of(cast.moss).get(f"{GROUPS}sessions/{walk.pk}/room/"))


def newest() -> int:
    return DayOrder.objects.latest("pk").pk


def test_order_from_an_old_page_is_a_conflict_and_what_was_written_comes_back(cast: Cast) -> None:
    client, sent = client_of(cast.dale), {"verb": "add", "title": "Tea", "minutes": "", "kind": "other", "part": "-1"}
    client.post(f"{GROUPS}order/", sent | {"seen": "0"})
    answer = client.post(f"{GROUPS}order/", sent | {"seen": "0", "title": "Toast"})
    assert answer.status_code == 409
    assert "Toast" in text(answer)


def test_group_has_an_order_of_its_own_until_it_goes_by_the_communitys_again(cast: Cast, walk: Session) -> None:
    client, address = client_of(cast.dale), f"{GROUPS}{walk.group_id}/order/"
    client.post(address, {"verb": "take_out", "seen": "0", "part": "0"})
    assert "an order of its own" in text(client.get(address))
    assert "Welcome" not in text(client_of(cast.moss).get(f"{GROUPS}sessions/{walk.pk}/room/"))
    assert "Welcome" in text(client.get(f"{GROUPS}order/"))
    client.post(address, {"verb": "again", "seen": str(newest())})
    assert "Welcome" in text(client_of(cast.moss).get(f"{GROUPS}sessions/{walk.pk}/room/"))


def test_members_read_the_order_and_change_nothing(cast: Cast) -> None:
    client = client_of(cast.moss)
    assert "Change this part" not in text(client.get(f"{GROUPS}order/"))
    assert client.post(f"{GROUPS}order/", {"verb": "take_out", "seen": "0", "part": "0"}).status_code == 404
    assert not DayOrder.objects.exists()


def test_topic_is_said_by_its_secretary_and_read_by_all(cast: Cast, walk: Session) -> None:
    address = f"{GROUPS}sessions/{walk.pk}/topic/"
    assert client_of(cast.moss).get(address).status_code == 404
    client_of(cast.heron).post(address, {"words": "Sleeping better"})
    assert "Sleeping better" in text(client_of(cast.finch).get(f"{GROUPS}sessions/{walk.pk}/room/"))


def test_draft_is_missing_to_whoever_was_not_there_and_agreed_it_is_not(cast: Cast, walk: Session) -> None:
    marked_here(walk, cast.dale, cast.heron, cast.moss, cast.finch)
    written(walk, cast.heron)
    address = f"{GROUPS}sessions/{walk.pk}/logbook/"
    seen = {key: client_of(cast[key]).get(address).status_code for key in ("moss", "finch", "clover", "dale", "wren")}
    assert seen == {"moss": 200, "finch": 200, "clover": 404, "dale": 200, "wren": 404}
    other = agreed(a_session(cast.fellside, clock.now() - timedelta(hours=2)), cast.ash, cast.fern)
    address = f"{GROUPS}sessions/{other.session_id}/logbook/"
    keys = ("moss", "finch", "bramble", "hazel", "sorrel", "thorn", "otter", "dale")
    found = {key for key in keys if client_of(cast[key]).get(address).status_code == 200}
    assert found == {"moss", "bramble", "dale"}


def test_record_is_written_changed_and_agreed_by_its_pages(cast: Cast, walk: Session) -> None:
    marked_here(walk, cast.dale, cast.heron, cast.moss)
    address = f"{GROUPS}sessions/{walk.pk}/logbook/"
    sent = {"heading": "agreed", "words": "Tea at four.", "form_key": str(uuid4()), "edition": "0"}
    heron, moss = client_of(cast.heron), client_of(cast.moss)
    assert heron.post(address, sent).status_code == 302
    part = LogbookPart.objects.get()
    asked = {"words": "Tea at four.", "form_key": str(uuid4()), "edition": "2"}
    assert "It says this already." in text(moss.post(f"{GROUPS}logbook/parts/{part.pk}/", asked))
    assert not part.logbook.proposals.exists()
    moss.post(f"{GROUPS}logbook/parts/{part.pk}/", asked | {"words": "Tea at five."})
    page = text(heron.get(address))
    assert "Moss would like it to say:" in page
    change = part.logbook.proposals.get()
    heron.post(f"{GROUPS}logbook/changes/{change.pk}/", {"verb": "take"})
    assert "Tea at five." in text(moss.get(address))
    for one in (heron, moss):
        edition = text(one.get(address)).split('name="edition" value="')[1].split('"')[0]
        one.post(f"{address}agree/", {"edition": edition})
    assert "Nothing of it changes any more." in text(moss.get(address))
    assert "Does it speak of you, and you were not there?" in text(moss.get(address))


def test_each_writing_box_says_what_does_not_belong_there(cast: Cast, walk: Session) -> None:
    marked_here(walk, cast.dale, cast.heron)
    part = written(walk, cast.heron).parts.get()
    for path in (f"sessions/{walk.pk}/logbook/", f"logbook/parts/{part.pk}/"):
        page = text(client_of(cast.heron).get(GROUPS + path))
        assert "Not who told what of their life" in page
        assert "Nothing of somebody who is not there" in page
        assert "Who can see this?" in page


def test_words_of_a_refused_part_come_back(cast: Cast, walk: Session) -> None:
    sent = {"heading": "did", "words": "x" * 601, "form_key": str(uuid4())}
    answer = client_of(cast.heron).post(f"{GROUPS}sessions/{walk.pk}/logbook/", sent)
    assert "600 letters at most" in text(answer)
    assert "x" * 601 in text(answer)


def test_search_finds_agreed_records_alone_by_the_beginnings_of_words(cast: Cast, walk: Session) -> None:
    marked_here(walk, cast.dale, cast.heron, cast.moss)
    written(walk, cast.heron, "A draft about kettles.")
    agreed(a_session(cast.fellside, clock.now() - timedelta(hours=2)), cast.ash, cast.fern, "Kettles, and a café.")
    agreed(a_session(cast.riverside, clock.now() - timedelta(hours=2)), cast.otter, cast.teal, "Kettles there.")
    found = text(client_of(cast.clover).get(f"{GROUPS}logbook/?q=KETTLE+cafe"))
    assert found.count('class="row__title"') == 1
    assert "<mark>Kettles</mark>" in found
    assert "Nothing found" in text(client_of(cast.clover).get(f"{GROUPS}logbook/?q=draft"))
    assert "Nothing found" in text(client_of(cast.finch).get(f"{GROUPS}logbook/?q=kettles"))
    assert client_of(cast.hazel).get(f"{GROUPS}logbook/?q=kettles").status_code == 404


def test_own_part_is_looked_for_by_nobody_as_a_wildcard(cast: Cast) -> None:
    agreed(a_session(cast.fellside, clock.now() - timedelta(hours=2)), cast.ash, cast.fern, "We sang.")
    for asked in ("%25", "_ang", "s_ng", "%5C"):
        assert "<mark>" not in text(client_of(cast.clover).get(f"{GROUPS}logbook/?q={asked}"))


@pytest.mark.parametrize("many", [1, 12])
def test_pages_cost_the_same_few_queries(cast: Cast, walk: Session, many: int, django_assert_max_num_queries) -> None:
    for n in range(many):
        session = a_session(cast.fellside, clock.now() - timedelta(days=7 + n), group=walk.group)
        agreed(session, cast.moss, cast.fern, *(f"Part {number}" for number in range(min(many, 6))))
        ahead = a_session(cast.fellside, clock.now() + timedelta(days=n + 1), group=walk.group)
        a_role(ahead, Role.CHAIR, cast.moss)
    for member in (cast.moss, cast.fern, cast.clover)[: min(many, 3)]:
        would_like(member)
    marked_here(walk, cast.dale, cast.moss)
    written(walk, cast.heron, *(f"Part {number}" for number in range(min(many, 6))))
    client, part, ahead = client_of(cast.moss), walk.logbook.parts.first(), cast.moss
    paths = (
        *("order/", "turns/", "logbook/", "logbook/?q=part", f"{walk.group_id}/order/"),
        *(f"sessions/{walk.pk}/room/", f"sessions/{walk.pk}/logbook/", f"logbook/parts/{part.pk}/"),
    )
    for path in paths:
        client.get(GROUPS + path)
        with django_assert_max_num_queries(10, info=path):
            assert client.get(GROUPS + path).status_code == 200
