"""What is new to a reader: unread marks, "new since you were here", and marks that never go back."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from time_machine import TimeMachineFixture

import boards.queries.thread
import clock
from boards.lifecycle import State
from boards.models import Post, ReadMark, Thread
from boards.queries import Place, mark_of, new_in, place_of, threads_with_new
from boards.services import mark_all_read, mark_read
from communities.models import Membership
from people.decisions import Refused
from tests.at_once import at_once
from tests.boards.test_how_many_queries import spent
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, decided, fresh, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
LATER = timedelta(minutes=6)
BOARD = "/c/fellside/board/"


def new_to(reader: Membership, thread: Thread) -> int:
    return new_in(reader, [thread.pk], clock.now())[0][thread.pk].posts


def read(reader: Membership, thread: Thread, query: str = "", **headers: str) -> str:
    return client_of(reader).get(f"{BOARD}{thread.pk}/{query}", headers=headers).content.decode()


@pytest.fixture
def talk(cast: Cast, time_machine: TimeMachineFixture) -> Thread:
    """A thread of Heron's with one answer, both on the board."""
    thread = start(cast.heron, title="Tea").thread
    time_machine.shift(LATER)
    reply(cast.moss, thread, "First answer")
    time_machine.shift(LATER)
    return thread


def test_lists_and_front_page_say_how_much_is_new_and_reading_takes_it_away(cast: Cast, talk: Thread) -> None:
    fern = client_of(cast.fern)
    for path in (BOARD, "/c/fellside/"):
        assert "2 new" in fern.get(path).content.decode()
    assert "In 1 thread there is something new for you." in fern.get("/c/fellside/").content.decode()
    read(cast.fern, talk)
    for path in (BOARD, "/c/fellside/"):
        page = fern.get(path).content.decode()
        assert not re.search(r">\d\+? new<", page)
        assert "something new for you" not in page


def test_own_words_are_never_new_to_oneself(cast: Cast, talk: Thread) -> None:
    assert new_to(cast.heron, talk) == 1
    assert new_to(cast.moss, talk) == 1
    assert new_to(cast.fern, talk) == 2


def test_what_still_waits_is_not_new_and_is_once_it_appears(
    cast: Cast, talk: Thread, time_machine: TimeMachineFixture
) -> None:
    read(cast.fern, talk)
    reply(cast.moss, talk, "Second answer")
    assert new_to(cast.fern, talk) == 0
    time_machine.shift(LATER)
    assert new_to(cast.fern, talk) == 1
    assert threads_with_new(cast.fern, clock.now()) == 1


def test_post_released_late_is_new_though_it_was_written_before_what_was_read(
    cast: Cast, talk: Thread, time_machine: TimeMachineFixture
) -> None:
    held = reply(cast.moss, talk, HELD)
    reply(cast.clover, talk, "Afterwards")
    time_machine.shift(LATER)
    read(cast.fern, talk)
    assert new_to(cast.fern, talk) == 0
    time_machine.shift(LATER)
    decided(held, "release", cast.wren)
    assert new_to(cast.fern, talk) == 1
    page = read(cast.fern, talk)
    assert page.index("Afterwards") < page.index("New since you were here") < page.index(f'id="post-{held.pk}"')


def test_hidden_post_is_not_new_and_put_back_it_is_where_it_was(cast: Cast, talk: Thread) -> None:
    answer = Post.objects.get(thread=talk, is_opening=False)
    decided(answer, "hide", cast.wren)
    assert new_to(cast.fern, talk) == 1
    decided(answer, "put_back", cast.wren)
    assert new_to(cast.fern, talk) == 2
    read(cast.fern, talk)
    decided(answer, "hide", cast.wren)
    decided(answer, "put_back", cast.wren)
    assert new_to(cast.fern, talk) == 0


@pytest.mark.parametrize("header", ["sec-purpose", "purpose", "x-moz"])
def test_page_fetched_ahead_marks_nothing(cast: Cast, talk: Thread, header: str) -> None:
    read(cast.fern, talk, **{header: "prefetch;prerender"})
    assert mark_of(cast.fern, talk.pk) is None


def test_head_and_a_form_that_comes_back_mark_nothing(cast: Cast, talk: Thread) -> None:
    client_of(cast.fern).head(f"{BOARD}{talk.pk}/")
    answer = client_of(cast.fern).post(f"{BOARD}{talk.pk}/", {"text": ""})
    assert answer.status_code == 200
    assert mark_of(cast.fern, talk.pk) is None


def test_first_visit_has_no_line_and_the_next_one_has_it_before_the_first_new_post(
    cast: Cast, talk: Thread, time_machine: TimeMachineFixture
) -> None:
    first = read(cast.fern, talk)
    assert "Go to the first new one" not in first
    reply(cast.fern, talk, "Mine")
    reply(cast.moss, talk, "Theirs")
    time_machine.shift(LATER)
    page = read(cast.fern, talk)
    assert page.index("Mine") < page.index('id="new"') < page.index("Theirs")
    assert 'href="#new"' in page
    assert 'id="new"' not in read(cast.fern, talk)


def test_way_to_the_first_new_post_leads_to_its_page(
    cast: Cast, talk: Thread, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards.queries.thread, "POSTS_A_PAGE", 2)
    read(cast.fern, talk)
    for word in ("Third", "Fourth", "Fifth"):
        reply(cast.moss, talk, word)
        time_machine.shift(LATER)
    page = read(cast.fern, talk)
    assert 'id="new"' not in page
    (way,) = re.findall(r'href="(\?after=[^"]*)#new"', page)
    there = read(cast.fern, talk, way.replace("&amp;", "&"))
    assert there.index('id="new"') < there.index("Third") < there.index("Fourth")
    assert new_to(cast.fern, talk) == 1
    # From the last page, whose posts are all new, the way leads back.
    later = re.findall(r'href="(\?after=[^"]*)" rel="next"', there)[0].replace("&amp;", "&")
    ReadMark.objects.all().delete()
    mark_read(cast.fern, talk, place_of(Post.objects.filter(thread=talk).order_by("visible_at")[1]))
    back = read(cast.fern, talk, later)
    assert 'id="new"' not in back
    assert way in back


