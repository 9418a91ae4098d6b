"""Everything of a member, or of everybody for a while, is held: what a vote can set (domain, section 6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from time_machine import TimeMachineFixture

import clock
from boards.models import HoldAll, PostVersion
from boards.services import hold_all, stop_hold_all
from communities.models import Membership
from meetings.lifecycle import Outcome
from moderation.lifecycle import ObjectionState
from moderation.services import object_to
from notices.models import Notice
from people.decisions import Conflict
from tests.cast import Cast, client_of
from tests.moderation.objecting import meeting_says
from tests.steps import NOON, changed, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
DAY = timedelta(days=1)


def held(cast: Cast, member: Membership | None, **more: object) -> HoldAll:
    now = clock.now()
    given = {"until": now + DAY, "why": "We agreed on it.", "by": "motion:4", "decided_by": "The members, by a vote"}
    return hold_all(community=cast.fellside, membership=member, now=now, **given | more)


def test_every_post_of_the_member_is_held_openings_replies_and_changes(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    opening, before = start(cast.moss), start(cast.heron)
    time_machine.shift(timedelta(minutes=2))
    held(cast, cast.heron)
    assert changed(before, cast.heron).state == "held"
    time_machine.shift(timedelta(minutes=4))
    posts = [start(cast.heron), reply(cast.heron, opening.thread)]
    assert [post.state for post in posts] == ["held", "held"]
    assert PostVersion.objects.get(post=posts[1]).findings[0]["rule"] == "everything"
    assert start(cast.moss).state == "accepted"
    assert reply(cast.moss, opening.thread).state == "accepted"


def test_everybodys_posts_are_held_and_another_community_goes_on(cast: Cast) -> None:
    held(cast, None)
    assert [start(cast[key]).state for key in ("heron", "wren", "teal")] == ["held", "held", "accepted"]


def test_it_begins_and_ends_by_itself(cast: Cast, time_machine: TimeMachineFixture) -> None:
    held(cast, cast.heron, starts_at=clock.now() + timedelta(hours=1))
    assert start(cast.heron).state == "accepted"
    time_machine.shift(timedelta(hours=1))
    assert start(cast.heron).state == "held"
    time_machine.shift(timedelta(hours=23))
    assert start(cast.heron).state == "accepted"


def test_it_can_be_stopped_and_only_once(cast: Cast) -> None:
    hold = held(cast, cast.heron)
    stop_hold_all(hold=hold, by="motion:5", now=clock.now())
    assert start(cast.heron).state == "accepted"
    with pytest.raises(Conflict):
        stop_hold_all(hold=hold, by="motion:5", now=clock.now())


@pytest.mark.parametrize("span", [timedelta(0), -DAY])
def test_time_that_is_over_is_refused(cast: Cast, span: timedelta) -> None:
    with pytest.raises(ValidationError):
        held(cast, cast.heron, until=clock.now() + span)


def test_member_of_another_community_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        held(cast, cast.teal)


def test_member_is_told_why_until_when_by_whom_and_how_to_object(cast: Cast) -> None:
    hold = held(cast, cast.heron)
    assert Notice.objects.get(kind="hold_all").person == cast.heron.person
    heron = client_of(cast.heron)
    page = heron.get("/c/fellside/told/").content.decode()
    for words in ("We agreed on it.", "The members, by a vote", "11 June, 12:00", f"/c/fellside/object/{hold.ref}/"):
        assert words in page
    assert "somebody looks at it first" in heron.get("/c/fellside/board/new/").content.decode()
    assert "somebody looks at it first" not in client_of(cast.moss).get("/c/fellside/board/new/").content.decode()


def test_what_everybody_decided_the_meeting_hears(cast: Cast) -> None:
    hold = held(cast, cast.heron)
    objection = object_to(case=hold.ref, by=cast.heron, words="Please.")
    assert objection.state == ObjectionState.AT_MEETING
    meeting_says(objection.ref, cast.dale, Outcome.CHANGED)
    assert start(cast.heron).state == "accepted"
    assert Notice.objects.filter(kind="hold_all_over").count() == 1
