"""Search in what one may read: what it finds, and what it must never show (domain, 5; safety checks 1.5, 1.7)."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from boards import index
from boards.excerpts import excerpt
from boards.models import Post, PostWords, Thread
from boards.plain_words import words_of
from boards.queries import Place, asked_for, new_in, search_posts
from boards.services import erase_due, mute_author, mute_thread, mute_word, take_back, write_post
from boards.stop_words import STOP_WORDS
from communities.models import Community, Membership
from peernet.demo.large import Size, fill_large
from peernet.embedded import access_log
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, changed, decided, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
LATER = timedelta(minutes=16)
SEARCH = "/c/fellside/search/"


def found(by: Membership, words: str) -> list[Post]:
    return search_posts(by, asked_for(words).words, clock.now()).posts


def page(by: Membership, words: str) -> str:
    return client_of(by).get(SEARCH, {"q": words}).content.decode()


@pytest.fixture
def board(cast: Cast, time_machine: TimeMachineFixture) -> list[Post]:
    """A thread about a kettle with two answers."""
    opening = start(cast.heron, "I was walking by the river with my **kettle**.", title="The river café")
    time_machine.shift(LATER)
    answers = [reply(cast.moss, opening.thread, text) for text in ("The river is high.", "Nothing about water")]
    time_machine.shift(LATER)
    return [opening, *answers]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kettle", [0]),
        ("KETTLE", [0]),
        ("kettles", [0]),
        ("walk", [0]),
        ("walked kettle", [0]),
        ("cafe", [0]),
        ("café", [0]),
        ("river", [1, 0]),
        ("the river", [1, 0]),
        ("river high", [1]),
        ("river -high", [1]),
        ("“river”", [1, 0]),
        ("ocean", []),
        ("river ocean", []),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_endings(
    cast: Cast, board: list[Post], words: str, expected: list[int]
) -> None:
    assert found(cast.fern, words) == [board[n] for n in expected]


ODD = (
    "",
    "   ",
    "the and of",
    "👀",
    "!?*",
    '"',
    "'",
    "\\",
    "a:b",
    "kettle:*",
    "NEAR(kettle river)",
    "kettle AND",
    "OR OR",
    "NOT kettle",
    "words : kettle",
    "community:c1",
    "c1",
    "1/",
    "1/8/0",
    "(kettle",
    "kettle)",
    "^kettle",
    "kettle | river",
    "kettle & river",
    "!kettle",
    "<->",
    "' OR 1=1 --",
    "%",
    "%s %(words)s",
    "{n}",
    "a\0b",
    "\ud7ff",
    "ﷺ" * 40,
    "क्षेत्र",
    "漢字",
    "x" * 200,
    "x" * 10_000,
    "word " * 39,
    " ".join(f"w{n}" for n in range(30)),
)


@pytest.mark.parametrize("words", ODD, ids=lambda words: repr(words[:20]))
def test_odd_words_get_a_clear_answer(cast: Cast, board: list[Post], words: str) -> None:
    answer = client_of(cast.fern).get(SEARCH, {"q": words})
    assert answer.status_code == 200
    said = answer.content.decode()
    if words.strip() and not asked_for(words).trouble:
        assert "Nothing found" in said or "the newest first" in said
    elif words.strip():
        assert 'id="q_error"' in said
    else:
        assert 'id="q_error"' not in said
        assert "Nothing found" not in said


def test_raw_bytes_in_the_address_get_a_clear_answer(cast: Cast) -> None:
    for raw in ("%ff%fe", "%ed%a0%80", "%00", "+", "a&q=b&before=x", "x&before=2026-06-10T11:00:00%2B00:00,99"):
        assert client_of(cast.fern).get(f"{SEARCH}?q={raw}").status_code == 200


@pytest.mark.parametrize("state", ["pause", "held", "returned", "taken_back", "taken_back_held", "released_in_pause"])
@pytest.mark.parametrize("asks", ["fern", "heron", "wren"])
def test_what_never_came_to_the_board_is_never_found(
    cast: Cast, bring: Callable[..., Post], state: str, asks: str
) -> None:
    bring(state, cast.heron, "CanaryWords", "CanaryTitle")
    for words in ("CanaryWords", "CanaryTitle"):
        assert found(cast[asks], words) == []
        assert bare(page(cast[asks], words)) == bare(page(cast[asks], "nevermore")).replace("nevermore", words)


@pytest.mark.parametrize("state", ["hidden", "hidden_a_day", "removed", "removed_from_hold", "erased"])
@pytest.mark.parametrize("asks", ["fern", "heron", "wren"])
def test_what_has_gone_from_the_board_is_never_found(
    cast: Cast, bring: Callable[..., Post], state: str, asks: str
) -> None:
    bring(state, cast.heron, "CanaryWords", "CanaryTitle")
    for words in ("CanaryWords", "CanaryTitle"):
        assert found(cast[asks], words) == []
        assert bare(page(cast[asks], words)) == bare(page(cast[asks], "nevermore")).replace("nevermore", words)


def bare(said: str) -> str:
    return "\n".join(line for line in said.splitlines() if "csrfmiddlewaretoken" not in line)


def test_title_of_a_hidden_opening_is_not_shown_with_its_answers(cast: Cast, board: list[Post]) -> None:
    decided(board[0], "hide", cast.wren)
    said = page(cast.fern, "river")
    assert "café" not in said
    assert "A post that was put aside" in said
    decided(board[0], "put_back", cast.wren)
    assert "café" in page(cast.fern, "river")


def test_post_is_found_from_the_moment_it_appears_and_not_before(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, "kettle")
    time_machine.move_to(post.visible_at - timedelta(milliseconds=1), tick=False)
    assert found(cast.fern, "kettle") == []
    time_machine.move_to(post.visible_at, tick=False)
    assert found(cast.fern, "kettle") == [post]


def test_changed_post_is_found_by_its_new_words_only(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, "kettle")
    changed(post, cast.heron, "teapot")
    time_machine.shift(LATER)
    assert (found(cast.fern, "kettle"), found(cast.fern, "teapot")) == ([], [post])


def test_released_post_is_found(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, f"kettle {HELD}")
    assert not PostWords.objects.exists()
    decided(post, "release", cast.wren)
    time_machine.shift(LATER)
    assert found(cast.fern, "kettle") == [post]


def test_another_community_finds_nothing(cast: Cast, board: list[Post], time_machine: TimeMachineFixture) -> None:
    own = start(cast.teal, "kettle on the other side")
    time_machine.shift(LATER)
    assert found(cast.teal, "kettle") == [own]
    # The same person in both: each address shows its own community.
    assert found(cast.pebble, "kettle") == [own]
    assert found(cast.moss, "kettle") == [board[0]]
    assert client_of(cast.teal).get(SEARCH, {"q": "kettle"}).status_code == 404
    here = client_of(cast.teal).get("/c/riverside/search/", {"q": "kettle"}).content.decode()
    assert "Heron" not in here


@pytest.mark.parametrize("key", ["bramble", "thorn", "hazel", "sorrel", "finch", "dale", "willow"])
def test_whoever_may_not_read_the_board_may_not_search_it(cast: Cast, board: list[Post], key: str) -> None:
    with pytest.raises(Http404):
        found(cast[key], "kettle")
    assert client_of(cast[key]).get(SEARCH, {"q": "kettle"}).status_code == 404


def test_only_accepted_posts_have_words_in_the_index(cast: Cast, bring: Callable[..., Post]) -> None:
    for state in ("held", "returned", "taken_back", "hidden", "removed", "board", "erased"):
        bring(state, cast.heron, "kettle", "Tea")
    accepted = Post.objects.filter(state="accepted").values_list("pk", flat=True)
    assert set(PostWords.objects.values_list("rowid", flat=True)) == set(accepted)


def stored() -> str:
    """Everything that the index's own tables hold."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("boards_postwords")]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows += [value for row in cursor.fetchall() for value in row]
    return " ".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in rows)


