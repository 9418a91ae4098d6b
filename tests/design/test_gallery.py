"""The gallery shows every component, and axe finds nothing in it in any light; leaving covers the page at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from peernet.gallery_samples import SECTIONS
from tests.answers.browser import WIDTHS, faults, started, too_wide

COMPONENTS = Path(__file__).resolve().parents[2] / "templates/components"
# Parts of the page itself, and of other components: on the gallery's page all the same.
ELSEWHERE = {"band", "head", "menu", "message", "icon", "field", "field_notes", "error_summary", "contact"}
SHAPES = {"form_page", "message_page"}
PARTS = {"post_pause", "post_held", "post_gone"}


def test_every_component_is_in_the_gallery() -> None:
    there = {path.stem for path in COMPONENTS.glob("*.html")}
    shown = {name for _, samples in SECTIONS for name, _, _ in samples}
    assert there - ELSEWHERE - SHAPES - PARTS == shown


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as quiet, started(chromium) as browser:
        quiet.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield browser


@pytest.fixture
def gallery(settings, live_server, transactional_db) -> str:
    settings.ROOT_URLCONF = "tests.design.gallery_urls"
    return f"{live_server.url}/gallery/"


@pytest.fixture
def page(browser: Browser, gallery: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    answer = page.goto(gallery)
    assert answer
    assert answer.ok
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "looks",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}],
    ids=["light", "dark", "forced colours", "more contrast"],
)
def test_gallery_has_nothing_for_axe_to_find(browser: Browser, gallery: str, width: int, looks: dict) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740}, **looks)
    answer = page.goto(gallery)
    assert answer
    assert answer.ok
    assert faults(page) == []
    assert not too_wide(page)
    page.close()


@pytest.mark.browser
def test_band_is_in_sight_wherever_the_page_stands(page: Page) -> None:
    page.evaluate("window.scrollTo(0, 4000)")
    for name in (".band__help", ".band__exit"):
        box = page.locator(name).bounding_box()
        assert box
        assert 0 <= box["y"] < 60
        assert box["height"] >= 44


@pytest.mark.browser
def test_nothing_that_has_the_focus_lies_under_the_band(page: Page) -> None:
    hidden = """() => { const e = document.activeElement, band = document.querySelector('.band');
        return !band.contains(e) && e !== document.body && !e.matches('.skip')
          && e.getBoundingClientRect().top < band.getBoundingClientRect().bottom - 1
          ? e.outerHTML.slice(0, 90) : '' }"""
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 60:
        page.keyboard.press(key)
        assert page.evaluate(hidden) == ""


@pytest.mark.browser
def test_shift_three_times_covers_the_page_and_leaves(page: Page) -> None:
    left = held_back(page, "**/leave-this-page/")
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    assert page.locator("main").is_visible()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_function("getComputedStyle(document.body).display === 'none'")
    page.wait_for_timeout(200)
    assert left == ["exit=1"]


@pytest.mark.browser
def test_a_form_sent_by_an_impatient_thumb_goes_once(page: Page) -> None:
    sent = held_back(page, "**/gallery/")
    page.fill("#fresh_title", "Soup")
    page.evaluate(
        "() => { const form = document.querySelector('#forms form'); form.noValidate = true;"
        " const button = form.querySelector('button'); setTimeout(() => { button.click(); button.click() }, 10) }"
    )
    page.wait_for_selector("form[data-sent]")
    page.wait_for_timeout(200)
    assert len(sent) == 1


def held_back(page: Page, address: str) -> list[str | None]:
    """What the page sends there; it never gets an answer that would lead it away."""
    sent: list[str | None] = []

    def take(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.request.post_data)
        return route.fulfill(status=204)

    page.route(address, take)
    return sent
