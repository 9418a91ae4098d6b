"""What people do with groups on a phone: the register in half a minute, a poll of times, the page for the room."""

from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.answers.browser import too_wide
from tests.browser.real_site import DemoSite

pytestmark = pytest.mark.browser

THUMB = 44
GROUPS = "/c/fellside/groups/"
MORNING = "(SELECT id FROM meetings_group WHERE title = 'Morning group')"


def tapped(label: Locator) -> None:
    """Tap what a thumb can hit."""
    box = label.bounding_box()
    assert box
    assert box["height"] >= THUMB
    label.tap()


def choice(page: Page, who: str, what: str) -> Locator:
    """One of the answers in somebody's line."""
    return page.locator("fieldset.taps", has=page.locator("legend", has_text=who)).locator("label", has_text=what)


def test_register_is_taken_with_a_tap_for_each_who_was_not_there_and_one_for_all_others(visit: Any) -> None:
    page: Page = visit("marsh", has_touch=True)
    page.goto("/c/riverside/groups/registers/")
    page.locator("main").get_by_role("link", name="Marlwick on Mondays").first.tap()
    page.wait_for_url("**/register/")
    lines = page.locator("fieldset.taps")
    register, there = page.url, lines.count()
    assert there >= 3
    assert not too_wide(page)
    tapped(choice(page, "Kestrel", "No"))
    tapped(choice(page, "Otter", "Apology"))
    with page.expect_navigation():
        tapped(page.get_by_role("button", name="Save. Everybody else above was here"))
    page.goto("/c/riverside/groups/registers/")
    assert page.locator("main").get_by_role("link", name="Marlwick on Mondays").count() == 0
    page.goto(register)
    assert page.locator("fieldset.taps input:checked").count() == there
    for who, what in (("Kestrel", "No"), ("Otter", "Apology"), ("Teal", "Here")):
        assert choice(page, who, what).locator("input").is_checked()


def test_poll_of_times_is_answered_by_tapping_and_shows_the_best_at_once(visit: Any, site: DemoSite) -> None:
    page: Page = visit("linden", has_touch=True)
    poll = site.one("SELECT id FROM meetings_timepoll WHERE title = 'A film afternoon'")
    page.goto(f"{GROUPS}times/{poll}/")
    assert not too_wide(page)
    times = page.locator("form fieldset.taps")
    name = times.nth(0).locator("legend").inner_text()
    line = page.locator("#best ~ ul li", has_text=name)
    before = line.inner_text()
    tapped(times.nth(0).locator("label", has_text="suits me"))
    tapped(times.nth(1).locator("label", has_text="if need be"))
    with page.expect_navigation():
        tapped(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator("#best ~ ul li", has_text=name)).not_to_have_text(before)
    assert page.locator("form fieldset.taps").nth(0).locator("input:checked").input_value() == "well"
    assert "Linden" not in page.locator("section[aria-labelledby=best]").inner_text()


def test_page_for_the_room_follows_the_clock_in_large_letters(visit: Any, site: DemoSite) -> None:
    page: Page = visit("heron")
    ahead = f"FROM meetings_session WHERE group_id = {MORNING} AND state = 'planned' AND starts_at > datetime('now')"
    page.clock.install()
    page.goto(f"{GROUPS}sessions/{site.one(f'SELECT id {ahead} ORDER BY starts_at')}/room/")
    now, on = page.locator("#now"), page.locator("#order > li[aria-current=time]")
    assert "not begun" in now.inner_text()
    assert on.count() == 0
    assert not too_wide(page)
    assert page.locator(".room__line strong").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 20
    begins = page.locator("#order > li").evaluate_all("all => all.map(one => one.getAttribute('data-begins'))")
    at = datetime.fromisoformat(page.evaluate("document.getElementById('now').getAttribute('data-now')"))
    second = datetime.fromisoformat(begins[1])
    page.clock.fast_forward(int((second - at).total_seconds() + 60) * 1000)
    expect(on).to_have_count(1)
    assert on.get_attribute("data-begins") == begins[1]
    assert now.inner_text() == ""
    page.clock.fast_forward(6 * 3600 * 1000)
    expect(now).to_contain_text("over")
    assert on.count() == 0