@pytest.mark.parametrize("others", [0, 30])
def test_forgotten_words_stay_nowhere_in_the_index(cast: Cast, others: int) -> None:
    posts = [start(cast.heron, f"zqkettle and word{n}") for n in range(others)]
    post = start(cast.heron, "xjcanary and a teapot")
    posts += [start(cast.heron, f"zqkettle and word{n}") for n in range(others)]
    assert "xjcanari" in stored() or "xjcanary" in stored()
    index.forget([post.pk])
    assert "xjcanar" not in stored()
    assert PostWords.objects.count() == len(posts)


def test_erased_words_leave_the_index_with_the_text(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, "xjcanary and a teapot")
    start(cast.heron, "something else")
    take_back(post=post, by=cast.heron)
    time_machine.shift(timedelta(days=31))
    assert erase_due() == 1
    assert "xjcanar" not in stored()


def test_index_and_post_change_together_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from boards.services import writing

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(writing, "_keep_version", fail)
    with pytest.raises(RuntimeError):
        write_post(by=cast.heron, title="Tea", text="kettle", form_key=uuid4())
    assert not PostWords.objects.exists()


def test_results_show_the_words_in_their_place_and_lead_to_the_post(cast: Cast, board: list[Post]) -> None:
    said = page(cast.fern, "high river")
    assert "The <mark>river</mark> is <mark>high</mark>." in said
    assert "The river café" in said
    assert "Moss" in said
    (way,) = re.findall(rf'href="([^"]*#post-{board[1].pk})"', said)
    there = client_of(cast.fern).get(way.replace("&amp;", "&").partition("#")[0]).content.decode()
    assert f'id="post-{board[1].pk}"' in there
    assert f'id="post-{board[0].pk}"' not in there


