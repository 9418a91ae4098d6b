"""Suspensions: by two, by a vote, after missed meetings; with an end, a letter and a way back (domain, section 5)."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.queries import entries_about, verify
from boards.lifecycle import State as PostState
from clock.london import day_of
from communities.lifecycle import State
from communities.models import Membership, TermOfOffice
from communities.queries import offices_of
from communities.services import ask_apart, say_apart
from meetings.models import AgendaItem, CommunityMeeting
from meetings.services import plan_meeting
from moderation.lifecycle import SuspensionState
from moderation.models import Suspension
from moderation.services import (
    ask_to_return,
    end_suspension,
    end_what_is_over,
    leave,
    leave_suspension,
    propose_suspension,
)
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.moderation.suspending import after_missed_meetings, by_two, by_vote, confirmed, now_of, proposed, said, told
from tests.steps import NOON, fresh, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_one_alone_changes_nothing_and_the_second_does(cast: Cast) -> None:
    row = proposed(cast.heron, cast.wren)
    assert now_of(cast.heron).state == State.ACTIVE
    assert told(cast.heron) == []
    assert told(cast.ash) == ["suspension_second"]
    confirmed(row, cast.ash)
    member = now_of(cast.heron)
    assert (member.state, member.suspended_from) == (State.SUSPENDED, "board")
    assert member.suspended_until == clock.now() + timedelta(hours=72)
    assert told(cast.heron).count("suspended") == 1
    assert "suspension_second" not in told(cast.juniper)
    assert Suspension.objects.get().by_role == "Two of the Top Three"
    assert [entry.verb for entry in entries_about(cast.fellside.chain, cast.heron.ref)] == ["suspend"]
    assert verify() == []


@pytest.mark.parametrize("hours", [73, 0, -1, 24 * 30])
def test_two_can_do_it_for_seventy_two_hours_at_most(cast: Cast, hours: int) -> None:
    with pytest.raises(Refused):
        proposed(cast.heron, cast.wren, hours=hours)


@pytest.mark.parametrize("about", ["wren", "dale", "finch", "willow", "teal", "bramble"])
def test_nobody_is_suspended_by_two_who_cannot_be(cast: Cast, about: str) -> None:
    with pytest.raises(Refused):
        proposed(cast[about], cast.wren)
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("by", ["rowan", "linden", "heron", "dale", "bramble", "otter", "finch"])
def test_nobody_out_of_office_begins_confirms_or_answers(cast: Cast, by: str) -> None:
    with pytest.raises(Refused):
        proposed(cast.fern, cast[by])
    row = proposed(cast.fern, cast.wren)
    with pytest.raises(Refused):
        confirmed(row, cast[by])
    confirmed(row, cast.ash)
    with pytest.raises(Refused):
        said(row, cast[by])


def test_it_asks_for_the_second_step(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        propose_suspension(about=cast.heron, by=cast.wren, suspended_from="board", lasts=timedelta(hours=48), why="Why")
    assert refused.value.remedy == "second_step"


def test_one_is_not_both_of_the_two(cast: Cast) -> None:
    row = proposed(cast.heron, cast.wren)
    with pytest.raises(Refused):
        confirmed(row, cast.wren)
    with pytest.raises(Conflict):
        proposed(cast.heron, cast.ash)


def kept_apart(cast: Cast, asker: Membership, other: Membership) -> None:
    row = ask_apart(by=asker, other=other)
    for one in (cast.dale, *(one for one in (cast.ash, cast.juniper) if one not in (asker, other))):
        if say_apart(apart=row, by=sitting_now(one), says="yes") == "in_force":
            return


@pytest.mark.parametrize(("asker", "other"), [("heron", "wren"), ("wren", "heron")])
def test_whoever_is_kept_apart_has_no_say_and_is_not_told_why(cast: Cast, asker: str, other: str) -> None:
    kept_apart(cast, cast[asker], cast[other])
    with pytest.raises(Refused) as refused:
        proposed(cast.heron, cast.wren)
    row = proposed(cast.heron, cast.ash)
    with pytest.raises(Refused) as again:
        confirmed(row, cast.wren)
    assert refused.value.reason == again.value.reason == "This one is for the others of you."
    assert "suspension_second" not in told(cast.wren)
    client = client_of(cast.wren)
    assert client.get(f"/c/fellside/moderation/places/{row.pk}/").status_code == 404
    assert client.get(f"/c/fellside/moderation/places/suspend/{cast.heron.pk}/").status_code == 404
    assert "Heron" not in client.get("/c/fellside/moderation/places/").content.decode()


def test_where_too_few_are_left_an_alternate_stands_in(cast: Cast) -> None:
    row = proposed(cast.wren, cast.ash)
    with pytest.raises(Refused):
        confirmed(row, cast.rowan)
    leave_suspension(suspension=row, by=sitting_now(cast.juniper))
    assert "suspension_second" in told(cast.rowan)
    assert client_of(cast.rowan).get(f"/c/fellside/moderation/places/{row.pk}/").status_code == 200
    confirmed(row, cast.rowan)
    assert now_of(cast.wren).state == State.SUSPENDED
    assert Suspension.objects.get().by_role == "One of the Top Three and an alternate"


def test_a_first_voice_that_stepped_aside_or_left_office_counts_no_more(cast: Cast) -> None:
    row = proposed(cast.heron, cast.wren)
    leave_suspension(suspension=row, by=sitting_now(cast.wren))
    assert confirmed(row, cast.ash).state == SuspensionState.PROPOSED
    assert now_of(cast.heron).state == State.ACTIVE
    confirmed(row, cast.juniper)
    assert now_of(cast.heron).state == State.SUSPENDED
    other = proposed(cast.fern, cast.ash)
    TermOfOffice.objects.filter(membership=cast.ash).update(ended_at=clock.now())
    assert confirmed(other, cast.wren).state == SuspensionState.PROPOSED


def test_what_waits_is_held_an_office_ends_and_a_term_does_not_come_back(cast: Cast) -> None:
    post = start(cast.wren)
    row = by_two(cast.wren, cast.ash, cast.juniper)
    assert fresh(post).state == PostState.HELD
    assert offices_of(now_of(cast.wren), clock.now()) == frozenset()
    end_suspension(membership=cast.wren, by="motion:9", why="All is said.", now=clock.now())
    assert now_of(cast.wren).state == State.ACTIVE
    assert offices_of(now_of(cast.wren), clock.now()) == frozenset()
    row.refresh_from_db()
    assert (row.ended_how, row.ended_why) == ("motion", "All is said.")


def test_a_vote_suspends_at_once_and_takes_the_place_of_what_two_decided(cast: Cast) -> None:
    first = by_two(cast.heron, cast.wren, cast.ash)
    second = by_vote(cast.heron)
    first.refresh_from_db()
    member = now_of(cast.heron)
    assert (first.state, first.ended_how) == ("ended", "replaced")
    assert (member.suspended_from, member.suspended_until) == ("everything", second.until)
    assert told(cast.heron).count("suspended") == 2
    assert "suspension_over" not in told(cast.heron)


def test_a_vote_drops_what_one_had_begun(cast: Cast) -> None:
    row = proposed(cast.heron, cast.wren)
    by_vote(cast.heron)
    row.refresh_from_db()
    assert row.state == SuspensionState.DROPPED
    with pytest.raises(Conflict):
        confirmed(row, cast.ash)


@pytest.mark.parametrize("about", ["willow", "finch", "dale"])
def test_a_vote_about_somebody_gone_or_not_a_member_says_so(cast: Cast, about: str) -> None:
    with pytest.raises((Conflict, Refused)):
        by_vote(cast[about])


def test_a_vote_whose_end_is_past_takes_no_effect(cast: Cast) -> None:
    with pytest.raises(Conflict):
        by_vote(cast.heron, days=0)


def test_missed_meetings_suspend_only_once_two_have_confirmed(cast: Cast) -> None:
    row = after_missed_meetings(cast.heron)
    assert confirmed(row, cast.wren).state == SuspensionState.PROPOSED
    assert now_of(cast.heron).state == State.ACTIVE
    confirmed(row, cast.ash)
    member = now_of(cast.heron)
    assert (member.suspended_from, member.suspended_until) == ("everything", clock.now() + timedelta(days=90))
    assert not AgendaItem.objects.exists()


# --- until a meeting


def test_whoever_is_asked_to_say_yes_reads_what_would_follow_and_how_long(cast: Cast) -> None:
    row = after_missed_meetings(cast.moss)
    page = client_of(cast.wren).get(f"/c/fellside/moderation/places/{row.pk}/").content.decode()
    end = day_of(clock.now() + row.lasts)
    assert "If two of you say yes, Moss is kept from everything but their own plan, contacts and letters:" in page
    assert f"not after {end:%A} {end.day} {end:%B}" in page
    confirmed(confirmed(row, cast.wren), cast.ash)
    page = client_of(cast.wren).get(f"/c/fellside/moderation/places/{row.pk}/").content.decode()
    assert "If two of you say yes" not in page


def test_it_goes_on_the_agenda_and_a_special_meeting_is_called_where_none_comes_in_time(cast: Cast) -> None:
    by_two(cast.heron, cast.wren, cast.ash)
    meeting, item = CommunityMeeting.objects.get(), AgendaItem.objects.get()
    assert meeting.kind == "special"
    assert meeting.starts_at < now_of(cast.heron).suspended_until
    assert (item.kind, item.ref) == ("suspension", Suspension.objects.get().ref)
    assert "Heron" not in item.title + item.why + meeting.why


def test_no_special_meeting_where_one_comes_in_time(cast: Cast) -> None:
    plan_meeting(by=sitting_now(cast.wren), starts_at=clock.now() + timedelta(hours=50))
    by_two(cast.heron, cast.wren, cast.ash)
    by_two(cast.fern, cast.wren, cast.ash, hours=48)
    assert sorted(meeting.kind for meeting in CommunityMeeting.objects.all()) == ["ordinary", "special"]
    assert AgendaItem.objects.count() == 2


# --- its end


@pytest.mark.parametrize("path", ["", "board/", "people/", "letter/", "waiting/"])
def test_it_ends_by_itself_to_the_second_at_every_door_with_no_job(
    cast: Cast, time_machine: TimeMachineFixture, path: str
) -> None:
    by_two(cast.heron, cast.wren, cast.ash, suspended_from="everything")
    client = client_of(cast.heron)
    time_machine.shift(timedelta(hours=72) - timedelta(seconds=1))
    client = client_of(cast.heron)
    assert client.get("/c/fellside/board/").status_code == 404
    time_machine.shift(timedelta(seconds=1))
    assert client.get(f"/c/fellside/{path}").status_code == 200
    assert now_of(cast.heron).state == State.ACTIVE
    assert client.get("/c/fellside/board/").status_code == 200
    assert verify() == []


def test_the_sweep_ends_it_too_once_and_tells_whoever_came_first(cast: Cast, time_machine: TimeMachineFixture) -> None:
    by_two(cast.heron, cast.wren, cast.ash)
    by_two(cast.fern, cast.wren, cast.ash)
    time_machine.shift(timedelta(hours=72))
    client_of(cast.fern).get("/c/fellside/")
    assert end_what_is_over() == 2
    assert end_what_is_over() == 0
    for member in (cast.heron, cast.fern):
        assert now_of(member).state == State.ACTIVE
        assert told(member).count("suspension_over") == 1
        ends = entries_about(cast.fellside.chain, member.ref).filter(verb="end suspension")
        assert ends.count() == 1
    assert {row.ended_how for row in Suspension.objects.all()} == {"time"}


def test_the_sweep_touches_nobody_whose_time_is_not_over(cast: Cast, time_machine: TimeMachineFixture) -> None:
    by_two(cast.heron, cast.wren, cast.ash)
    time_machine.shift(timedelta(hours=72) - timedelta(seconds=1))
    assert end_what_is_over() == 0
    assert now_of(cast.heron).state == State.SUSPENDED


def test_suspended_again_before_the_sweep_is_a_new_one(cast: Cast, time_machine: TimeMachineFixture) -> None:
    by_two(cast.heron, cast.wren, cast.ash)
    time_machine.shift(timedelta(hours=80))
    client_of(cast.heron).get("/c/fellside/")
    by_vote(cast.heron)
    assert end_what_is_over() == 0
    assert now_of(cast.heron).state == State.SUSPENDED
    assert Suspension.objects.filter(state="in_force").count() == 1


def test_leaving_closes_it_and_what_was_asked(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    asked = ask_to_return(by=now_of(cast.heron))
    leave(by=now_of(cast.heron))
    row.refresh_from_db()
    asked.refresh_from_db()
    assert (row.state, row.ended_how, asked.state) == ("ended", "gone", "gone")
    assert verify() == []
