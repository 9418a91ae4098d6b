"""A reader's open page in a real Chromium: covered within five seconds of the end, with what was being typed kept."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.real_site import DemoSite

pytestmark = pytest.mark.browser

SHARING, WORDS = "/my-plan/sharing/", "Kettle on, radio on, and the blue blanket"
# Seconds (safety checks, 1.2).
AT_THE_LATEST = 5_000


def written(page: Page) -> None:
    """One part of a plan, by the page's own form."""
    page.goto("/my-plan/parts/well/")
    page.fill("textarea[name=text]", WORDS)
    if page.locator("input[type=checkbox][name=agreed]").count():
        page.check("input[name=agreed]")
    page.click("#write button[type=submit] >> nth=0")


def opened(page: Page) -> None:
    """A review for Fern and Moss, by the forms."""
    page.goto(f"{SHARING}crisis/review/fellside/")
    for name in ("Fern", "Moss"):
        page.get_by_label(name, exact=True).check()
    page.locator("input[name=parts][value=well]").check()
    page.click("main form button[type=submit]")
    page.click("button[name=sure]")


def reading(page: Page) -> None:
    """What ends first of what is open to this reader."""
    page.goto("/c/fellside/plans/")
    followed(page, "main .row__title a >> nth=0")
    assert WORDS in page.inner_text("main")


def followed(page: Page, link: str) -> None:
    """Go there, and on only when its socket has said hello."""
    page.click(link)
    page.wait_for_function("document.querySelector('[data-covers]')")
    with page.expect_event("websocket") as opening:
        page.reload()
    with opening.value.expect_event("framereceived"):
        pass


def test_open_pages_are_covered_when_the_owner_closes_it_and_words_being_typed_stay(visit: Any, site: DemoSite) -> None:
    owner, reader, writer = visit("rowan"), visit("fern"), visit("moss")
    written(owner)
    opened(owner)
    reading(reader)
    reading(writer)
    followed(writer, "main section a >> nth=0")
    writer.fill("textarea", "half a sentence")
    owner.goto(SHARING)
    owner.click("div.sheet:has-text('A look together') button >> nth=0")
    gone = f"() => !document.body.innerText.includes('{WORDS}')"
    reader.wait_for_function(gone, timeout=AT_THE_LATEST)
    writer.wait_for_function(gone, timeout=AT_THE_LATEST)
    assert writer.input_value("textarea") == "half a sentence"