def test_more_than_nine_new_are_said_as_such(cast: Cast, talk: Thread, time_machine: TimeMachineFixture) -> None:
    for n in range(9):
        reply(cast.moss, talk, f"Answer {n}")
    time_machine.shift(LATER)
    assert new_to(cast.fern, talk) == 10
    assert "9+ new" in client_of(cast.fern).get(BOARD).content.decode()


def test_what_was_written_before_somebody_joined_is_not_new_to_them(cast: Cast, talk: Thread) -> None:
    cast.clover.joined_at = clock.now()
    cast.clover.save()
    assert new_to(cast.clover, talk) == 0
    assert threads_with_new(cast.clover, clock.now()) == 0


def test_everything_can_be_marked_as_read_with_one_button(
    cast: Cast, talk: Thread, time_machine: TimeMachineFixture
) -> None:
    fern = client_of(cast.fern)
    assert "Mark everything as read" in fern.get(f"{BOARD}read/").content.decode()
    assert new_to(cast.fern, talk) == 2
    assert fern.post(f"{BOARD}read/").status_code == 302
    assert new_to(cast.fern, talk) == 0
    assert threads_with_new(cast.fern, clock.now()) == 0
    assert new_to(cast.clover, talk) == 2
    reply(cast.moss, talk, "Afterwards")
    time_machine.shift(LATER)
    assert new_to(cast.fern, talk) == 1


def test_mark_never_goes_back(cast: Cast, talk: Thread) -> None:
    places = [place_of(post) for post in Post.objects.filter(thread=talk).order_by("visible_at", "pk")]
    for place in (places[1], places[0]):
        mark_read(cast.fern, talk, place)
    assert mark_of(cast.fern, talk.pk) == places[1]


def test_place_in_the_time_to_come_counts_as_now(cast: Cast, talk: Thread) -> None:
    mark_read(cast.fern, talk, Place(clock.now() + timedelta(days=900), 1))
    assert mark_of(cast.fern, talk.pk) == Place(clock.now(), 1)


def test_nobody_marks_in_another_community_nor_without_the_board(cast: Cast, talk: Thread) -> None:
    place = place_of(Post.objects.filter(thread=talk)[0])
    for outsider in (cast.teal, cast.pebble, cast.bramble, cast.dale, cast.finch):
        with pytest.raises(Refused):
            mark_read(outsider, talk, place)
    with pytest.raises(Refused):
        mark_all_read(by=cast.bramble)
    assert new_in(cast.teal, [talk.pk], clock.now()) == ({}, new_in(cast.teal, [], clock.now())[1])


def test_first_reading_of_what_is_new_keeps_to_ten_queries_and_marks_with_one(cast: Cast, talk: Thread) -> None:
    client = client_of(cast.fern)
    client.get(BOARD)
    queries = spent(partial(client.get, f"{BOARD}{talk.pk}/"))
    assert len(queries) <= 10, queries
    assert sum("INSERT INTO boards_readmark" in query for query in queries) == 1


@pytest.mark.parametrize("reader", ["fern", "moss"])
def test_many_things_read_are_not_written_again(cast: Cast, talk: Thread, reader: str) -> None:
    client = client_of(cast[reader])
    client.get(f"{BOARD}{talk.pk}/")
    with Writes() as written:
        client.get(f"{BOARD}{talk.pk}/")
    assert written == []


class Writes:
    """The statements within that write a mark."""

    def __enter__(self) -> list[str]:
        self.found: list[str] = []
        self.wrapped = connection.execute_wrapper(self._look)
        self.wrapped.__enter__()
        return self.found

    def __exit__(self, *args: object) -> None:
        self.wrapped.__exit__(*args)

    def _look(self, execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        if "INSERT INTO boards_readmark" in sql:
            self.found.append(sql)
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_many_pages_of_one_reader_at_once_leave_the_furthest_mark(cast: Cast) -> None:
    thread = start(cast.heron).thread
    now = clock.now()
    places = [Place(now - timedelta(minutes=n), n) for n in range(1, 9)]
    for _ in range(5):
        ReadMark.objects.all().delete()
        done = at_once(*(partial(mark_read, cast.fern, thread, place, now) for place in places))
        assert done == [None] * len(places)
        assert mark_of(cast.fern, thread.pk) == places[0]


def test_without_its_condition_a_mark_goes_back(cast: Cast, talk: Thread, monkeypatch: pytest.MonkeyPatch) -> None:
    from boards.services import reading

    blind = reading.FORWARD.partition("WHERE")[0]
    monkeypatch.setattr(reading, "FORWARD", blind)
    places = [place_of(post) for post in Post.objects.filter(thread=talk).order_by("visible_at", "pk")]
    for place in (places[1], places[0]):
        mark_read(cast.fern, talk, place)
    assert mark_of(cast.fern, talk.pk) == places[0]


def test_erased_post_is_not_new(cast: Cast, talk: Thread) -> None:
    answer = Post.objects.get(thread=talk, is_opening=False)
    Post.objects.filter(pk=answer.pk).update(state=State.ERASED, text="", html="")
    assert fresh(answer).state == State.ERASED
    assert new_to(cast.fern, talk) == 1
