"""One's plan in a real Chromium: one tap away on the narrowest phones, step by step with keys alone, on one sheet."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
A4_ACROSS = (842, 595)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_my_plan_help_and_the_way_out_stand_on_one_line(visit: Any, width: int) -> None:
    page: Page = visit("heron")
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/c/fellside/board/")
    boxes = [page.locator(f".band__{name}").bounding_box() for name in ("home", "plan", "help", "exit")]
    assert all(box and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert all(a["x"] + a["width"] <= b["x"] + 1 and abs(a["y"] - b["y"]) < 8 for a, b in pairwise(boxes))
    page.click(".band__plan")
    page.wait_for_url("**/my-plan/")


def test_steps_are_gone_through_with_keys_alone_and_numbers_ring(visit: Any) -> None:
    page: Page = visit("heron")
    page.goto("/my-plan/now/")
    seen = []
    for _ in range(30):
        seen.append(page.inner_text("h1"))
        onward = page.locator("main .button--main")
        if not onward.count():
            break
        onward.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/now/{len(seen) + 1}/")
    assert len(seen) > 5
    assert seen[:3] == ["First", "Then", "And then"]
    page.goto(f"/my-plan/now/{seen.index('People I can ask, and what I' + chr(39) + 'd like them to do') + 1}/")
    assert re.fullmatch(r"tel:\d+", page.get_attribute("main .aloud a", "href") or "")


def test_printed_from_the_browser_it_is_one_side_of_a4_and_the_page_round_it_is_not(visit: Any) -> None:
    page: Page = visit("heron")
    page.goto("/my-plan/print/")
    file = page.pdf(prefer_css_page_size=True)
    sides = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file)
    assert [(round(float(width)), round(float(height))) for width, height in sides] == [A4_ACROSS]
    page.emulate_media(media="print")
    assert not page.is_visible(".band")
    assert not page.is_visible("[data-print]")
    assert page.is_visible("text=Samaritans")


def test_print_button_is_there_only_with_script(visit: Any) -> None:
    page: Page = visit("heron")
    page.goto("/my-plan/print/")
    assert page.is_visible("[data-print]")
    without: Page = visit("heron", java_script_enabled=False)
    without.goto("/my-plan/print/")
    assert not without.is_visible("[data-print]")
    assert without.is_visible("main noscript p")
