"""Every page in a real Chromium, as those who meet it: nothing for axe to find, nothing too wide, nothing too heavy."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.answers.browser import faults, too_wide
from tests.browser.page_numbers import addresses
from tests.browser.pages import PAGES, C
from tests.browser.pressable import covered, stretch, unreached
from tests.browser.real_site import DemoSite

pytestmark = pytest.mark.browser

LIMIT_FIRST, LIMIT_AFTER = 60_000, 15_000


@pytest.mark.parametrize("key", list(PAGES), ids=lambda key: key or "signed-out")
def test_page_has_no_faults_for_axe_and_fits(visit: Any, site: DemoSite, key: str) -> None:
    page: Page = visit(key)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    over_the_wire = measure(page)
    page.goto("/help-now/")  # the first page of a visit brings style and script too
    wrong, names = [], site.names()
    for address in addresses(site, key):
        # Each page is fetched once and looked at: on a phone by day, on a desk at night, with keys, with long names.
        page.set_viewport_size({"width": 360, "height": 800})
        page.emulate_media(color_scheme="light")
        over_the_wire.clear()
        page.goto(address)
        for width, scheme in ((360, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{address} ({width}, {scheme}): {fault}" for fault in faults(page)]
            wrong += [f"{address} ({width}): too wide"] if too_wide(page) else []
            wrong += [f"{address} ({width}): {fault}" for fault in covered(page)]
        weight = sum(over_the_wire)
        wrong += [f"{address}: {weight} bytes, on a bad line too"] if not 0 < weight <= LIMIT_AFTER else []
        page.set_viewport_size({"width": 360, "height": 800})
        wrong += [f"{address}: {fault}" for fault in unreached(page)]
        wrong += [f"{address}: begins with what is missing"] if page.locator(".errors").count() else []
        stretch(page, names)
        wrong += [f"{address}: too wide where a name is long"] if too_wide(page) else []
        wrong += [f"{address}, where a name is long: {fault}" for fault in covered(page)]
    assert not wrong + complaints, "\n".join(wrong + complaints)


def test_axe_would_find_a_fault(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x>')")
    assert any("image-alt" in fault for fault in faults(page))


def test_something_over_a_button_would_be_found(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    assert not covered(page)
    page.evaluate("document.querySelector('main a').insertAdjacentHTML('beforebegin', '<a href=/ id=over>over</a>')")
    over = "const at = document.getElementById('over').style; at.position = 'fixed'; at.width = at.height = '100%'"
    page.evaluate(f"() => {{ {over}; at.top = at.left = 0; at.zIndex = 9 }}")
    assert covered(page)


def test_what_no_key_reaches_or_no_ring_shows_would_be_found(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    assert not unreached(page)
    links = "document.querySelectorAll('main a')"
    page.evaluate(f"() => {{ {links}[0].tabIndex = -1; {links}[1].style.outline = 'none' }}")
    found = " ".join(unreached(page))
    assert "no key reaches" in found
    assert "no ring on" in found


def test_a_long_name_that_widens_the_page_would_be_found(visit: Any) -> None:
    page: Page = visit()
    page.goto("/help-now/")
    stretch(page, ["Samaritans"])
    assert not too_wide(page)
    page.evaluate("() => { document.querySelector('main').style.overflowWrap = 'normal' }")
    assert too_wide(page)


def test_tab_goes_through_a_long_form_in_its_order_and_out_again(visit: Any) -> None:
    page: Page = visit("heron")
    page.goto(f"{C}propose/suspension/")
    seen: list[int] = []
    place = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.append(page.evaluate(place))
    assert seen == sorted(set(seen)), "not in order, or caught"
    boxes = "[...document.querySelectorAll('main select, main textarea, main button')]"
    assert set(page.evaluate(f"{boxes}.map(each => [...document.querySelectorAll('*')].indexOf(each))")) <= set(seen)


def test_a_form_that_comes_back_shows_what_is_missing_at_once(visit: Any) -> None:
    page: Page = visit("wren")
    page.goto(f"{C}hours/")
    page.evaluate("() => { for (const form of document.forms) form.noValidate = true }")
    page.click("main form:has(input[name=starts]) button[type=submit]")
    assert page.evaluate("document.activeElement.matches('.errors')")
    assert page.evaluate("document.querySelector('.errors').getBoundingClientRect().top < innerHeight")


def test_a_first_visit_is_light_on_a_bad_line(visit: Any) -> None:
    page: Page = visit("heron")
    over_the_wire = measure(page)
    page.goto(C)
    page.wait_for_load_state("networkidle")
    assert 10_000 < sum(over_the_wire) <= LIMIT_FIRST, "the first visit brings style and script too"


def measure(page: Page) -> list[int]:
    """Collect the bytes of every answer, as they came over the wire."""
    found: list[int] = []
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: found.append(int(event["encodedDataLength"])))
    return found
