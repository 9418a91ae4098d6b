"""The feed (domain, section 6): what appeared and what changed, by (at, kind, id), asked again with an overlap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from boards.models import Change, Post
from boards.queries.feed import AT_ONCE, OVERLAP, FeedPlace, feed_since
from tests.cast import Cast
from tests.steps import NOON, decided, fresh, reply, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)
QUARTER = timedelta(minutes=16)


def kinds(cast: Cast, place: FeedPlace) -> list[str]:
    return [entry.kind for entry in feed_since(cast.fern, None, place, clock.now())]


def test_feed_tells_what_became_of_a_post_in_the_order_it_did(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    begin = FeedPlace(clock.now())
    post = start(cast.heron)
    time_machine.shift(QUARTER)
    for verb in ("hide", "put_back", "hide"):
        decided(post, verb, cast.wren)
        time_machine.shift(timedelta(minutes=1))
    for one in (cast.wren, cast.ash):
        decided(post, "remove", one)
    assert kinds(cast, begin) == ["appeared", "hidden", "back", "hidden", "removed"]


def test_feed_is_silent_about_a_post_until_its_time(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    begin = FeedPlace(clock.now())
    post = start(cast.heron)
    assert kinds(cast, begin) == []
    time_machine.move_to(fresh(post).visible_at)
    assert kinds(cast, begin) == ["appeared"]


@pytest.mark.parametrize("state", ["pause", "held", "returned", "taken_back", "removed_from_hold", "erased"])
def test_feed_never_tells_of_a_post_that_had_no_place(cast: Cast, bring: Callable[..., Post], state: str) -> None:
    begin = FeedPlace(clock.now())
    bring(state, cast.heron)
    assert kinds(cast, begin) == []


def test_feed_orders_the_same_moment_by_kind_and_number(cast: Cast) -> None:
    now = clock.now()
    first, second = (start(cast.heron) for _ in range(2))
    Post.objects.update(visible_at=now)
    for post, kind in ((second, "hidden"), (first, "back"), (first, "hidden")):
        Change.objects.create(community=cast.fellside, thread_id=post.thread_id, post=post, kind=kind, at=now)
    found = feed_since(cast.fern, None, FeedPlace(now - OVERLAP), now)
    assert found == sorted(found)
    assert [(entry.kind, entry.post_id) for entry in found] == [
        ("appeared", first.pk),
        ("appeared", second.pk),
        ("back", first.pk),
        ("hidden", second.pk),
        ("hidden", first.pk),
    ]
    # From any place in it, exactly the rest.
    for at, entry in enumerate(found):
        assert feed_since(cast.fern, None, entry.place, now) == found[at + 1 :]


def test_feed_is_cut_at_its_bound_and_goes_on_from_there(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron)
    time_machine.shift(QUARTER)
    at = clock.now()
    rows = [
        Change(community=cast.fellside, thread_id=post.thread_id, post=post, kind="hidden", at=at)
        for _ in range(AT_ONCE + 30)
    ]
    Change.objects.bulk_create(rows)
    begin = FeedPlace(at - QUARTER)
    first = feed_since(cast.fern, None, begin, clock.now())
    rest = feed_since(cast.fern, None, first[-1].place, clock.now())
    assert (len(first), len(rest)) == (AT_ONCE, 31)
    assert len({entry.key for entry in [*first, *rest]}) == AT_ONCE + 31


def test_feed_of_a_thread_is_its_own_and_of_a_community_only_its(cast: Cast, time_machine: TimeMachineFixture) -> None:
    begin = FeedPlace(clock.now())
    here, other, elsewhere = start(cast.heron), start(cast.moss), start(cast.teal)
    time_machine.shift(QUARTER)
    answer = reply(cast.fern, here.thread)
    time_machine.shift(QUARTER)
    now = clock.now()
    assert [entry.post_id for entry in feed_since(cast.fern, here.thread, begin, now)] == [here.pk, answer.pk]
    assert {entry.post_id for entry in feed_since(cast.fern, None, begin, now)} == {here.pk, other.pk, answer.pk}
    assert feed_since(cast.fern, elsewhere.thread, begin, now) == []


@pytest.mark.parametrize("key", ["finch", "hazel", "sorrel", "bramble", "thorn", "dale"])
def test_feed_is_missing_to_whoever_reads_no_board(cast: Cast, key: str) -> None:
    with pytest.raises(Http404):
        feed_since(cast[key], None, FeedPlace(clock.now()), clock.now())


@pytest.mark.parametrize(
    "written",
    ["", "x", "-5", "9" * 40, "٣", "12,hidden,3", "1781089200000000,nonsense,1", "1781089200000000,hidden,x", ",,"],
)
def test_place_that_is_none_is_now_or_its_bare_moment(written: str) -> None:
    now = clock.now()
    place = FeedPlace.read(written, now=now)
    assert place.at <= now
    assert place.kind == ""


def test_place_reads_what_it_wrote() -> None:
    now = clock.now()
    place = FeedPlace(now - timedelta(microseconds=1), "hidden", 17)
    assert FeedPlace.read(str(place), now=now) == place
    assert FeedPlace.read(str(FeedPlace(now + timedelta(days=1))), now=now) == FeedPlace(now)


@pytest.mark.postgres_only
def test_feed_walks_along_indexes(cast: Cast, django_assert_num_queries: Callable[..., object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from peernet.demo.large import Size, fill_large

    fill_large(Size(members=30, threads=100, posts=5_000), clock.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE boards_post, boards_change")
    with CaptureQueriesContext(connection) as captured:
        feed_since(cast.fern, None, FeedPlace(clock.now() - OVERLAP), clock.now())
    plans = []
    for query in list(captured):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
    assert len(plans) == 2
    assert not any("Seq Scan on boards_post" in plan for plan in plans), plans
