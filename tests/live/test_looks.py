"""What a look at open pages sends: what came due and what changed, to whom it may concern, each thing once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.live import looking
from boards.models import Change, Post
from boards.queries.feed import AT_ONCE, FeedPlace
from boards.services import take_back
from tests.cast import Cast, on_duty
from tests.live.knocking import HELLO, Looks, open_page
from tests.steps import HELD, NOON, decided, fresh, reply, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)
QUARTER = timedelta(minutes=16)


@pytest.fixture
def thread(cast: Cast, words_hold: None, time_machine: TimeMachineFixture) -> Post:
    """The opening post of a thread that has stood for an hour."""
    opening = start(cast.heron)
    time_machine.shift(timedelta(hours=1))
    return fresh(opening)


def test_a_post_comes_with_the_first_look_after_its_time_and_not_before(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    page = open_page(cast.fern, thread=thread.thread_id)
    looks = Looks(page)
    post = reply(cast.moss, thread.thread, "Only words")
    looks.look()
    assert page.posts == []
    time_machine.move_to(fresh(post).visible_at - timedelta(milliseconds=1))
    looks.look()
    assert "Only words" not in page.everything
    time_machine.move_to(fresh(post).visible_at)
    looks.look()
    assert page.posts == [post.pk]
    assert "Only words" in page.messages("post")[0]["html"]
    looks.look(whole=True)
    assert page.posts == [post.pk]


def test_a_commit_that_comes_late_is_found_within_the_overlap(cast: Cast, thread: Post) -> None:
    page = open_page(cast.fern, thread=thread.thread_id)
    looks = Looks(page)
    looks.look()
    late = clock.now() - timedelta(seconds=29)
    Change.objects.create(community=cast.fellside, thread=thread.thread, post=thread, kind="hidden", at=late)
    looks.look()
    looks.look()
    assert page.posts == [thread.pk]


def test_a_page_that_comes_back_gets_what_it_missed_in_order_and_what_it_had_within_the_overlap(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    written = []
    place = str(FeedPlace(clock.now()))
    for words in ("One", "Two", "Three"):
        written.append(reply(cast.moss, thread.thread, words).pk)
        time_machine.shift(timedelta(seconds=20))
    time_machine.shift(QUARTER)
    page = open_page(cast.fern, thread=thread.thread_id, after=place)
    Looks(page).look()
    assert page.posts == written
    place = page.messages("hello")[0]["place"]
    again = open_page(cast.fern, thread=thread.thread_id, after=place)
    Looks(again).look()
    # The last two lie within 30 seconds of its place; the client drops them by their keys.
    assert again.posts == written[1:]
    assert {m["key"] for m in again.messages("post")} <= {m["key"] for m in page.messages("post")}


def test_more_than_one_look_can_hold_is_caught_up_in_pieces(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    place = str(FeedPlace(clock.now()))
    at = clock.now() + timedelta(seconds=1)
    rows = [Post(**_copied(thread), visible_at=at + timedelta(milliseconds=n)) for n in range(2 * AT_ONCE + 5)]
    Post.objects.bulk_create(rows)
    time_machine.shift(timedelta(minutes=1))
    page = open_page(cast.fern, thread=thread.thread_id, after=place)
    Looks(page).look()
    assert page.posts == [row.pk for row in rows]
    assert page.texts[-1].count(HELLO) + page.texts[-2].count(HELLO) == 1


def _copied(post: Post) -> dict[str, object]:
    from uuid import uuid4

    same = ("community_id", "thread_id", "author_id", "state", "html", "written_at", "pause_ends_at", "changed_at")
    return {name: getattr(post, name) for name in same} | {"form_key": uuid4()}


def test_more_than_the_watch_can_hold_at_once_loses_nothing(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST", 10)
    page = open_page(cast.fern, thread=thread.thread_id)
    looks = Looks(page)
    looks.look()
    at = clock.now() + timedelta(seconds=1)
    rows = [Post(**_copied(thread), visible_at=at + timedelta(milliseconds=n)) for n in range(25)]
    Post.objects.bulk_create(rows)
    time_machine.shift(timedelta(seconds=5))
    looks.look()
    looks.look()
    assert page.posts == [row.pk for row in rows]


@pytest.mark.parametrize(
    ("verbs", "shown"), [(["hide"], "Put aside for now"), (["hide", "put_back"], "Hello all")], ids=["hidden", "back"]
)
def test_a_decision_replaces_the_post_by_what_its_page_shows(
    cast: Cast, thread: Post, verbs: list[str], shown: str
) -> None:
    page = open_page(cast.fern, thread=thread.thread_id)
    looks = Looks(page)
    looks.look()
    for verb in verbs:
        decided(thread, verb, cast.wren)
        looks.look()
    assert page.posts == [thread.pk] * len(verbs)
    last = page.messages("post")[-1]["html"]
    assert shown in last
    assert ("Hello all" in last) == (verbs[-1] == "put_back")


def test_each_reader_gets_the_post_as_their_own_page_has_it(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    readers = {key: open_page(cast[key], thread=thread.thread_id) for key in ("fern", "moss", "wren", "clover")}
    looks = Looks(*readers.values())
    post = reply(cast.moss, thread.thread, "Words of Moss")
    time_machine.shift(QUARTER)
    looks.look()
    html = {key: page.messages("post")[0]["html"] for key, page in readers.items()}
    assert html["fern"] == html["clover"]
    assert f"/c/fellside/moderation/{post.pk}/" in html["wren"]
    assert all(f"/moderation/{post.pk}/" not in html[key] for key in ("fern", "moss", "clover"))
    assert [key for key, page in readers.items() if page.messages("post")[0]["own"]] == ["moss"]


@pytest.mark.parametrize("state", ["pause", "held", "returned", "taken_back_held", "removed_from_hold"])
@pytest.mark.parametrize("page", ["counts", "front", "board", "thread", "queue"])
def test_no_words_that_wait_are_ever_on_a_socket_but_their_authors(
    cast: Cast, thread: Post, bring: Callable[..., Post], state: str, page: str
) -> None:
    readers = [cast.wren, cast.ash] if page == "queue" else [cast.fern, cast.wren, cast.rowan, cast.linden]
    pages = [open_page(reader, page, thread.thread_id if page == "thread" else None) for reader in readers]
    looks = Looks(*pages)
    looks.look()
    bring(state, cast.heron, text="CANARY-text", title="CANARY-title")
    bring(state, cast.moss, text="CANARY-text", thread=thread.thread)
    looks.look(whole=True, hinted=frozenset({cast.fellside.pk}))
    looks.look(whole=True)
    assert not [one for one in pages if "CANARY" in one.everything]
    assert all(one.texts for one in pages)


@pytest.mark.parametrize("state", ["hidden", "removed"])
def test_words_taken_off_the_board_are_on_no_socket_that_asks_afterwards(
    cast: Cast, thread: Post, bring: Callable[..., Post], state: str
) -> None:
    place = str(FeedPlace(clock.now()))
    post = bring(state, cast.moss, text="CANARY-text", thread=thread.thread)
    page = open_page(cast.fern, thread=thread.thread_id, after=place)
    Looks(page).look(whole=True)
    assert set(page.posts) == {post.pk}
    assert "CANARY" not in page.everything


def test_ones_own_post_leaves_the_waiting_part_as_it_appears(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    page = open_page(cast.moss, thread=thread.thread_id)
    looks = Looks(page)
    looks.look(whole=True)
    reply(cast.moss, thread.thread, "Mine alone")
    looks.look(whole=True)
    assert "Mine alone" in page.part("own-waiting-posts")
    time_machine.shift(QUARTER)
    looks.look()
    assert "Mine alone" not in page.part("own-waiting-posts")
    assert "Mine alone" in page.messages("post")[-1]["html"]


def test_counts_follow_notices_waiting_and_the_queue(cast: Cast, thread: Post) -> None:
    on_duty(cast.wren)
    pages = {key: open_page(cast[key], "counts") for key in ("wren", "heron", "fern")}
    looks = Looks(*pages.values())
    looks.look(whole=True)
    mine = start(cast.heron, HELD)
    looks.look(hinted=frozenset({cast.fellside.pk}))
    counted = {key: page.messages("counts")[-1] for key, page in pages.items()}
    assert (counted["wren"]["notices"], counted["wren"]["moderation"], counted["wren"]["waiting"]) == (1, 1, 0)
    assert (counted["heron"]["waiting"], counted["heron"]["moderation"]) == (1, 0)
    assert (counted["fern"]["notices"], counted["fern"]["waiting"], counted["fern"]["moderation"]) == (0, 0, 0)
    take_back(post=mine, by=cast.heron)
    looks.look(whole=True)
    assert pages["heron"].messages("counts")[-1]["waiting"] == 0
    assert len(pages["fern"].messages("counts")) == 1


def test_front_page_and_list_show_a_new_thread_and_its_answer(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    front, board = open_page(cast.fern, "front"), open_page(cast.clover, "board")
    looks = Looks(front, board)
    looks.look(whole=True)
    new = start(cast.moss, title="Something quite new")
    time_machine.shift(QUARTER)
    looks.look()
    assert front.part("front-parts").count("Something quite new") == 2
    assert "Something quite new" in board.part("board-rows")
    reply(cast.clover, new.thread)
    time_machine.shift(QUARTER)
    looks.look()
    assert front.part("front-parts").count("Something quite new") == 1


def test_queue_follows_what_is_held_and_a_first_voice(cast: Cast, thread: Post) -> None:
    page = open_page(cast.wren, "queue")
    looks = Looks(page)
    looks.look(whole=True)
    held = start(cast.heron, HELD)
    looks.look(whole=True)
    assert "A post by Heron is held" in page.part("queue-parts")
    decided(held, "remove", cast.ash)
    looks.look(whole=True)
    assert "One of two has decided" in page.part("queue-parts")
    decided(held, "release", cast.juniper)
    looks.look(whole=True)
    assert "Heron" not in page.part("queue-parts")


def test_a_page_is_brought_up_to_date_by_the_same_words_as_a_reload(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    from tests.cast import client_of

    page = open_page(cast.fern, thread=thread.thread_id)
    board = open_page(cast.fern, "board")
    looks = Looks(page, board)
    looks.look(whole=True)
    reply(cast.moss, thread.thread, "Fresh words")
    time_machine.shift(QUARTER)
    looks.look(whole=True)
    client = client_of(cast.fern)
    loaded = _flat(client.get(f"/c/fellside/board/{thread.thread_id}/").content.decode())
    assert _flat(page.messages("post")[-1]["html"]) in loaded


def _flat(html: str) -> str:
    return " ".join(html.split())


def test_looks_cost_the_same_few_queries_for_any_number_of_pages(
    cast: Cast, thread: Post, time_machine: TimeMachineFixture
) -> None:
    def cost(pages: int) -> tuple[int, int]:
        readers = [cast[key] for key in ("fern", "moss", "clover", "linden")]
        looks = Looks(*(open_page(readers[n % 4], thread=thread.thread_id) for n in range(pages)))
        looks.look(whole=True)
        reply(cast.wren, thread.thread, f"For {pages}")
        time_machine.shift(QUARTER)
        return spent(looks.look), spent(lambda: looks.look(whole=True))

    few = cost(2)
    assert cost(40) == few
    assert few == (7, 6)


def spent(act: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)
