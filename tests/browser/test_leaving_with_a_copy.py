"""What becomes of a copy on a phone when its owner leaves in a hurry, signs out, or erases their plan (safety checks,
2.9), in a real Chromium."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.answers.browser import faults
from tests.browser.phone_copy import AT_HAND, CANARY, OUT, WRITTEN, gone, leave, opens, unlock
from tests.browser.real_site import DemoSite

pytestmark = pytest.mark.browser


def test_leaving_in_a_hurry_takes_the_copy_off(with_copy: Callable[..., Page], site: DemoSite) -> None:
    page = with_copy("sorrel")
    leave(page)
    site.states.pop("sorrel", None)
    page.goto("/help-now/")
    gone(page)
    assert "copy" not in {cookie["name"] for cookie in page.context.cookies()}


def test_leaving_with_the_network_off_takes_it_off_and_ends_the_sitting_with_the_next_line(
    with_copy: Callable[..., Page], site: DemoSite
) -> None:
    page = with_copy("sorrel")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
    page.context.set_offline(True)
    page.goto(AT_HAND)
    unlock(page)
    opens(page)
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_timeout(1500)
    assert asked[-1].startswith("https://"), "it goes on to the neutral page, which can't come"
    page.context.set_offline(False)
    site.states.pop("sorrel", None)
    page.goto("/c/fellside/board/")
    assert "/accounts/login/" in page.url, "the sitting that could not be ended then has been ended now"
    gone(page)


def test_leaving_takes_it_off_where_no_script_and_no_worker_is_left(
    with_copy: Callable[..., Page], site: DemoSite
) -> None:
    page = with_copy("sorrel")
    page.evaluate(
        "async () => { for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister(); }"
    )
    page.goto("/help-now/")
    line = page.context.new_cdp_session(page)
    line.send("Emulation.setScriptExecutionDisabled", {"value": True})
    leave(page)
    line.send("Emulation.setScriptExecutionDisabled", {"value": False})
    site.states.pop("sorrel", None)
    page.goto("/help-now/")
    gone(page)


def test_leaving_keeps_the_copy_where_its_owner_chose_that(with_copy: Callable[..., Page], site: DemoSite) -> None:
    page = with_copy("sorrel", exit="keep")
    leave(page)
    site.states.pop("sorrel", None)
    page.context.set_offline(True)
    page.goto("/")
    unlock(page)
    opens(page)


@pytest.mark.parametrize("chosen", ["keep", "take"])
def test_signing_out_asks_what_becomes_of_the_copy(with_copy: Callable[..., Page], site: DemoSite, chosen: str) -> None:
    page = with_copy("bramble")
    page.goto(OUT)
    page.get_by_role("button", name="Sign out here").click()
    assert page.url.endswith(OUT), "it asks until there is an answer"
    assert faults(page) == []
    page.check(f"input[name=copy][value={chosen}]")
    page.get_by_role("button", name="Sign out here").click()
    page.wait_for_url("**/accounts/login/")
    site.states.pop("bramble", None)
    if chosen == "take":
        gone(page)
        assert not page.get_by_role("link", name="Open my plan").is_visible()
        return
    page.get_by_role("link", name="Open my plan").click()
    unlock(page)
    opens(page)


def test_sign_out_asks_nothing_where_there_is_no_copy(visit: Any, site: DemoSite) -> None:
    page: Page = visit("bramble")
    page.goto(OUT)
    assert not page.get_by_text("There is a copy of a plan on this phone").is_visible()
    page.get_by_role("button", name="Sign out here").click()
    page.wait_for_url("**/accounts/login/")
    site.states.pop("bramble", None)


def test_copy_stays_when_the_sitting_ends_by_time(with_copy: Callable[..., Page]) -> None:
    page = with_copy("thorn")
    page.context.clear_cookies(name="sessionid")
    page.goto("/my-plan/")
    assert "/accounts/login/" in page.url
    page.get_by_role("link", name="Open my plan").click()
    unlock(page)
    opens(page)


def test_erasing_the_plan_takes_the_copy_in_that_browser_along(with_copy: Callable[..., Page], site: DemoSite) -> None:
    # Signed in just now, as erasing asks for.
    site.states.pop("juniper", None)
    page = with_copy("juniper", exit="keep")
    page.goto("/my-plan/erase/")
    page.get_by_role("button", name="Erase my plans for good").click()
    expect(page.get_by_text("You have no plans here that could be erased")).to_be_visible()
    gone(page)
    WRITTEN.pop((site.address, "juniper"))


def test_left_in_one_tab_it_is_gone_from_another(with_copy: Callable[..., Page], site: DemoSite) -> None:
    page = with_copy("sorrel")
    page.goto(AT_HAND)
    unlock(page)
    opens(page)
    other = page.context.new_page()
    other.goto("/help-now/")
    leave(other)
    site.states.pop("sorrel", None)
    expect(page.get_by_text("There is no copy in this browser")).to_be_visible()
    assert CANARY not in page.content()
