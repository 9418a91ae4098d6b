"""Planning, calling, moving, opening and ending meetings: each step from each state, by each role."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from clock.london import LONDON
from communities.models import Membership
from meetings.lifecycle import MEETING_STEPS, ItemState, MeetingKind, MeetingState
from meetings.models import CommunityMeeting
from meetings.queries import next_meeting
from meetings.services import (
    call_special_meeting,
    cancel_meeting,
    end_meeting,
    move_meeting,
    open_meeting,
    plan_meeting,
    settle_all,
)
from meetings.timing import OPEN_FOR, OPENS_BEFORE, OPENS_UNTIL, is_open
from notices.models import Notice
from people import kept
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.making import a_meeting, an_item
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
DAY = timedelta(days=1)
Act = Callable[[CommunityMeeting, Membership], CommunityMeeting]


def moved(meeting: CommunityMeeting, by: Membership) -> CommunityMeeting:
    return move_meeting(meeting=meeting, by=by, starts_at=clock.now() + DAY, place="The hall")


VERBS: dict[str, Act] = {
    "move": moved,
    "cancel": lambda meeting, by: cancel_meeting(meeting=meeting, by=by),
    "open": lambda meeting, by: open_meeting(meeting=meeting, by=by),
    "end": lambda meeting, by: end_meeting(meeting=meeting, by=by),
}
MAY = {
    "move": {"wren", "ash", "dale"},
    "cancel": {"wren", "ash", "dale"},
    "open": {"wren", "ash", "rowan"},
    "end": {"wren", "ash", "rowan", "dale"},
}
ROLES = ("wren", "ash", "rowan", "dale", "heron", "linden", "finch", "hazel", "bramble", "thorn")
# Said again, nothing happens: where a verb leads, it may be asked for twice.
TWICE_IS_ONCE = {"cancel": MeetingState.CANCELLED, "open": MeetingState.OPEN, "end": MeetingState.ENDED}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("key", ROLES)
@pytest.mark.parametrize("state", list(MeetingState))
def test_each_step_is_for_those_in_office_or_staff_and_from_its_states_only(
    cast: Cast, verb: str, key: str, state: MeetingState
) -> None:
    meeting = a_meeting(cast.fellside, cast.juniper, state=state, starts_at=clock.now() + timedelta(minutes=10))
    by = sitting_now(cast[key])
    step = MEETING_STEPS[verb]
    if key not in MAY[verb]:
        with pytest.raises((Refused, Conflict)):
            VERBS[verb](meeting, by)
    elif state == TWICE_IS_ONCE.get(verb):
        assert VERBS[verb](meeting, by).state == state
        assert not Entry.objects.exists()
    elif state in step.sources:
        assert VERBS[verb](meeting, by).state == step.target
        return
    else:
        with pytest.raises((Refused, Conflict)):
            VERBS[verb](meeting, by)
    meeting.refresh_from_db()
    assert meeting.state == state


def test_a_second_step_given_long_ago_plans_and_opens_nothing(cast: Cast) -> None:
    old = clock.now() - timedelta(hours=12)
    for key in ("wren", "dale"):
        with pytest.raises(Refused):
            plan_meeting(by=sitting_now(cast[key], old), starts_at=clock.now() + DAY)
    with pytest.raises(Refused):
        open_meeting(meeting=a_meeting(cast.fellside), by=sitting_now(cast.wren, old))


@pytest.mark.parametrize("page", ["plan", "move"])
def test_a_form_sent_after_the_sitting_ended_keeps_its_time_and_place(cast: Cast, page: str) -> None:
    path = f"/c/fellside/meeting/{'plan' if page == 'plan' else f'{a_meeting(cast.fellside).pk}/move'}/"
    sent = {"kind": "special", "day": "2026-06-18", "starts": "18:30", "place": "The long room"}
    away = Client().post(path, sent | ({"words": "The roof."} if page == "plan" else {}))
    assert away.status_code == 403
    sealed = kept.unseal(re.search(r'name="kept" value="([^"]+)"', away.content.decode()).group(1))
    assert sealed.fields.items() >= (
        sent.items() if page == "plan" else {("starts", "18:30"), ("place", "The long room")}
    )
    client = client_of(cast.wren)
    session = client.session
    session[kept.IN_SITTING] = {path: kept.seal(path, sealed.fields)}
    session.save()
    shown = client.get(path).content.decode()
    assert all(f'value="{sent[name]}"' in shown for name in ("day", "starts", "place"))


def test_planned_twice_is_one_meeting_and_a_time_gone_by_is_none(cast: Cast) -> None:
    when = clock.now() + DAY
    one = plan_meeting(by=sitting_now(cast.wren), starts_at=when, place="The hall")
    assert plan_meeting(by=sitting_now(cast.dale), starts_at=when) == one
    with pytest.raises(Refused):
        plan_meeting(by=sitting_now(cast.wren), starts_at=clock.now())
    assert next_meeting(cast.fellside, clock.now()) == one
    assert next_meeting(cast.riverside, clock.now()) is None
    assert not Notice.objects.filter(kind="meeting_called").exists()
    assert verify() == []


def test_a_special_meeting_is_told_to_all_who_may_come_and_to_nobody_else(cast: Cast) -> None:
    call_special_meeting(community=cast.fellside, why="We need to talk", by="site", now=clock.now())
    rows = Notice.objects.filter(kind="meeting_called")
    told = set(rows.values_list("person__memberships__display_name", flat=True))
    come = "Wren Ash Juniper Rowan Linden Heron Moss Fern Clover Bramble Dale Glen"
    assert told - {"Pebble"} == set(come.split())  # Moss is Pebble elsewhere
    assert "talk" not in str(list(Notice.objects.values()))


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        ("2026-06-10 12:00:00+01:00", "2026-06-11 18:00"),
        ("2026-06-10 18:00:00+01:00", "2026-06-11 18:00"),
        ("2026-06-10 18:00:01+01:00", "2026-06-12 18:00"),
        ("2026-10-24 12:00:00+01:00", "2026-10-25 18:00"),  # the clocks go back that night
        ("2027-03-27 20:00:00+00:00", "2027-03-29 18:00"),
    ],
)
def test_a_special_meeting_without_a_time_is_in_the_evening_a_day_away_at_least(
    cast: Cast, now: str, evening: str
) -> None:
    called = call_special_meeting(community=cast.fellside, why="", by="site", now=datetime.fromisoformat(now))
    assert called.starts_at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == evening


def test_called_again_it_is_the_same_meeting_and_only_ever_sooner(cast: Cast) -> None:
    now = clock.now()
    first = call_special_meeting(community=cast.fellside, why="One", by="site", now=now)
    assert call_special_meeting(community=cast.fellside, why="Two", by="membership:1", now=now) == first
    later = call_special_meeting(community=cast.fellside, why="", by="site", now=now, starts_at=now + 9 * DAY)
    assert (later, later.starts_at) == (first, first.starts_at)
    sooner = call_special_meeting(community=cast.fellside, why="", by="site", now=now, starts_at=now + DAY / 2)
    assert (sooner, sooner.starts_at) == (first, now + DAY / 2)
    with pytest.raises(Conflict):
        plan_meeting(by=sitting_now(cast.wren), starts_at=now + DAY, kind=MeetingKind.SPECIAL)
    assert call_special_meeting(community=cast.riverside, why="", by="site", now=now) != first


def test_a_special_meeting_that_nobody_opened_does_not_stand_in_the_way_of_the_next(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    first = call_special_meeting(community=cast.fellside, why="", by="site", now=clock.now())
    time_machine.move_to(first.starts_at + OPENS_UNTIL)
    assert next_meeting(cast.fellside, clock.now()) is None
    second = call_special_meeting(community=cast.fellside, why="", by="site", now=clock.now())
    first.refresh_from_db()
    assert (first.state, second.pk == first.pk) == (MeetingState.MISSED, False)


@pytest.mark.parametrize(
    ("shift", "opens"), [(-OPENS_BEFORE - timedelta(seconds=1), False), (-OPENS_BEFORE, True), (OPENS_UNTIL, False)]
)
def test_a_meeting_opens_about_its_time_only(
    cast: Cast, time_machine: TimeMachineFixture, shift: timedelta, opens: bool
) -> None:
    meeting = a_meeting(cast.fellside, starts_at=clock.now() + 2 * DAY)
    time_machine.move_to(meeting.starts_at + shift)
    if opens:
        assert open_meeting(meeting=meeting, by=sitting_now(cast.wren)).state == MeetingState.OPEN
    else:
        with pytest.raises((Refused, Conflict)):
            open_meeting(meeting=meeting, by=sitting_now(cast.wren))


def test_a_meeting_left_open_ends_by_itself_whether_or_not_anything_runs(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    meeting = open_meeting(meeting=a_meeting(cast.fellside), by=sitting_now(cast.wren))
    time_machine.shift(OPEN_FOR - timedelta(seconds=1))
    assert is_open(meeting, clock.now())
    assert settle_all() == 0
    time_machine.shift(timedelta(seconds=1))
    assert not is_open(meeting, clock.now())
    assert [settle_all(), settle_all()] == [1, 0]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.ended_at) == (MeetingState.ENDED, meeting.opened_at + OPEN_FOR)
    assert verify() == []


def test_only_one_meeting_of_a_community_is_open(cast: Cast) -> None:
    first, second = a_meeting(cast.fellside), a_meeting(cast.fellside)
    open_meeting(meeting=first, by=sitting_now(cast.wren))
    with pytest.raises(Conflict):
        open_meeting(meeting=second, by=sitting_now(cast.ash))
    end_meeting(meeting=first, by=sitting_now(cast.dale))
    assert open_meeting(meeting=second, by=sitting_now(cast.ash)).state == MeetingState.OPEN
    assert next_meeting(cast.fellside, clock.now()) == second


def test_what_a_meeting_did_not_come_to_waits_for_the_next(cast: Cast) -> None:
    item = an_item(cast.heron)
    meeting = open_meeting(meeting=a_meeting(cast.fellside), by=sitting_now(cast.wren))
    item.refresh_from_db()
    assert item.meeting == meeting
    end_meeting(meeting=meeting, by=sitting_now(cast.wren))
    second = open_meeting(meeting=a_meeting(cast.fellside), by=sitting_now(cast.wren))
    item.refresh_from_db()
    assert (item.meeting, item.state) == (second, ItemState.WAITING)


def test_another_communitys_meeting_is_missing(cast: Cast) -> None:
    meeting = a_meeting(cast.riverside, cast.otter, state=MeetingState.OPEN)
    for key in ("wren", "dale", "heron"):
        client = client_of(cast[key])
        for page in ("", "paper/", "copies/", "move/"):
            assert client.get(f"/c/fellside/meeting/{meeting.pk}/{page}").status_code == 404
        for verb in ("open", "end", "cancel", "move"):
            assert client.post(f"/c/fellside/meeting/{meeting.pk}/{verb}/", {}).status_code == 404
        assert client.get(f"/c/riverside/meeting/{meeting.pk}/").status_code == 404
