"""Two people only: after a while both are told gently, and the thread asks the others in (domain, section 2)."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

from boards.models import Post, Thread
from boards.tally import tally_due
from notices.models import Notice
from tests.boards.test_hold_rules import rule
from tests.cast import Cast, client_of
from tests.steps import NOON, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


@pytest.fixture
def talk(cast: Cast, time_machine: TimeMachineFixture) -> Post:
    """Eight posts to and fro by Heron and Moss, on the board and counted."""
    opening = start(cast.heron)
    for n in range(7):
        time_machine.shift(timedelta(minutes=6))
        reply(cast.moss if n % 2 == 0 else cast.heron, opening.thread)
        tally_due()
    time_machine.shift(timedelta(minutes=6))
    return opening


def asked(post: Post) -> bool:
    tally_due()
    return Thread.objects.get(pk=post.thread_id).others_asked_at is not None


def test_eighth_post_to_and_fro_tells_both_once_and_the_thread_asks_the_others_in(
    cast: Cast, talk: Post, time_machine: TimeMachineFixture
) -> None:
    assert not Notice.objects.filter(kind="two_people").exists()
    assert asked(talk)
    time_machine.shift(timedelta(minutes=6))
    reply(cast.heron, talk.thread)
    time_machine.shift(timedelta(minutes=6))
    tally_due()
    told = Notice.objects.filter(kind="two_people")
    assert {row.person for row in told} == {cast.heron.person, cast.moss.person}
    assert told.count() == 2
    address = f"/c/fellside/board/{talk.thread_id}/"
    assert "Others are asked in" in client_of(cast.heron).get(address).content.decode()
    assert "You are welcome here" in client_of(cast.fern).get(address).content.decode()
    assert "Others are welcome here" in client_of(cast.fern).get("/c/fellside/board/").content.decode()


def test_nothing_is_held_by_it(cast: Cast, talk: Post) -> None:
    tally_due()
    assert reply(cast.heron, talk.thread).state == "accepted"


def test_somebody_else_ends_it(cast: Cast, talk: Post, time_machine: TimeMachineFixture) -> None:
    assert asked(talk)
    reply(cast.fern, talk.thread)
    time_machine.shift(timedelta(minutes=6))
    assert not asked(talk)


def test_somebody_else_before_the_eighth_keeps_it_from_being_said(cast: Cast, time_machine: TimeMachineFixture) -> None:
    opening = start(cast.heron)
    for who in (cast.moss, cast.heron, cast.fern, cast.moss, cast.heron, cast.moss, cast.heron):
        time_machine.shift(timedelta(minutes=6))
        reply(who, opening.thread)
    time_machine.shift(timedelta(minutes=6))
    assert not asked(opening)


def test_a_talk_over_more_than_a_day_is_left_alone(cast: Cast, time_machine: TimeMachineFixture) -> None:
    opening = start(cast.heron)
    for n in range(7):
        time_machine.shift(timedelta(hours=4))
        reply(cast.moss if n % 2 == 0 else cast.heron, opening.thread)
    time_machine.shift(timedelta(minutes=20))
    assert not asked(opening)


def test_where_the_rule_is_off_nothing_is_said(cast: Cast, talk: Post) -> None:
    rule(cast, two_people_prompt=False)
    assert not asked(talk)


def test_a_network_does_not_say_it_unless_it_wants_to(cast: Cast, time_machine: TimeMachineFixture) -> None:
    opening = start(cast.teal)
    for n in range(7):
        time_machine.shift(timedelta(minutes=6))
        reply(cast.plover if n % 2 == 0 else cast.teal, opening.thread)
    time_machine.shift(timedelta(minutes=6))
    assert not asked(opening)


def test_it_is_said_no_longer_after_three_days(cast: Cast, talk: Post, time_machine: TimeMachineFixture) -> None:
    assert asked(talk)
    time_machine.shift(timedelta(days=3))
    assert (
        "Others are asked in" not in client_of(cast.heron).get(f"/c/fellside/board/{talk.thread_id}/").content.decode()
    )


def test_asked_in_again_only_after_a_day(cast: Cast, talk: Post, time_machine: TimeMachineFixture) -> None:
    assert asked(talk)
    time_machine.shift(timedelta(hours=25))
    for n in range(8):
        time_machine.shift(timedelta(minutes=6))
        reply(cast.moss if n % 2 == 0 else cast.heron, talk.thread)
    time_machine.shift(timedelta(minutes=6))
    tally_due()
    assert Notice.objects.filter(kind="two_people").count() == 4