def test_markup_in_words_and_posts_is_shown_as_it_was_written(cast: Cast, time_machine: TimeMachineFixture) -> None:
    start(cast.heron, "a <script>alert(1)</script> & kettle", title="<b>bold</b>")
    time_machine.shift(LATER)
    said = page(cast.fern, "kettle <img src=x>")
    assert "<script>alert" not in said
    assert "<b>bold" not in said
    assert "<img" not in said
    assert "&lt;script&gt;" in page(cast.fern, "kettle")


def test_covered_post_shows_what_it_is_about_and_not_its_words(cast: Cast, board: list[Post]) -> None:
    Post.objects.filter(pk=board[0].pk).update(cover="about water")
    said = page(cast.fern, "kettle")
    assert "Covered: about water" in said
    assert "walking" not in said


def test_what_one_has_muted_is_folded_among_the_results(cast: Cast, board: list[Post]) -> None:
    mute_author(by=cast.fern, post=board[1])
    assert "Somebody you muted wrote here" in page(cast.fern, "high")
    mute_word(by=cast.clover, word="kettle")
    assert "A post with a word you muted" in page(cast.clover, "walking")
    mute_thread(by=cast.wren, thread=board[0].thread)
    assert "<mark>high</mark>" in page(cast.wren, "high")


def test_pages_of_results_are_whole_and_each_post_comes_once(
    cast: Cast, board: list[Post], time_machine: TimeMachineFixture
) -> None:
    for n in range(45):
        reply(cast.moss, board[0].thread, f"kettle {n}")
    time_machine.shift(LATER)
    client, path, seen = client_of(cast.fern), f"{SEARCH}?q=kettle", []
    while path:
        said = client.get(path).content.decode()
        seen += [int(pk) for pk in re.findall(r"#post-(\d+)", said)]
        older = re.findall(r'class="pager__older" href="([^"]*)"', said)
        path = f"{SEARCH}{older[0].replace('&amp;', '&')}" if older else ""
    assert len(seen) == 46
    assert seen == sorted(set(seen), reverse=True)


