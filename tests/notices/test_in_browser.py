"""Pushes in a real Chromium: the worker shows one neutral line, and the page asks only after a tap.

No push service is reached: Chromium asks its maker's own, which a test must not. What its subscription would give is
put in its place (`A_BELL`); everything after it, the form, the row, the worker and what it shows, is real.
"""

import sqlite3
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.real_site import DemoSite

pytestmark = pytest.mark.browser

ENDPOINT = "https://fcm.googleapis.com/fcm/send/from-a-test"
A_BELL = f"""
window.asked = 0;
Notification.requestPermission = () => {{ window.asked += 1; return Promise.resolve('granted'); }};
PushManager.prototype.getSubscription = () => Promise.resolve(null);
PushManager.prototype.subscribe = (options) => {{
  if (!options.userVisibleOnly || new Uint8Array(options.applicationServerKey).length !== 65) throw new Error('key');
  return Promise.resolve({{endpoint: '{ENDPOINT}'}});
}};
"""
# Waits for one line that came after the one seen before (wait_for_function does not wait for what a promise brings).
ONE_SHOWN_AFTER = """async before => {
  const registration = await navigator.serviceWorker.ready;
  for (;;) {
    const [one, ...more] = await registration.getNotifications();
    if (one && !more.length && one.timestamp > before)
      return {title: one.title, body: one.body, tag: one.tag, data: String(one.data), at: one.timestamp};
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}"""


@pytest.fixture(autouse=True)
def traveller() -> None:
    """Real time: the site is a process of its own."""


def phones(demo: DemoSite) -> list[tuple[str, str]]:
    with sqlite3.connect(demo.folder / "peernet.sqlite3") as database:
        return database.execute("SELECT label, sealed_endpoint FROM notices_phone").fetchall()


def worker_of(page: Page) -> tuple[CDPSession, str]:
    """Register the worker as the page does; return a line to the browser and its number for the registration."""
    line = page.context.new_cdp_session(page)
    found: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(one["registrationId"] for one in said["registrations"]),
    )
    line.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => 1)")
    while not found:
        page.evaluate("1")  # lets what the browser says come in
    return line, found[-1]


def test_a_push_shows_one_line_that_says_nothing_and_a_second_takes_its_place(visit: Any, site: DemoSite) -> None:
    page: Page = visit("heron")
    page.context.grant_permissions(["notifications"], origin=site.address)
    page.goto("/notices/choices/")
    line, registration = worker_of(page)
    shown: dict[str, Any] = {"at": 0}
    for data in ("", "CANARY: words from nowhere"):
        line.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": site.address, "registrationId": registration, "data": data},
        )
        # Between the first and the one that takes its place there may be none for a moment: asked and read in one.
        shown = page.evaluate(ONE_SHOWN_AFTER, shown["at"])
    shown.pop("at")
    assert shown == {"title": "Something new for you", "body": "", "tag": "new", "data": "null"}


def test_the_worker_keeps_no_page(visit: Any) -> None:
    page: Page = visit("heron")
    page.goto("/notices/choices/")
    worker_of(page)
    page.goto("/c/fellside/board/")
    page.goto("/notices/choices/")
    assert page.evaluate("() => caches.keys()") == []


def test_a_tap_asks_the_phone_and_sends_a_plain_form(visit: Any, site: DemoSite) -> None:
    page: Page = visit("moss")
    page.context.grant_permissions(["notifications"], origin=site.address)
    page.add_init_script(A_BELL)
    page.goto("/notices/choices/")
    assert page.evaluate("window.asked") == 0
    page.fill("#phone_label", "my phone")
    page.click("text=Tell me on this phone")
    page.wait_for_selector("text=You are told on this phone now")
    [(label, sealed)] = phones(site)
    assert label == "my phone"
    assert ENDPOINT not in sealed
    assert "This one" in page.inner_text("main")
    assert "fcm" not in page.content()
    # Now that there is a phone, it can be chosen what it rings for.
    assert page.locator("input[name=push_answers]").is_checked()
    page.click("text=Tell me no more there")
    page.wait_for_selector("text=That phone is told nothing more")
    assert phones(site) == []


def test_a_phone_that_says_no_is_told_how_to_change_its_mind(visit: Any, site: DemoSite) -> None:
    page: Page = visit("moss")
    page.add_init_script("Notification.requestPermission = () => Promise.resolve('denied');")
    page.add_init_script("Object.defineProperty(Notification, 'permission', {get: () => 'default'});")
    page.goto("/notices/choices/")
    page.click("text=Tell me on this phone")
    page.wait_for_selector("text=Your phone says no")
    assert phones(site) == []


def test_an_iphone_s_browser_is_told_about_the_home_screen(visit: Any) -> None:
    page: Page = visit("moss", user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/605")
    page.add_init_script("delete window.PushManager;")
    page.goto("/notices/choices/")
    page.wait_for_selector("text=Add to Home Screen")
    assert not page.locator("text=Tell me on this phone").is_visible()


def test_without_script_there_is_e_mail_and_a_line_that_says_so(visit: Any) -> None:
    page: Page = visit("moss", java_script_enabled=False)
    page.goto("/notices/choices/")
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#this-phone").is_visible()
    page.select_option("select[name=quiet_from]", "21")
    page.click("main button:has-text('Save')")
    assert page.locator("select[name=quiet_from]").input_value() == "21"


def test_the_home_screen_shows_a_neutral_word(visit: Any) -> None:
    page: Page = visit("moss")
    page.goto("/notices/choices/")
    shown = page.evaluate("() => fetch(document.querySelector('link[rel=manifest]').href).then(r => r.json())")
    assert (shown["name"], shown["short_name"], shown["start_url"]) == ("Today", "Today", "/")
    assert all(page.request.get(icon["src"]).status == 200 for icon in shown["icons"])
