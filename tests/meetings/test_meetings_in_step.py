"""A community meeting and its session go together, whichever is touched first."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

import clock
from clock.london import LONDON
from meetings.lifecycle import MeetingKind
from meetings.models import CommunityMeeting, Group, Session
from meetings.recurrence import Frequency, Often
from meetings.said import GroupSaid, Moved
from meetings.services import (
    call_special_meeting,
    cancel_meeting,
    cancel_session,
    end_group,
    hold_session,
    lay_out_all,
    move_meeting,
    move_session,
    plan_meeting,
    start_group,
)
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.sayings import a_register
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

TODAY = date(2026, 6, 10)
FIRST = datetime(2026, 6, 11, 14, tzinfo=LONDON)
A_WEEK = timedelta(weeks=1)


@pytest.fixture
def thursdays(cast: Cast) -> Group:
    """The community meeting, every Thursday at two."""
    often = Often(Frequency.WEEKLY, (3,))
    said = GroupSaid("Community meeting", often, TODAY, time(14), 60, kind="community_meeting", counts=True)
    return start_group(by=sitting_now(cast.dale), said=said, form_key=uuid4())


def following() -> CommunityMeeting:
    return CommunityMeeting.objects.filter(state="planned").earliest("starts_at")


def test_next_session_has_its_meeting_and_only_that_one(thursdays: Group) -> None:
    meeting = CommunityMeeting.objects.get()
    assert (meeting.starts_at, meeting.session.starts_at) == (FIRST, FIRST)
    lay_out_all()
    assert CommunityMeeting.objects.count() == 1


def test_when_one_is_over_the_next_is_planned(thursdays: Group, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(FIRST + timedelta(hours=2))
    lay_out_all()
    assert following().starts_at in {FIRST, FIRST + A_WEEK}
    assert set(CommunityMeeting.objects.values_list("starts_at", flat=True)) == {FIRST, FIRST + A_WEEK}


def test_meeting_moved_moves_its_session(cast: Cast, thursdays: Group) -> None:
    later = FIRST + timedelta(hours=2)
    move_meeting(meeting=following(), by=sitting_now(cast.wren), starts_at=later, place="In the barn")
    session = following().session
    assert (session.starts_at, session.place, session.change) == (later, "In the barn", "moved")
    assert session.ends_at - session.starts_at == timedelta(hours=1)
    lay_out_all()
    assert following().session.starts_at == later


@pytest.mark.parametrize(("minutes", "there"), [(-20, True), (0, False), (30, False)])
def test_meeting_whose_register_is_taken_or_which_has_begun_is_not_moved_as_its_session_is_not(
    cast: Cast, thursdays: Group, time_machine: TimeMachineFixture, minutes: int, there: bool
) -> None:
    time_machine.move_to(FIRST + timedelta(minutes=minutes))
    meeting, by = following(), sitting_now(cast.wren)
    if there:
        a_register(meeting.session, cast.wren, {})
    with pytest.raises(Refused) as of_the_session:
        move_session(session=meeting.session, by=by, said=Moved(FIRST + A_WEEK, 60), seen=0)
    with pytest.raises(Refused) as of_the_meeting:
        move_meeting(meeting=meeting, by=by, starts_at=FIRST + A_WEEK, place="In the barn")
    assert of_the_meeting.value.reason == of_the_session.value.reason
    form = {"day": "2026-06-18", "starts": "14:00", "place": "In the barn"}
    answer = client_of(cast.wren).post(f"/c/fellside/meeting/{meeting.pk}/move/", form)
    assert (answer.status_code, "In the barn" in answer.content.decode()) == (403, True)
    assert (following().starts_at, following().session.starts_at) == (FIRST, FIRST)


def test_special_meeting_at_which_people_have_arrived_is_not_moved_to_be_sooner(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    at = clock.now() + timedelta(minutes=25)
    meeting = plan_meeting(by=sitting_now(cast.wren), starts_at=at, kind=MeetingKind.SPECIAL, why="Something")
    a_register(meeting.session, cast.wren, {})
    sooner = clock.now() + timedelta(minutes=5)
    called = call_special_meeting(community=cast.fellside, why="", by="site", now=clock.now(), starts_at=sooner)
    assert (called, called.starts_at, Session.objects.get().starts_at) == (meeting, at, at)


def test_session_moved_moves_its_meeting(cast: Cast, thursdays: Group) -> None:
    later = FIRST + timedelta(days=1)
    session = following().session
    move_session(session=session, by=sitting_now(cast.dale), said=Moved(later, 60, place="In the barn"), seen=0)
    assert (following().starts_at, following().place) == (later, "In the barn")


def test_called_off_and_held_after_all(cast: Cast, thursdays: Group) -> None:
    session = following().session
    cancel_session(session=session, by=sitting_now(cast.dale))
    assert list(CommunityMeeting.objects.values_list("state", flat=True)) == ["cancelled"]
    hold_session(session=session, by=sitting_now(cast.dale))
    assert following().session == session
    assert sorted(CommunityMeeting.objects.values_list("state", flat=True)) == ["cancelled", "planned"]


def test_meeting_called_off_calls_its_session_off_and_the_next_one_is_planned(cast: Cast, thursdays: Group) -> None:
    meeting = following()
    cancel_meeting(meeting=meeting, by=sitting_now(cast.wren))
    assert not Session.objects.get(meeting=meeting).takes_place
    lay_out_all()
    assert following().starts_at == FIRST + A_WEEK


def test_ended_group_calls_its_meeting_off(cast: Cast, thursdays: Group) -> None:
    end_group(group=thursdays, by=sitting_now(cast.dale), after=TODAY)
    assert CommunityMeeting.objects.get().state == "cancelled"


def test_special_meeting_stands_on_the_timetable_at_once_and_counts_for_nobody(cast: Cast) -> None:
    soon = clock.now() + timedelta(hours=2)
    meeting = plan_meeting(by=sitting_now(cast.wren), starts_at=soon, kind=MeetingKind.SPECIAL, why="Something")
    session = meeting.session
    assert (session.starts_at, session.counts, session.title, session.about) == (
        soon,
        False,
        "Special meeting",
        "Something",
    )
    called = call_special_meeting(
        community=cast.fellside, why="", by="site", now=clock.now(), starts_at=clock.now() + timedelta(hours=1)
    )
    assert called == meeting
    assert Session.objects.get().starts_at == clock.now() + timedelta(hours=1)


def test_meeting_planned_by_hand_takes_the_session_that_is_there(cast: Cast, thursdays: Group) -> None:
    planned = plan_meeting(by=sitting_now(cast.wren), starts_at=FIRST + A_WEEK)
    assert planned.session.group == thursdays
    assert Session.objects.filter(starts_at=FIRST + A_WEEK).count() == 1