def test_posts_are_found_in_every_part_of_a_large_board(
    cast: Cast, board: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Far apart: among the newest, in each stretch of numbers that is looked through after them, and before all those.
    top = 40_000_000
    far = [top, top - 3_000, top - 40_000, top - 900_000, top - 30_000_000]
    for n, pk in enumerate(far):
        post = Post.objects.get(pk=board[1].pk)
        post.pk, post.form_key, post.html = pk, uuid4(), f"<p>lantern and lamp{n}</p>"
        post.save(force_insert=True)
        index.put([post])
    assert [[post.pk for post in found(cast.fern, f"lamp{n}")] for n in range(5)] == [[pk] for pk in far]
    assert [post.pk for post in found(cast.fern, "lantern")] == far
    for n, pk in enumerate(far):
        older = search_posts(cast.fern, ("lantern",), clock.now(), Place(clock.now(), pk))
        assert [post.pk for post in older.posts] == far[n + 1 :]
    monkeypatch.setattr("boards.queries.search.RESULTS_A_PAGE", 2)
    assert [post.pk for post in found(cast.fern, "lantern")] == far[:2]


def test_what_was_looked_for_stands_in_no_log_and_goes_to_no_other_site(
    cast: Cast, board: list[Post], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("peernet.access").propagate = True
    answer = client_of(cast.fern).get(SEARCH, {"q": "xjcanary"})
    client_of(cast.bramble).get(SEARCH, {"q": "xjcanary"})
    access_log.write(
        "http", "complete", {"path": f"{SEARCH}?q=xjcanary", "method": "GET", "status": 200, "time_taken": 0.1}
    )
    lines = [record for record in caplog.records if record.name != "django.db.backends"]
    assert lines
    assert not [record for record in lines if "xjcanary" in record.getMessage()]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_excerpt_is_short_and_around_the_words() -> None:
    text = "one " * 200 + "The kettle is on. " + "two " * 200
    parts = excerpt(text, ["kettl", "kettles"])
    whole = "".join(part.text for part in parts)
    assert [part.text for part in parts if part.found] == ["kettle"]
    assert len(whole) < 260
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert "".join(part.text for part in excerpt("Short.", ["none"])) == "Short."


@pytest.mark.postgres_only
def test_words_that_are_left_out_are_those_the_database_leaves_out(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w FROM unnest(%s::text[]) w WHERE numnode(plainto_tsquery('english', w)) > 0", [[*STOP_WORDS]]
        )
        assert cursor.fetchall() == []
        others = [word for word in words_of("kettle dont im well ok like get one us go") if word not in STOP_WORDS]
        cursor.execute("SELECT w FROM unnest(%s::text[]) w WHERE numnode(plainto_tsquery('english', w)) = 0", [others])
        assert cursor.fetchall() == []


def test_what_a_release_without_search_left_undone_is_mended(cast: Cast, board: list[Post]) -> None:
    index.take_out([board[0].pk])
    Post.objects.filter(pk=board[1].pk).update(state="erased", text="", html="")
    assert found(cast.fern, "kettle") == []
    assert index.mend() == 2
    assert found(cast.fern, "kettle") == [board[0]]
    assert set(PostWords.objects.values_list("rowid", flat=True)) == {board[0].pk, board[2].pk}
    assert index.mend() == 0


def test_posts_that_are_there_already_get_their_words_by_the_migration(
    cast: Cast, board: list[Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = import_module("boards.migrations.0004_words_of_posts")
    held = reply(cast.moss, board[0].thread, f"kettle {HELD}")
    PostWords.objects.all().delete()
    monkeypatch.setattr(migration, "BATCH", 2)
    for _ in range(2):  # broken off and begun again
        migration.fill(apps, None)
    assert found(cast.fern, "kettle") == [board[0]]
    assert held.pk not in PostWords.objects.values_list("rowid", flat=True)


@pytest.mark.postgres_only
def test_search_and_marks_cost_the_same_on_a_larger_board(db: None) -> None:
    costs = {}
    for size in (Size(members=20, threads=100, posts=3_000), Size(members=20, threads=400, posts=12_000)):
        with transaction.atomic():
            community = fill_large(size, clock.now())
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE boards_post, boards_thread, boards_postwords")
            costs[size.posts] = _costs(community)
            transaction.set_rollback(True)
    small, large = costs.values()
    for what in ("a common word", "a word of nobody"):
        assert small[what][1] == large[what][1]
    assert all("boards_posts_in_order" in cost["what is new"][1] for cost in (small, large))
    for what, (buffers, _shape) in large.items():
        # A larger board's indexes may be a level deeper.
        assert buffers <= 1.6 * small[what][0] + 5, (what, costs)


def _costs(community: Community) -> dict[str, tuple[int, str]]:
    member = Membership.objects.filter(community=community).order_by("pk")[5]
    threads = list(Thread.objects.filter(community=community).order_by("-latest_at").values_list("pk", flat=True)[:20])
    now = clock.now()
    asked = {
        "a common word": lambda: search_posts(member, ("kettle",), now),
        "a word of nobody": lambda: search_posts(member, ("xjcanary",), now),
        "what is new": lambda: new_in(member, threads, now),
    }
    return {what: _cost(ask) for what, ask in asked.items()}


def _cost(ask: Callable[[], object]) -> tuple[int, str]:
    """Pages that the first statement about words or marks touches, and its plan without its numbers."""
    captured: list[tuple[str, object]] = []

    def look(execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        captured.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        ask()
    sql, params = next(query for query in captured if "CROSS JOIN" in query[0])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true)")
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0][0]["Plan"]
        transaction.set_rollback(True)
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], str(_shape(plan))


def _shape(plan: dict) -> list:
    return [plan["Node Type"], plan.get("Index Name", ""), *(_shape(part) for part in plan.get("Plans", ()))]
