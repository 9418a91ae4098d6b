"""What is being written survives in a real Chromium: while writing, through a dead server, a reload, an exit."""

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.real_site import DemoSite, sign_in_once

pytestmark = pytest.mark.browser

NEW, WAITING = "/c/fellside/board/new/", "/c/fellside/waiting/"
SAVED, UNSAVED = "Saved. Only you can see it.", "Not saved yet: no connection. Your words stay in this tab."
KEPT = "Object.keys(sessionStorage).filter(name => name.startsWith('unsent '))"


def write(page: Page, text: str, *, title: str = "") -> None:
    """Type at the end of what is in the box, key by key."""
    if title:
        page.fill("#write input[name=title]", title)
    page.focus("#write textarea[name=text]")
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def box(page: Page) -> str:
    return page.input_value("#write textarea[name=text]")


def says(page: Page, what: str) -> None:
    expect(page.locator("[data-said]")).to_have_text(what, timeout=15_000)


def let_all_go(page: Page) -> None:
    """Leave no draft of this person behind."""
    page.goto(WAITING)
    while (links := page.locator("a[href*='/drafts/']")).count():
        links.first.click()
        page.click("main form button[type=submit]")


def start(page: Page, address: str = NEW) -> Page:
    let_all_go(page)
    page.goto(address)
    return page


def cut_off(page: Page) -> None:
    """From now on no save of this page reaches the server, not even the one it sends off as it goes."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no line')); }")


def kept(page: Page) -> list[str]:
    return page.evaluate(KEPT)


def until(page: Page, true: Callable[[], bool]) -> None:
    """Wait for something on the page; asked from here, as the content policy lets no page evaluate what it is given."""
    for _ in range(150):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came about")


def version(page: Page) -> int:
    """How often this page's draft was saved, as the page knows it."""
    return int(page.input_value("[name=draft_version]"))


def waits_for_the_tab(page: Page) -> None:
    until(page, lambda: kept(page) != [])


def test_words_are_saved_while_they_are_written_and_found_on_another_phone(visit: Any) -> None:
    page = start(visit("clover"))
    write(page, "Half a tho", title="Not yet")
    says(page, SAVED)
    assert page.evaluate("document.activeElement.name") == "text", "saving never takes the focus away"
    assert kept(page) == [], "what the server has is not in the tab"
    write(page, "ught")
    until(page, lambda: version(page) > 1)
    elsewhere: Page = visit("clover")
    elsewhere.goto(NEW)
    assert box(elsewhere) == "Half a thought"
    assert elsewhere.input_value("#write input[name=title]") == "Not yet"
    assert "You were writing this" in elsewhere.inner_text("main")
    elsewhere.get_by_role("button", name="Send", exact=True).click()
    expect(elsewhere.locator("h1")).to_contain_text("safe and resting")
    elsewhere.goto(NEW)
    assert box(elsewhere) == ""


