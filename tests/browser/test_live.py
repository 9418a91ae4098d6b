"""Two people in real browsers: what one writes, the other sees without reload, and is never disturbed by."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.real_site import DemoSite, sign_in_once

pytestmark = pytest.mark.browser
SOON = 10_000


def time_passes(site: DemoSite, words: str) -> int:
    """The pause of the post with these words is over, as if minutes had gone by; its number."""
    with sqlite3.connect(site.folder / "peernet.sqlite3", timeout=20) as database:
        at = database.execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')").fetchone()[0]
        ask = "UPDATE boards_post SET visible_at = ?, pause_ends_at = ? WHERE text = ? RETURNING id"
        return database.execute(ask, [at, at, words]).fetchone()[0]


def sql(site: DemoSite, ask: str, *values: object) -> None:
    with sqlite3.connect(site.folder / "peernet.sqlite3", timeout=20) as database:
        database.execute(ask, values)


def answer(page: Page, thread: str, words: str) -> None:
    page.goto(thread)
    page.fill("textarea[name=text]", words)
    page.click("main form#write button[type=submit] >> nth=0")
    expect(page.locator("h1")).to_contain_text("safe and resting")


def connected(page: Page) -> None:
    """Wait until the page follows: its line knows no trouble, and the server has said hello."""
    page.wait_for_function("document.querySelector('[data-count=notices]')")
    with page.expect_event("websocket", timeout=SOON) as opening:
        page.reload()
    with opening.value.expect_event("framereceived", timeout=SOON):
        pass


@pytest.fixture
def thread(site: DemoSite) -> str:
    with sqlite3.connect(site.folder / "peernet.sqlite3") as database:
        ask = (
            "SELECT t.id FROM boards_thread t JOIN communities_community c ON c.id = t.community_id "
            "WHERE c.slug = 'fellside' AND t.shown_posts BETWEEN 2 AND 12 ORDER BY t.id LIMIT 1"
        )
        return f"/c/fellside/board/{database.execute(ask).fetchone()[0]}/"


def test_an_answer_appears_while_somebody_writes_and_disturbs_nothing(visit: Any, site: DemoSite, thread: str) -> None:
    reader, writer = visit("clover"), visit("heron")
    reader.goto(thread)
    connected(reader)
    reader.fill("textarea[name=text]", "Half a sentence")
    before = reader.evaluate("window.scrollY")
    answer(writer, thread, "An answer from Heron")
    pk = time_passes(site, "An answer from Heron")
    expect(reader.locator(f"#post-{pk}")).to_contain_text("An answer from Heron", timeout=SOON)
    expect(reader.locator("#live")).to_have_text("1 new answer")
    assert reader.evaluate("document.activeElement.name") == "text"
    assert reader.input_value("textarea[name=text]") == "Half a sentence"
    top = reader.evaluate("document.querySelector('textarea[name=text]').getBoundingClientRect().top")
    assert 0 < top < 800
    assert reader.evaluate("window.scrollY") >= before
    # In its order, once, and the same as after loading the page again.
    ids = "Array.from(document.querySelectorAll('#posts article')).map(post => post.id)"
    live = reader.evaluate(ids)
    reader.goto(thread)
    assert reader.evaluate(ids) == live


def test_ones_own_answer_moves_from_waiting_to_the_thread(visit: Any, site: DemoSite, thread: str) -> None:
    page = visit("fern")
    answer(page, thread, "From Fern herself")
    page.goto(thread)
    connected(page)
    expect(page.locator("#own-waiting-posts")).to_contain_text("From Fern herself")
    pk = time_passes(site, "From Fern herself")
    expect(page.locator(f"#post-{pk}")).to_be_visible(timeout=SOON)
    expect(page.locator("#own-waiting-posts")).not_to_contain_text("From Fern herself", timeout=SOON)
    expect(page.locator("#live")).to_have_text("")


def test_front_page_and_menu_follow(visit: Any, site: DemoSite, thread: str) -> None:
    page, writer = visit("linden"), visit("linden")
    page.goto("/c/fellside/")
    connected(page)
    writer.goto("/c/fellside/board/new/")
    writer.fill("input[name=title]", "Followed by the front page")
    writer.fill("textarea[name=text]", "A new thread for the front page")
    writer.click("main form#write button[type=submit] >> nth=0")
    expect(page.locator("[data-count=waiting]")).to_contain_text("1", timeout=SOON)
    sql(site, "UPDATE boards_thread SET shown_from = '2026-01-01' WHERE latest_at IS NULL")
    pk = time_passes(site, "A new thread for the front page")
    ask = "UPDATE boards_thread SET shown_from = (SELECT visible_at FROM boards_post WHERE id = ?) WHERE id = "
    sql(site, ask + "(SELECT thread_id FROM boards_post WHERE id = ?)", pk, pk)
    expect(page.locator("#front-parts")).to_contain_text("Followed by the front page", timeout=SOON)
    expect(page.locator("[data-count=waiting]")).to_be_hidden(timeout=SOON)


def test_without_script_the_same_is_there_by_loading_again(visit: Any, site: DemoSite, thread: str) -> None:
    reader, writer = visit("clover", java_script_enabled=False), visit("heron")
    reader.goto(thread)
    answer(writer, thread, "Seen without script")
    pk = time_passes(site, "Seen without script")
    reader.reload()
    expect(reader.locator(f"#post-{pk}")).to_contain_text("Seen without script")
    expect(reader.locator("#live")).to_have_text("")


def test_a_page_whose_sitting_has_ended_is_left_and_unsent_words_are_not(
    visit: Any, site: DemoSite, browser_of_the_run: Browser, thread: str
) -> None:
    site.states.pop("rowan", None)
    idle, writing = visit("rowan"), visit("rowan")
    for page in (idle, writing):
        page.goto(thread)
        connected(page)
    writing.fill("textarea[name=text]", "Not sent yet")
    sql(site, "DELETE FROM django_session WHERE session_key IN (SELECT session_key FROM usersessions_usersession)")
    site.states.clear()
    idle.wait_for_url("**/accounts/login/**", timeout=SOON)
    expect(writing.locator("#live")).to_contain_text("Please load it again", timeout=SOON)
    assert writing.input_value("textarea[name=text]") == "Not sent yet"


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[DemoSite]:
    demo = DemoSite(tmp_path)
    yield demo
    demo.end()


def test_a_page_says_that_it_is_not_connected_and_catches_up_with_a_new_server(
    own_site: DemoSite, browser_of_the_run: Browser
) -> None:
    state = sign_in_once(own_site, browser_of_the_run, "clover")
    context = browser_of_the_run.new_context(storage_state=state, base_url=own_site.address)
    page = context.new_page()
    with sqlite3.connect(own_site.folder / "peernet.sqlite3") as database:
        ask = "SELECT p.thread_id, p.text FROM boards_post p WHERE p.state = 'accepted' AND NOT p.is_opening LIMIT 1"
        number, words = database.execute(ask).fetchone()
    page.goto(f"/c/fellside/board/{number}/")
    connected(page)
    posts = page.locator("#posts article").count()
    own_site.end()
    expect(page.locator("#live")).to_contain_text("Not connected just now", timeout=3 * SOON)
    with sqlite3.connect(own_site.folder / "peernet.sqlite3") as database:
        more = [row[1] for row in database.execute("PRAGMA table_info(boards_post)") if row[1] not in ("id",)]
        chosen = {"visible_at": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "form_key": "lower(hex(randomblob(16)))"}
        values = ", ".join(chosen.get(name, name) for name in more)
        database.execute(
            f"INSERT INTO boards_post ({', '.join(more)}) SELECT {values} FROM boards_post WHERE text = ?", [words]
        )
    own_site.begin()
    expect(page.locator("#posts article")).to_have_count(posts + 1, timeout=9 * SOON)
    expect(page.locator("#live")).to_contain_text("new answer")
    context.close()
