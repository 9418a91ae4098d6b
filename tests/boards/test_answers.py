"""Who is told of an answer, and when: not before it is on the board, not if it never comes there, once until seen."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.models import Post
from boards.services import change_post, mute_author, mute_thread, take_back
from communities.models import Membership
from moderation.services import change_standing
from notices import kinds, queries
from notices.models import Notice, Outgoing
from notices.services import mark_all_seen
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, decided, fresh, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.django_db]
Time = TimeMachineFixture
PAUSE = timedelta(minutes=5)


def told(member: Membership) -> int:
    """How many new notices this member can see now."""
    return queries.count_new(member.person, clock.now())


def still_goes(member: Membership) -> list[bool]:
    """Whether each mail about an answer to this member may still go."""
    question = kinds.get("answer").still_wanted
    return [question(notice) for notice in Notice.objects.filter(person=member.person, kind="answer").order_by("pk")]


@pytest.fixture
def opening(cast: Cast, words_hold: None, time_machine: Time) -> Post:
    """A thread that Heron has begun, on the board."""
    post = start(cast.heron)
    time_machine.shift(PAUSE)
    return post


def test_who_began_the_thread_is_told_from_the_moment_the_answer_is_on_the_board(
    cast: Cast, opening: Post, time_machine: Time
) -> None:
    post = reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE - timedelta(seconds=1))
    assert told(cast.heron) == 0
    time_machine.shift(timedelta(seconds=1))
    assert told(cast.heron) == 1
    notice = Notice.objects.get(kind="answer")
    assert (notice.due_at, notice.outgoing.due_at) == (post.visible_at, post.visible_at)
    assert notice.path == f"/c/fellside/board/{opening.thread_id}/"
    assert told(cast.moss) == told(cast.fern) == 0


def test_who_has_written_in_it_is_told_too_and_nobody_of_themselves(
    cast: Cast, opening: Post, time_machine: Time
) -> None:
    reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE)
    reply(cast.heron, opening.thread)
    time_machine.shift(PAUSE)
    assert (told(cast.moss), told(cast.heron)) == (1, 1)


def test_one_unseen_notice_for_a_thread_is_enough_and_the_next_comes_once_it_is_seen(
    cast: Cast, opening: Post, time_machine: Time
) -> None:
    for _ in range(3):
        reply(cast.moss, opening.thread)
        time_machine.shift(PAUSE)
    assert told(cast.heron) == 1
    mark_all_seen(person=cast.heron.person, now=clock.now())
    reply(cast.fern, opening.thread)
    time_machine.shift(PAUSE)
    assert told(cast.heron) == 1


def test_reading_the_thread_is_seeing_it(cast: Cast, opening: Post, time_machine: Time) -> None:
    reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE)
    client_of(cast.heron).get(f"/c/fellside/board/{opening.thread_id}/")
    assert told(cast.heron) == 0


def test_an_answer_that_is_taken_back_was_never_told(cast: Cast, opening: Post, time_machine: Time) -> None:
    post = reply(cast.moss, opening.thread)
    take_back(post=post, by=cast.moss)
    time_machine.shift(PAUSE)
    assert told(cast.heron) == 0
    assert still_goes(cast.heron) == [False]


def test_a_changed_answer_is_told_when_the_new_words_appear(cast: Cast, opening: Post, time_machine: Time) -> None:
    post = reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE / 2)
    change_post(post=post, by=cast.moss, seen_version=1, text="Other words")
    time_machine.shift(PAUSE / 2)
    assert told(cast.heron) == 0
    time_machine.shift(PAUSE / 2)
    assert told(cast.heron) == 1


def test_an_answer_changed_into_a_hold_is_told_when_it_is_released(
    cast: Cast, opening: Post, time_machine: Time
) -> None:
    post = reply(cast.moss, opening.thread)
    post = change_post(post=post, by=cast.moss, seen_version=1, text=HELD)
    time_machine.shift(timedelta(hours=1))
    assert told(cast.heron) == 0
    decided(post, "release", cast.wren)
    assert told(cast.heron) == 1


def test_a_held_answer_that_is_returned_is_told_nobody(cast: Cast, opening: Post, time_machine: Time) -> None:
    post = reply(cast.moss, opening.thread, HELD)
    assert not Notice.objects.filter(kind="answer").exists()
    decided(post, "return", cast.wren)
    assert not Notice.objects.filter(kind="answer").exists()


def test_an_answer_that_is_hidden_is_told_no_more_and_putting_it_back_tells_nobody_again(
    cast: Cast, opening: Post, time_machine: Time
) -> None:
    post = reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE)
    decided(post, "hide", cast.wren)
    assert told(cast.heron) == 0
    assert still_goes(cast.heron) == [False]
    decided(fresh(post), "put_back", cast.ash)
    assert told(cast.heron) == 0


def test_an_answer_that_goes_makes_way_for_the_next_one(cast: Cast, opening: Post, time_machine: Time) -> None:
    first = reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE / 2)
    second = reply(cast.fern, opening.thread)
    take_back(post=first, by=cast.moss)
    notice = Notice.objects.unseen().get(kind="answer", person=cast.heron.person)
    assert notice.due_at == second.visible_at


def test_a_suspension_that_holds_what_waits_takes_its_notice_along(
    cast: Cast, opening: Post, time_machine: Time
) -> None:
    reply(cast.moss, opening.thread)
    change_standing(
        membership=cast.moss,
        verb="suspend",
        by="two",
        suspended_from="board",
        suspended_until=clock.now() + timedelta(days=2),
    )
    time_machine.shift(PAUSE)
    assert told(cast.heron) == 0


def test_who_has_muted_the_thread_or_the_author_is_not_told(cast: Cast, opening: Post, time_machine: Time) -> None:
    first = reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE)
    reply(cast.fern, opening.thread)
    time_machine.shift(PAUSE)
    for member in (cast.heron, cast.moss, cast.fern):
        mark_all_seen(person=member.person, now=clock.now())
    mute_author(by=cast.heron, post=first)
    mute_thread(by=cast.fern, thread=opening.thread)
    reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE)
    assert (told(cast.heron), told(cast.fern)) == (0, 0)


def test_a_mute_or_a_suspension_that_came_meanwhile_stops_the_mail(
    cast: Cast, opening: Post, time_machine: Time
) -> None:
    reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE)
    assert still_goes(cast.heron) == [True]
    mute_thread(by=cast.heron, thread=opening.thread)
    assert still_goes(cast.heron) == [False]


def test_who_can_no_longer_read_the_board_gets_no_mail(cast: Cast, opening: Post, time_machine: Time) -> None:
    reply(cast.moss, opening.thread)
    time_machine.shift(PAUSE)
    change_standing(membership=cast.heron, verb="leave", by="heron")
    assert still_goes(cast.heron) == [False]


def test_one_more_to_tell_costs_no_more_queries(
    cast: Cast, opening: Post, time_machine: Time, django_assert_max_num_queries: object
) -> None:
    for member in (cast.fern, cast.clover, cast.rowan, cast.linden, cast.wren, cast.ash):
        reply(member, opening.thread)
        time_machine.shift(PAUSE)
    for member in (cast.heron, cast.fern, cast.clover, cast.rowan, cast.linden, cast.wren, cast.ash):
        mark_all_seen(person=member.person, now=clock.now())
    client = client_of(cast.moss)
    form = {"text": "Hello", "form_key": "7d9a3a0e-56a5-4d2c-8f5e-0c0b9d1d7f11"}
    with django_assert_max_num_queries(24):  # twenty, and the transaction's own frame
        client.post(f"/c/fellside/board/{opening.thread_id}/", form)
    assert Notice.objects.unseen().filter(kind="answer").count() == 7
    assert Outgoing.objects.waiting().filter(notice__kind="answer", due_at__gt=clock.now()).count() == 7