def test_nothing_is_sent_to_be_saved_while_nothing_changes(visit: Any) -> None:
    page = start(visit("clover"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    write(page, "Once")
    says(page, SAVED)
    page.wait_for_timeout(4000)
    assert len(sent) == 1


def test_status_is_read_out_politely_and_only_when_it_changes(visit: Any) -> None:
    page = start(visit("clover"))
    page.evaluate(
        "window.changes = 0; new MutationObserver(() => window.changes++)"
        ".observe(document.querySelector('[data-said]'), {childList: true, characterData: true, subtree: true})"
    )
    assert page.get_attribute("[data-said]", "role") == "status"
    for word in ("One", " two", " three"):
        before = version(page)
        write(page, word)
        until(page, lambda seen=before: version(page) > seen)
    says(page, SAVED)
    assert page.evaluate("window.changes") == 1


def test_server_dies_while_somebody_writes_and_comes_back_with_every_word(visit: Any, site: DemoSite) -> None:
    page = start(visit("clover"))
    write(page, "Before. ")
    says(page, SAVED)
    site.kill()
    try:
        write(page, "While it was gone. ")
        says(page, UNSAVED)
        assert box(page) == "Before. While it was gone. "
        waits_for_the_tab(page)
    finally:
        site.begin()
    write(page, "And after.")
    says(page, SAVED)
    elsewhere: Page = visit("clover")
    elsewhere.goto(NEW)
    assert box(elsewhere) == "Before. While it was gone. And after."


def test_tail_that_never_reached_the_server_is_back_in_the_box_after_a_reload(visit: Any) -> None:
    page = start(visit("clover"))
    write(page, "On the server. ", title="A reload")
    says(page, SAVED)
    cut_off(page)
    write(page, "Only in the tab.")
    waits_for_the_tab(page)
    raw = page.evaluate("JSON.stringify(sessionStorage)")
    assert "Only in the tab" not in raw
    assert "On the server" not in raw
    page.reload()
    expect(page.locator("#write textarea[name=text]")).to_have_value("On the server. Only in the tab.")
    says(page, SAVED)
    assert kept(page) == []
    before = version(page)
    write(page, " On.")
    until(page, lambda: version(page) > before)
    page.goto(WAITING)
    assert page.locator("a[href*='/drafts/']").count() == 1
    assert "Only in the tab. On." in page.inner_text("main")


def test_tail_left_by_words_that_were_sent_does_not_come_back(visit: Any) -> None:
    page = start(visit("clover"))
    cut_off(page)
    write(page, "Quickly sent.", title="Quick")
    waits_for_the_tab(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("h1")).to_contain_text("safe and resting")
    assert kept(page) == [], "its page says that it has arrived"
    page.goto(NEW)
    page.wait_for_load_state("networkidle")
    assert box(page) == ""


def test_words_of_another_sitting_are_unreadable_in_the_same_tab(
    visit: Any, site: DemoSite, browser_of_the_run: Any
) -> None:
    page = start(visit("clover"))
    cut_off(page)
    write(page, "Only for me.")
    waits_for_the_tab(page)
    # The sitting ends elsewhere, and somebody else signs in on this phone, in this tab.
    other = sign_in_once(site, browser_of_the_run, "fern")["cookies"]
    page.context.clear_cookies()
    page.context.add_cookies(other)
    page.goto(NEW)
    until(page, lambda: kept(page) == [])
    assert box(page) == ""


@pytest.mark.parametrize("way", ["button", "shift", "sign out"])
def test_leaving_drops_the_tail_and_keeps_the_servers_copy(visit: Any, site: DemoSite, way: str) -> None:
    # A sitting of its own, as it ends here.
    site.states.pop("linden", None)
    page = start(visit("linden", remembers_pages=True))
    page.context.route(
        re.compile("^https://"), lambda route: route.fulfill(body="<title>Rain later</title>", content_type="text/html")
    )
    write(page, "On the server. ")
    says(page, SAVED)
    cut_off(page)
    write(page, "Only in the tab.")
    waits_for_the_tab(page)
    if way == "sign out":
        page.goto("/accounts/logout/")
        page.get_by_role("button", name="Sign out here").click()
        page.wait_for_url("**/accounts/**")
    elif way == "shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.get_by_role("button", name="Exit this page").click()
    if way != "sign out":
        page.wait_for_url(re.compile("^https://"))
        page.go_back(wait_until="commit")
        page.wait_for_timeout(500)
        assert "On the server" not in page.content()
    page.goto("/help-now/")
    assert kept(page) == []
    site.states.pop("linden", None)
    back: Page = visit("linden")
    back.goto(NEW)
    assert box(back).startswith("On the server. ")
    let_all_go(back)


def test_sitting_that_ends_while_somebody_writes_brings_the_words_along(visit: Any, site: DemoSite) -> None:
    site.states.pop("linden", None)
    page = start(visit("linden"))
    write(page, "Saved before. ", title="Late")
    says(page, SAVED)
    page.context.clear_cookies(name="sessionid")
    write(page, "Written after.")
    expect(page.locator("[data-said]")).to_contain_text("Not saved just now", timeout=15_000)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Your words are safe here")
    person = site.person("linden")
    page.get_by_role("button", name="Sign in and bring my words along").click()
    page.fill("input[name=login]", person["sign_in_name"])
    page.fill("input[name=password]", person["password"])
    page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
    page.goto(NEW)
    assert box(page) == "Saved before. Written after."
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("h1")).to_contain_text("safe and resting")
    page.goto(NEW)
    assert box(page) == ""
    site.states.pop("linden", None)


def test_back_button_after_sending_and_new_words_are_a_new_draft(visit: Any) -> None:
    page = start(visit("clover", remembers_pages=True))
    write(page, "Sent.", title="Sent")
    says(page, SAVED)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("h1")).to_contain_text("safe and resting")
    page.go_back()
    write(page, " Something else again.", title="Another")
    says(page, SAVED)
    page.goto(WAITING)
    assert "Something else again." in page.inner_text("main")


def test_two_tabs_with_one_draft_keep_both(visit: Any) -> None:
    one = start(visit("clover"))
    write(one, "Begun. ")
    says(one, SAVED)
    other = one.context.new_page()
    other.goto(NEW)
    write(one, "In the first tab.")
    until(one, lambda: version(one) > 1)
    write(other, "In the second tab.")
    expect(other.locator("[data-said]")).to_contain_text("Both are kept", timeout=15_000)
    one.goto(WAITING)
    listed = one.inner_text("main")
    assert "Begun. In the first tab." in listed
    assert "Begun. In the second tab." in listed


def test_where_the_line_is_not_safe_nothing_is_kept_in_the_tab(visit: Any) -> None:
    page = visit("clover")
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    start(page)
    cut_off(page)
    write(page, "Only in the box.")
    says(page, UNSAVED)
    assert kept(page) == []
    assert box(page) == "Only in the box."


def test_without_script_a_draft_is_saved_with_a_button_and_words_are_tapped_open(visit: Any) -> None:
    page: Page = visit("moss", java_script_enabled=False)
    let_all_go(page)
    page.goto(NEW)
    page.fill("textarea[name=text]", "A television box.")
    page.get_by_role("button", name="Save draft").click()
    assert SAVED in page.inner_text("main")
    assert box(page) == "A television box."
    page.click("summary:has-text('Cover this until somebody taps')")
    page.fill("input[name=cover]", "food")
    page.fill("input[name=title]", "Tap me")
    page.get_by_role("button", name="Send", exact=True).click()
    words = page.locator("details .prose")
    assert not words.is_visible()
    page.click("summary:has-text('Covered by its author: food. Tap to read.')")
    assert words.inner_text() == "A television box."
    page.goto(NEW)
    assert box(page) == ""


def test_words_in_the_database_and_in_the_tab_are_not_in_the_clear(visit: Any, site: DemoSite) -> None:
    page = start(visit("clover"))
    write(page, "Heliotrope teapot")
    says(page, SAVED)
    with sqlite3.connect(site.folder / "peernet.sqlite3") as database:
        rows = database.execute("SELECT * FROM boards_draft").fetchall()
    assert rows
    assert "Heliotrope" not in json.dumps(rows)
    let_all_go(page)
