"""What is typed in a plan is kept by the script while it is typed, and is there again after a reload (ADR 0031)."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PART = "/my-plan/parts/reasons/"
STEPS = "/my-plan/first-steps/"


def test_part_is_kept_while_it_is_typed_and_comes_back_after_a_reload(visit: Any) -> None:
    page: Page = visit("clover")
    page.goto(PART)
    page.fill("textarea", "The dog needs his walk")
    expect(page.locator("[data-said]")).to_have_text(re.compile("Kept for later"), timeout=15_000)
    page.reload()
    expect(page.locator("textarea")).to_have_value("The dog needs his walk")
    expect(page.locator("#draft-note")).to_contain_text("It is not saved yet")


def test_words_typed_without_a_line_wait_in_the_tab_and_are_kept_when_it_is_back(visit: Any) -> None:
    page: Page = visit("clover")
    page.goto(STEPS)
    page.context.set_offline(True)
    page.fill("input[name=step_2]", "Ring Jo before it is bad")
    expect(page.locator("[data-said]")).to_have_text(re.compile("Not kept yet: no connection"), timeout=15_000)
    stored = page.evaluate("JSON.stringify(sessionStorage)")
    assert "unsent /my-plan/first-steps/" in stored
    assert "Ring Jo" not in stored
    page.context.set_offline(False)
    expect(page.locator("[data-said]")).to_have_text(re.compile("Kept for later"), timeout=30_000)
    page.reload()
    expect(page.locator("input[name=step_2]")).to_have_value("Ring Jo before it is bad")
