"""Using the site as people do: with a keyboard alone, without script, in a hurry, and with bad will."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.real_site import DemoSite

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<script>window.broken=1</script>",
    '<img src=x onerror="window.broken=1">',
    "[a](javascript:window.broken=1)",
    "[b](\u200bjavascript:window.broken=1)",
    '"><svg onload=window.broken=1>',
    "<details open ontoggle=window.broken=1>",
    '![x](x"onerror="window.broken=1)',
    "<a href='data:text/html,<script>parent.broken=1</script>'>c</a>",
    "javascript&colon;window.broken=1",
    '<https://example.org/"onmouseover=window.broken=1>',
)


def test_keyboard_alone_writes_a_post_and_takes_it_back(visit: Any) -> None:
    page: Page = visit("clover")
    page.goto("/c/fellside/board/new/")
    tab_to(page, "input[name=title]")
    page.keyboard.type("By keyboard alone")
    tab_to(page, "textarea[name=text]")
    page.keyboard.type("Nothing but keys.")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("safe and resting")
    tab_to(page, "a[href$='/take-back/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Take this back?")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Waiting")


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until that control has the focus; fail where no key ever reaches it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no key reaches {selector}")


def test_without_script_a_member_writes_changes_and_sees_the_pause(visit: Any) -> None:
    page: Page = visit("linden", java_script_enabled=False)
    page.goto("/c/fellside/board/new/")
    page.fill("input[name=title]", "No script here")
    page.fill("textarea[name=text]", "An old television box.")
    page.click("main form button[type=submit]")
    assert "safe and resting" in page.inner_text("h1")
    page.click("a[href$='/change/']")
    page.fill("textarea[name=text]", "An old television box, and it works.")
    page.click("main form button[type=submit]")
    assert "and it works" in page.inner_text("main")


def test_nothing_that_is_written_runs_anywhere(visit: Any, site: DemoSite) -> None:
    page: Page = visit("rowan")
    words = "\n\n".join(PAYLOADS)
    page.goto("/c/fellside/board/new/")
    page.fill("input[name=title]", PAYLOADS[0])
    page.fill("textarea[name=text]", words)
    page.click("main form button[type=submit]")
    seen = [page.url, f"{page.url}change/", f"{page.url}take-back/", "/c/fellside/waiting/"]
    for address in seen:
        page.goto(address)
        assert page.evaluate("window.broken") is None, address
        assert page.locator("main .prose script, main .prose img, main .prose svg").count() == 0
    page.goto("/c/fellside/invitations/")
    page.fill("input[name=label]", PAYLOADS[1])
    page.click("main form button[type=submit]")
    moderator: Page = visit("ash")
    moderator.goto("/c/fellside/invitations/")
    assert PAYLOADS[1] in moderator.inner_text("main")
    assert moderator.evaluate("window.broken") is None


def test_what_comes_in_by_the_address_runs_nowhere(visit: Any) -> None:
    page: Page = visit("rowan")
    for address in (
        "/c/fellside/board/?before=<script>window.broken=1</script>",
        "/accounts/second-step/?next=javascript:window.broken=1",
        "/nothing/%3Cscript%3Ewindow.broken=1%3C/script%3E/",
    ):
        page.goto(address)
        assert page.evaluate("window.broken") is None, address


def test_large_type_pushes_nothing_out_of_sight(visit: Any) -> None:
    page: Page = visit("clover", width=360)
    for address in ("/c/fellside/", "/c/fellside/board/new/", "/help-now/", "/c/fellside/rules/"):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, address
        for control in ("Help now", "Exit this page"):
            assert page.get_by_text(control).first.is_visible(), address


def test_controls_are_large_enough_for_a_thumb(visit: Any) -> None:
    page: Page = visit("clover", width=360)
    page.goto("/c/fellside/board/")
    out = page.get_by_role("button", name="Exit this page").bounding_box()
    assert out
    assert out["height"] >= 44
    assert out["width"] >= 44
