"""The way of a post, step by step (domain, section 6)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.queries import verify
from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.queries import board_page, own_waiting_in, thread_page
from boards.services import change_post, take_back, write_post
from people.decisions import Conflict, Refused
from tests.cast import Cast

NOON = "2026-06-10 12:00:00+01:00"
NIGHT = "2026-06-10 02:00:00+01:00"
pytestmark = pytest.mark.time_machine(NOON, tick=False)
WORRYING = "I am going to kill myself tonight"


def start(cast: Cast, by: str = "heron", text: str = "Hello all", title: str = "A quiet evening") -> Post:
    return write_post(by=cast[by], title=title, text=text, form_key=uuid4())


@pytest.mark.parametrize(("at", "minutes"), [(NOON, 5), (NIGHT, 15)])
def test_post_written_is_on_the_board_only_after_its_pause(
    cast: Cast, time_machine: TimeMachineFixture, at: str, minutes: int
) -> None:
    time_machine.move_to(at, tick=False)
    post = start(cast)
    assert (post.state, post.visible_at) == (State.ACCEPTED, clock.now() + timedelta(minutes=minutes))
    time_machine.shift(timedelta(minutes=minutes, seconds=-1))
    assert board_page(cast.moss, clock.now()).rows == []
    time_machine.shift(timedelta(seconds=1))
    assert [row.title for row in board_page(cast.moss, clock.now()).rows] == ["A quiet evening"]


def test_reply_in_its_pause_is_seen_by_its_author_alone(cast: Cast, time_machine: TimeMachineFixture) -> None:
    thread = start(cast).thread
    time_machine.shift(timedelta(minutes=6))
    reply = write_post(by=cast.moss, thread=thread, text="Hello Heron", form_key=uuid4())
    assert reply not in thread_page(thread, clock.now()).posts
    assert own_waiting_in(thread, cast.moss, clock.now()) == [reply]
    assert own_waiting_in(thread, cast.heron, clock.now()) == []


def test_change_in_the_pause_begins_it_anew_and_keeps_both_versions(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    post = start(cast)
    time_machine.shift(timedelta(minutes=4))
    changed = change_post(post=post, by=cast.heron, seen_version=1, title="A loud evening", text="Hello you")
    assert changed.visible_at == clock.now() + timedelta(minutes=5)
    assert list(PostVersion.objects.filter(post=post).order_by("number").values_list("text", flat=True)) == [
        "Hello all",
        "Hello you",
    ]


def test_change_after_the_pause_is_refused(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast)
    time_machine.shift(timedelta(minutes=5))
    with pytest.raises(Refused):
        change_post(post=post, by=cast.heron, seen_version=1, title="New", text="New")


def test_change_of_another_version_than_the_last_is_a_conflict_that_shows_the_words(cast: Cast) -> None:
    post = start(cast)
    change_post(post=post, by=cast.heron, seen_version=1, title="A", text="From the phone")
    with pytest.raises(Conflict) as caught:
        change_post(post=post, by=cast.heron, seen_version=1, title="A", text="From the library")
    assert caught.value.facts == {"text": "From the phone", "version": "2"}


def test_worrying_words_are_held_and_a_change_never_lifts_the_hold(cast: Cast) -> None:
    post = start(cast, text=WORRYING)
    assert (post.state, post.visible_at, post.urgency) == (State.HELD, None, 2)
    changed = change_post(post=post, by=cast.heron, seen_version=1, title="A", text="Only a sad day")
    assert changed.state == State.HELD


def test_words_changed_into_worrying_ones_are_held(cast: Cast) -> None:
    post = start(cast)
    assert change_post(post=post, by=cast.heron, seen_version=1, title="A", text=WORRYING).state == State.HELD


def test_post_taken_back_never_appears_and_twice_is_once(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast)
    take_back(post=post, by=cast.heron)
    assert take_back(post=post, by=cast.heron).state == State.TAKEN_BACK
    time_machine.shift(timedelta(hours=1))
    assert board_page(cast.heron, clock.now()).rows == []


def test_the_same_form_twice_is_one_post_but_other_words_are_another(cast: Cast) -> None:
    key = uuid4()
    first = write_post(by=cast.heron, title="T", text="One", form_key=key)
    assert write_post(by=cast.heron, title="T", text="One", form_key=key) == first
    assert write_post(by=cast.heron, title="T", text="Two", form_key=key) != first
    assert Post.objects.count() == 2


@pytest.mark.parametrize("who", ["finch", "hazel", "sorrel", "bramble", "thorn", "willow", "dale"])
def test_only_active_members_write(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        start(cast, by=who)


def test_everything_is_on_the_record_and_it_holds(cast: Cast) -> None:
    post = start(cast)
    take_back(post=post, by=cast.heron)
    assert verify() == []
