"""The copy of a plan on a phone, in a real Chromium with the network off (domain, section 9: "one's own plan on the
phone without a network"; safety checks, 2.9)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.answers.browser import faults, too_wide
from tests.browser.phone_copy import ALL_KEPT, AT_HAND, CANARY, PAGE, PIN, STORES, gone, lock, opens, unlock, write_plan
from tests.browser.real_site import DemoSite, sign_in_once

pytestmark = pytest.mark.browser


def test_plan_opens_with_the_network_off_and_help_comes_before_the_pin(with_copy: Callable[..., Page]) -> None:
    page = with_copy("hazel", remembers_pages=True)
    kept = page.evaluate(ALL_KEPT)
    assert "sealed" in kept
    for word in (CANARY, PIN, "Feet on the floor", "01632"):
        assert word not in kept, "only sealed words lie on the phone"
    assert faults(page) == []
    page.context.set_offline(True)
    page.goto("/c/fellside/board/")
    expect(page.get_by_role("heading", name="Help, and your plan")).to_be_visible()
    assert page.locator("a[href='tel:999']").first.is_visible()
    assert page.locator("a[href='tel:116123']").first.is_visible()
    assert page.get_by_text("Three things you can do now").is_visible()
    expect(page.locator("#copy-secret")).to_be_visible()
    assert page.get_attribute("#copy-secret", "inputmode") == "numeric"
    assert CANARY not in page.content()
    assert faults(page) == []
    unlock(page)
    opens(page)
    assert faults(page) == []
    assert not too_wide(page)
    page.get_by_role("button", name="The next step").click()
    assert page.evaluate("document.activeElement.tagName") == "H3", "the next step is read out"
    page.get_by_role("button", name="The next step").click()
    assert page.get_attribute("[data-part=plan] a", "href") == "tel:01632960123"
    assert "<img src=x" in page.inner_text("[data-part=plan]"), "what was written is words, never markup"
    assert page.evaluate("window.broken") is None
    page.get_by_text("All of my plan").click()
    assert CANARY in page.inner_text("[data-part=whole]")
    # Another page and back: the PIN again, and nothing of it on the page.
    page.goto("/help-now/")
    page.go_back(wait_until="commit")
    expect(page.locator("#copy-secret")).to_be_visible()
    assert CANARY not in page.content()
    page.context.set_offline(False)


def test_wrong_tries_only_make_it_wait_through_a_reload_and_never_delete(with_copy: Callable[..., Page]) -> None:
    page = with_copy("linden")
    page.context.set_offline(True)
    page.goto(AT_HAND)
    for tried in ("111222", "333444", "555666"):
        expect(page.locator("[data-part=button]")).to_be_enabled(timeout=60_000)
        unlock(page, tried)
        expect(page.locator("[data-part=said]")).to_contain_text("Your plan is still here", timeout=60_000)
        expect(page.locator("[data-part=said]")).not_to_contain_text("Opening", timeout=60_000)
        page.wait_for_timeout(200)
    expect(page.locator("[data-part=wait]")).to_contain_text("You can try again in")
    assert page.locator("[data-part=button]").is_disabled()
    page.reload()
    expect(page.locator("[data-part=wait]")).to_contain_text("You can try again in")
    # Many more, a long time ago; then the right one opens it all the same.
    page.evaluate(
        "async () => (await caches.open('at-hand')).put('/at-hand/tries', "
        "new Response(JSON.stringify({wrong: 400, at: Date.now() - 301000})))"
    )
    page.reload()
    unlock(page)
    opens(page)
    assert page.evaluate("async () => (await (await caches.match('/at-hand/tries')).json()).wrong") == 0
    # A clock that is put back by a year wins nothing, and shuts nobody out for a year.
    page.evaluate(
        "async () => (await caches.open('at-hand')).put('/at-hand/tries', "
        "new Response(JSON.stringify({wrong: 400, at: Date.now() + 31536000000})))"
    )
    assert 0 < page.evaluate("planCopy.wait()") <= 300


def test_copy_is_made_new_without_the_pin_when_the_plan_has_changed(
    with_copy: Callable[..., Page], site: DemoSite
) -> None:
    page = with_copy("thorn")
    write_plan(site, "thorn", "A later word")
    was = page.evaluate("async () => (await (await caches.match('/at-hand/kept')).json()).edition")
    page.goto(PAGE)
    for _ in range(100):
        if page.evaluate("async () => (await (await caches.match('/at-hand/kept')).json()).edition") != was:
            break
        page.wait_for_timeout(100)
    page.context.set_offline(True)
    page.goto("/")
    unlock(page)
    opens(page)
    page.get_by_text("All of my plan").click()
    assert "A later word" in page.inner_text("[data-part=whole]")
    assert CANARY not in page.content()


def test_somebody_else_on_the_same_phone_neither_reads_nor_replaces_it(
    with_copy: Callable[..., Page], site: DemoSite, browser_of_the_run: Browser
) -> None:
    page = with_copy("hazel")
    write_plan(site, "rowan", "Words of another")
    before = page.evaluate("async () => (await (await caches.match('/at-hand/kept')).text())")
    page.context.clear_cookies()
    page.context.add_cookies(sign_in_once(site, browser_of_the_run, "rowan")["cookies"])
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("It belongs to another sign-in")).to_be_visible()
    assert page.evaluate("async () => (await (await caches.match('/at-hand/kept')).text())") == before
    assert faults(page) == []
    page.get_by_role("button", name="Make mine here instead").click()
    lock(page)
    page.goto(AT_HAND)
    unlock(page)
    opens(page)
    assert "Words of another" in page.inner_html("[data-part=whole]")


def test_copy_of_a_plan_that_was_erased_elsewhere_is_not_thrown_away_unasked(
    with_copy: Callable[..., Page], site: DemoSite
) -> None:
    page = with_copy("hazel")
    # As the site answers once the plan has gone from it.
    marks = (page.get_attribute("#on-phone", "data-of") or "").split()
    gone_there = json.dumps({"of": marks, "state": "none"})
    page.context.route("**/on-this-phone/words/*", lambda route: route.fulfill(body=gone_there))
    page.evaluate("planCopy.renew()")
    page.goto(AT_HAND)
    unlock(page)
    opens(page)
    expect(page.get_by_text("This copy is all there is of it")).to_be_visible()
    page.get_by_role("button", name="Take it off this phone").click()
    expect(page.get_by_text("There is no copy in this browser")).to_be_visible()
    gone(page)


def test_site_that_is_down_behind_its_proxy_is_like_no_network(with_copy: Callable[..., Page]) -> None:
    page = with_copy("hazel")
    page.context.route("**/c/fellside/rules/", lambda route: route.fulfill(status=503, body="away"))
    page.goto("/c/fellside/rules/")
    expect(page.locator("#copy-secret")).to_be_visible()


def test_flipped_byte_opens_nothing_and_says_so_kindly(with_copy: Callable[..., Page]) -> None:
    page = with_copy("hazel")
    page.evaluate("""async () => {
      const kept = await (await caches.match('/at-hand/kept')).json();
      const data = kept.sealed.data;
      kept.sealed.data = (data[0] === 'A' ? 'B' : 'A') + data.slice(1);
      await (await caches.open('at-hand')).put('/at-hand/kept', new Response(JSON.stringify(kept)));
    }""")
    page.goto(AT_HAND)
    unlock(page)
    expect(page.locator("[data-part=said]")).to_contain_text("can not be read any more", timeout=60_000)
    assert CANARY not in page.content()


def test_line_that_drops_while_the_pin_is_changed_leaves_the_copy_as_it_was(with_copy: Callable[..., Page]) -> None:
    page = with_copy("linden")
    page.goto(PAGE)
    page.get_by_text("Another PIN, or another choice").click()
    page.get_by_role("button", name="Choose another").click()
    # The words still come; the page that shows them does not.
    page.evaluate("""() => {
      const real = window.fetch;
      window.fetch = (place, ...more) => place === '/at-hand/'
        ? Promise.reject(new Error('line')) : real(place, ...more);
    }""")
    page.fill("#copy-first", "718253")
    page.fill("#copy-again", "718253")
    page.get_by_role("button", name="Keep it on this phone").click()
    expect(page.locator("[data-doing]")).to_contain_text("it opens as before", timeout=60_000)
    page.context.set_offline(True)
    page.goto(AT_HAND)
    unlock(page)
    opens(page)
    page.context.set_offline(False)


WEAK = (
    ("1234", "1234", "six digits or more"),
    ("123456", "123456", "one of the first"),
    ("111 111", "111 111", "one of the first"),
    ("121212", "121212", "one of the first"),
    ("a word", "a word", "ten letters or more"),
    (PIN, "604914", "not the same"),
)


def test_weak_or_mistyped_secret_is_refused_with_the_reason(visit: Any, site: DemoSite) -> None:
    write_plan(site, "hazel")
    page: Page = visit("hazel")
    page.goto(PAGE)
    for first, second, said in WEAK:
        page.fill("#copy-first", first)
        page.fill("#copy-again", second)
        page.keyboard.press("Enter")
        expect(page.locator("[data-said]")).to_contain_text(said)
    assert page.evaluate(STORES) == []


def test_words_with_a_phones_own_capitals_and_spaces_open_it_too(with_copy: Callable[..., Page]) -> None:
    page = with_copy("hazel")
    assert page.evaluate("planCopy.make('vase glaze kangaroo sapphire', 'take').then(() => 1)") == 1
    assert page.evaluate("planCopy.open(' Vase Glaze kangaroo-sapphire ').then(plan => plan.steps.length)") == 4


def test_iphone_is_told_about_the_home_screen_and_seven_days(visit: Any, site: DemoSite) -> None:
    write_plan(site, "hazel")
    page: Page = visit("hazel", user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) Safari/605")
    page.goto(PAGE)
    expect(page.get_by_text("Add to Home Screen")).to_be_visible()
    assert page.get_by_text("seven days without a visit").is_visible()
    page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
    page.reload()
    expect(page.get_by_role("button", name="Keep it on this phone")).to_be_visible()
    assert not page.get_by_text("Add to Home Screen").is_visible()


def test_browser_that_can_not_keep_it_safely_is_told_of_paper(visit: Any, site: DemoSite) -> None:
    write_plan(site, "hazel")
    page: Page = visit("hazel")
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})")
    page.goto(PAGE)
    expect(page.get_by_text("This browser can't keep a copy safely")).to_be_visible()
    without: Page = visit("hazel", java_script_enabled=False)
    without.goto(PAGE)
    assert "A copy on this phone needs scripts" in without.locator("noscript p").inner_text()
    assert without.locator("#copy-first").count() == 1
    assert not without.locator("#copy-first").is_visible()
