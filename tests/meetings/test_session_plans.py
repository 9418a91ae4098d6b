"""Plans and a session: asking for a look at one's own, opening it in the room until the session ends (domain, 4.5)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.queries import verify
from clock.london import LONDON
from communities.models import Membership
from crisisplans.models import Opening
from meetings.lifecycle import ItemKind, ItemState
from meetings.lifecycle.timetable import Change, SessionState
from meetings.models import AgendaItem, ReviewAsked, Session
from meetings.services import cancel_meeting, end_group
from meetings.services.reviewing import ask_review, close_reviews, open_in_session, take_back_review
from meetings.services.sessions import cancel_session
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.crisisplans.opening import OPEN_PARTS, SHUT_PART, plan_of, words_in
from tests.meetings.groups import a_group, a_session
from tests.meetings.making import a_meeting
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
C = "/c/fellside/"
PLANS = "/c/fellside/plans/"


def ahead(cast: Cast, **more: object) -> Session:
    return a_session(cast.fellside, clock.now() + timedelta(hours=2), hours=1, **more)


def opened(session: Session, owner: Membership, *readers: Membership) -> Opening:
    return open_in_session(session=session, by=owner, plan=plan_of(owner), parts=OPEN_PARTS, readers=readers)


def test_whoever_may_open_their_plan_here_asks_for_a_look_at_it_and_nothing_opens(cast: Cast) -> None:
    session, may = ahead(cast), set()
    for key, one in cast.everybody.items():
        try:
            ask_review(session=session, by=one)
            may.add(key)
        except Refused:
            pass
    members = {"wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover"}
    assert may == members | {"finch", "hazel", "sorrel", "bramble"}
    ask_review(session=session, by=cast.heron)
    assert ReviewAsked.objects.count() == len(may)
    assert not Opening.objects.exists()
    take_back_review(session=session, by=cast.heron)
    take_back_review(session=session, by=cast.heron)
    assert ReviewAsked.objects.count() == len(may) - 1
    assert verify() == []


def test_names_of_who_asked_are_for_those_who_see_who_is_here(cast: Cast) -> None:
    session = ahead(cast)
    for key in ("heron", "finch"):
        answer = client_of(cast[key]).post(f"{C}groups/sessions/{session.pk}/plans/", {"choice": "ask"})
        assert answer.status_code == 302
    pages = {
        key: client_of(cast[key]).get(f"{C}groups/sessions/{session.pk}/plans/").content.decode()
        for key in ("moss", "dale", "bramble", "finch", "hazel")
    }
    seen = {key for key, page in pages.items() if "<li>Heron</li>" in page}
    assert seen == {"moss", "dale", "bramble"}
    assert "The group knows that you would like it" in pages["finch"]


def test_asked_for_in_a_community_meeting_it_is_a_thing_of_its_agenda_until_it_is_taken_back(cast: Cast) -> None:
    session = ahead(cast, meeting=a_meeting(cast.fellside))
    ask_review(session=session, by=cast.heron)
    item = AgendaItem.objects.get(kind=ItemKind.REVIEW)
    assert (item.by, item.state) == (cast.heron, ItemState.WAITING)
    take_back_review(session=session, by=cast.heron)
    item.refresh_from_db()
    assert item.state == ItemState.WITHDRAWN
    ask_review(session=session, by=cast.heron)
    assert AgendaItem.objects.filter(kind=ItemKind.REVIEW, state=ItemState.WAITING).count() == 1


@pytest.mark.parametrize("state", ["begun", "called off", "elsewhere"])
def test_it_is_asked_for_a_session_to_come_that_takes_place(cast: Cast, state: str) -> None:
    session = a_session(cast.fellside) if state == "begun" else ahead(cast)
    if state == "called off":
        Session.objects.update(state=SessionState.CANCELLED, change=Change.CANCELLED)
    with pytest.raises(Refused):
        ask_review(session=session, by=cast.teal if state == "elsewhere" else cast.heron)


def test_a_plan_is_open_from_the_room_until_the_session_ends(cast: Cast, time_machine: TimeMachineFixture) -> None:
    session, moss = ahead(cast), client_of(cast.moss)
    with pytest.raises(Refused):
        opened(session, cast.heron, cast.moss)
    time_machine.shift(timedelta(hours=1, minutes=46))
    opening = opened(session, cast.heron, cast.moss, cast.dale)
    assert (opening.until, opening.case) == (session.ends_at, f"session:{session.pk}")
    assert opened(session, cast.heron, cast.moss, cast.dale) == opening
    page = moss.get(f"{PLANS}{opening.pk}/").content.decode()
    assert words_in("well") in page
    assert words_in(SHUT_PART) not in page
    assert client_of(cast.fern).get(f"{PLANS}{opening.pk}/").status_code == 404
    time_machine.shift(timedelta(hours=1, minutes=13, seconds=59))
    assert moss.get(f"{PLANS}{opening.pk}/").status_code == 200
    time_machine.shift(timedelta(seconds=1))
    assert moss.get(f"{PLANS}{opening.pk}/").status_code == 404
    with pytest.raises(Refused):
        opened(session, cast.heron, cast.moss)
    assert verify() == []


def test_called_off_in_the_middle_it_closes_at_once(cast: Cast) -> None:
    session = a_session(cast.fellside)
    opening = opened(session, cast.heron, cast.moss)
    cancel_session(session=session, by=sitting_now(cast.dale))
    assert client_of(cast.moss).get(f"{PLANS}{opening.pk}/").status_code == 404
    assert close_reviews([session], by="site") == 0


def test_moved_with_its_group_it_closes_at_once(cast: Cast) -> None:
    soon = clock.now() + timedelta(minutes=10)
    group = a_group(cast.dale, starts=soon.astimezone(LONDON).time())
    session = a_session(cast.fellside, soon, group=group, slot=group.first_day)
    opening = opened(session, cast.heron, cast.moss)
    end_group(group=group, by=sitting_now(cast.dale), after=group.first_day - timedelta(days=1))
    assert client_of(cast.moss).get(f"{PLANS}{opening.pk}/").status_code == 404


def test_of_a_meeting_that_is_called_off_it_closes_at_once(cast: Cast) -> None:
    meeting = a_meeting(cast.fellside, starts_at=clock.now() + timedelta(minutes=10))
    session = a_session(cast.fellside, meeting.starts_at, meeting=meeting)
    opening = opened(session, cast.heron, cast.moss)
    cancel_meeting(meeting=meeting, by=sitting_now(cast.dale))
    assert client_of(cast.moss).get(f"{PLANS}{opening.pk}/").status_code == 404


def test_nobody_opens_anothers_plan_nor_to_somebody_who_can_not_be_asked(cast: Cast) -> None:
    session, plan = a_session(cast.fellside), plan_of(cast.heron)
    with pytest.raises(Refused):
        open_in_session(session=session, by=cast.moss, plan=plan, parts=OPEN_PARTS, readers=[cast.fern])
    for reader in (cast.hazel, cast.thorn, cast.teal, cast.heron):
        with pytest.raises(Refused):
            open_in_session(session=session, by=cast.heron, plan=plan, parts=OPEN_PARTS, readers=[reader])
    for owner in (cast.thorn, cast.dale):
        with pytest.raises(Refused):
            opened(session, owner, cast.fern)


def test_the_page_asks_twice_and_shows_those_who_are_there_first(cast: Cast) -> None:
    session, plan = a_session(cast.fellside, facilitator=cast.glen), plan_of(cast.heron)
    heron, where = client_of(cast.heron), f"{C}groups/sessions/{session.pk}/plans/crisis/"
    page = heron.get(where).content.decode()
    assert page.index("Glen (staff)") < page.index("Ash")
    form = {"choice": [str(cast.moss.pk)], "parts": ["well"], "form_key": str(uuid4())}
    page = heron.post(where, form).content.decode()
    assert "Is this right?" in page
    assert "the end of this session" in page
    assert not Opening.objects.exists()
    for _ in range(2):
        assert heron.post(where, form | {"sure": "1"}).status_code == 302
    assert Opening.objects.get().plan == plan
    page = client_of(cast.finch).get(f"{C}groups/sessions/{session.pk}/plans/crisis/")
    assert page.status_code == 404  # nothing of theirs is written yet, and no way leads there
    around = client_of(cast.finch).get(f"{C}groups/sessions/{session.pk}/plans/").content.decode()
    assert "You have not written a plan yet" in around
    assert "/plans/crisis/" not in around
    assert "/plans/crisis/" in heron.get(f"{C}groups/sessions/{session.pk}/plans/").content.decode()
    plan_of(cast.finch)
    page = client_of(cast.finch).get(f"{C}groups/sessions/{session.pk}/plans/crisis/").content.decode()
    assert "Moss" not in page
    assert heron.get(f"{C}groups/sessions/{session.pk}/plans/nonsense/").status_code == 404


def test_the_pages_take_few_queries_however_many_ask(cast: Cast) -> None:
    session, client = ahead(cast), client_of(cast.heron)
    path = f"{C}groups/sessions/{session.pk}/plans/"

    def cost() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    few = cost()
    for one in (cast.moss, cast.fern, cast.clover, cast.wren):
        ask_review(session=session, by=one)
    assert cost() == few
    assert few <= 10
