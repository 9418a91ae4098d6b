"""Two who are kept apart are never the two of one decision of any kind; neither learns why (domain, section 8)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

import clock
from boards.models import Post, StaffInvitation
from communities.lifecycle import State
from communities.services import ask_apart, say_apart
from meetings.models import Copy
from moderation.services.asking_in import ask_staff_in, second_asking_in
from moderation.services.bringing import join_copy
from people.decisions import Refused
from tests.cast import Cast, sitting_now
from tests.meetings.making import copied
from tests.moderation.objecting import heard, now_of, objected
from tests.moderation.suspending import by_vote, confirmed, proposed, said
from tests.moderation.suspending import now_of as member_now
from tests.steps import NOON, decided

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]
ELSE = "for the others of you"


@pytest.fixture(params=[("wren", "ash"), ("ash", "wren")], autouse=True)
def apart(request: pytest.FixtureRequest, cast: Cast) -> None:
    """Wren and Ash, both in office, are kept apart."""
    asker, other = (cast[key] for key in request.param)
    row = ask_apart(by=asker, other=other)
    for by in (cast.juniper, cast.dale):
        say_apart(apart=row, by=sitting_now(by), says="yes")


def test_of_a_suspension(cast: Cast) -> None:
    row = proposed(cast.heron, cast.wren)
    with pytest.raises(Refused, match=ELSE):
        confirmed(row, cast.ash)
    assert member_now(cast.heron).state == State.ACTIVE
    confirmed(row, cast.juniper)
    assert member_now(cast.heron).state == State.SUSPENDED


def test_of_a_return(cast: Cast) -> None:
    row = by_vote(cast.heron)
    assert [said(row, cast[key]) for key in ("wren", "ash")] == [False, False]
    assert said(row, cast.juniper) is True


def test_of_asking_staff_in(cast: Cast) -> None:
    until = clock.now() + timedelta(days=3)
    row = ask_staff_in(by=sitting_now(cast.wren), staff=[cast.dale], thread=None, until=until, form_key=uuid4())
    with pytest.raises(Refused, match=ELSE):
        second_asking_in(asking=row, by=sitting_now(cast.ash))
    assert not StaffInvitation.objects.exists()
    second_asking_in(asking=row, by=sitting_now(cast.juniper))


def test_of_undoing_what_two_decided(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    for by in (cast.juniper, cast.rowan):
        cast.rowan.terms.update(office="top_three")
        decided(post, "remove", by)
    objection = objected(post)
    heard(objection, cast.wren)
    with pytest.raises(Refused, match=ELSE):
        heard(objection, cast.ash)
    assert now_of(objection).state == "open"


def test_of_keeping_others_apart(cast: Cast) -> None:
    row = ask_apart(by=cast.fern, other=cast.moss)
    assert [say_apart(apart=row, by=sitting_now(cast[key]), says="yes") for key in ("wren", "ash")] == ["asked"] * 2
    assert say_apart(apart=row, by=sitting_now(cast.juniper), says="yes") == "in_force"


def test_of_bringing_others_words_to_a_meeting(cast: Cast, bring: Bring) -> None:
    item = copied(cast.wren, bring("board", cast.heron))
    with pytest.raises(Refused, match=ELSE):
        join_copy(item=item, by=sitting_now(cast.ash))
    join_copy(item=item, by=sitting_now(cast.juniper))
    assert Copy.objects.get(item=item).seconded_by == cast.juniper
