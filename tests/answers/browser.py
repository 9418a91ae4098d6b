"""A real Chromium, and the site served to it over the network."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright

WIDTHS = (360, 1280)
# A phone by day and a desk at night: each width and each set of colours once.
LOOKS = ((360, "light"), (1280, "dark"))
AXE = Axe().axe_script
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def started(executable: str, *, remembers_pages: bool = False) -> Iterator[Browser]:
    """Chromium, with its whole-page memory for the Back button only where asked: see `launch`."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, executable, remembers_pages=remembers_pages)
        yield browser
        browser.close()


def launch(kind: BrowserType, executable: str, *, remembers_pages: bool) -> Browser:
    """Start one. People's browsers remember whole pages; but Playwright takes that away, as it can lose track then."""
    kept = ["--disable-back-forward-cache"] if remembers_pages else []
    return kind.launch(executable_path=executable, args=["--no-sandbox"], ignore_default_args=kept)


def sign_in(context: BrowserContext, address: str, client: Client) -> None:
    """Give the browser the sitting that the test's client has."""
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def faults(page: Page) -> list[str]:
    """What axe finds on the page, one line each. What is in order it need not tell: that takes three times as long."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(rules)", {"runOnly": RULES, "resultTypes": ["violations"]})
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


def too_wide(page: Page) -> bool:
    """Whether the page has to be pushed sideways."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
