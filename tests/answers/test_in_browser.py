"""The pages for faults, help now and the way out in a real Chromium."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from .browser import LOOKS, faults, sign_in, started, too_wide
from .conftest import LONG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEND = """([address, fields]) => {
    const form = document.createElement("form");
    form.method = "post"; form.action = address;
    for (const [name, value] of Object.entries(fields)) {
        const area = document.createElement("textarea");
        area.name = name; area.value = value; form.append(area);
    }
    document.body.append(form); form.submit();
}"""
SECRET = "Nobody outside may read this line"


class Elsewhere(BaseHTTPRequestHandler):
    """The neutral page outside, and what it learns about where people came from."""

    seen: list[str | None] = []

    def do_GET(self) -> None:
        if self.path == "/":
            self.seen.append(self.headers.get("Referer"))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Weather</title><h1>Rain later</h1>")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def outside(settings) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.EXIT_ADDRESS = f"http://127.0.0.1:{server.server_port}/"
    Elsewhere.seen.clear()
    yield settings.EXIT_ADDRESS
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def quiet(monkeypatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def browser(chromium) -> Iterator[Browser]:
    with started(chromium, remembers_pages=True) as browser:
        yield browser


@pytest.fixture
def here(live_server) -> str:
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(browser, here, member) -> Page:
    context = browser.new_context()
    sign_in(context, here, member)
    return context.new_page()


def post(page: Page, address: str, fields: dict[str, str]) -> None:
    """Send a form from one of our own pages."""
    with page.expect_navigation():
        page.evaluate(SEND, [address, fields])


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_for_faults_and_help_have_no_barrier(page, here, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for path in ("/help-now/", "/leave-this-page/", "/no/such/page/", "/fail/refused/", "/fail/conflict/"):
        page.goto(here + path)
        assert faults(page) == [], path
        assert not too_wide(page), path
    post(page, "/fail/nothing/", {"text": LONG})
    assert faults(page) == []
    assert not too_wide(page)
    page.goto(here + "/fail/second-step/")
    post(page, "/fail/conflict/", {"text": LONG, "title": "Tonight"})
    assert faults(page) == []


def test_help_now_targets_are_big_and_work_without_script(browser, here):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(here + "/help-now/")
    links = page.locator("a[href^='tel:'], a[href^='sms:']").all()
    assert len(links) > 10
    assert all(link.bounding_box()["height"] >= 44 for link in links)
    assert page.get_by_role("button", name="Exit this page").bounding_box()["height"] >= 44


def test_nothing_written_into_a_fault_page_runs(page, here):
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto(here + "/help-now/")
    for how in ("refused", "conflict", "missing", "broken"):
        nasty = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
        post(page, f"/fail/{how}/?<script>alert(4)</script>", {"text": nasty, "title": nasty, "form_key": nasty})
        assert page.locator("textarea[name=text]").input_value() == nasty
    assert ran == []


def test_words_any_length_come_back_and_go_again_in_a_browser(page, here):
    page.goto(here + "/help-now/")
    post(page, "/fail/refused/", {"text": LONG, "form_key": "k-1"})
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Send it again").click()
    fields = parse_qs(sent.value.post_data, keep_blank_values=True)
    assert fields["text"] == [LONG]
    assert fields["form_key"] == ["k-1"]


@pytest.mark.parametrize("way", ["button", "shift", "no script"])
def test_exit_leads_away_and_back_shows_nothing(browser, here, member: Client, outside, way):
    context = browser.new_context(java_script_enabled=way != "no script")
    sign_in(context, here, member)
    page = context.new_page()
    page.goto(here + "/secret/")
    assert SECRET in page.content()
    if way == "shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(outside)
    assert Elsewhere.seen == [None]
    assert not any(cookie["name"] == "sessionid" for cookie in context.cookies())
    for _ in range(3):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert SECRET not in page.content()
        if page.url == "about:blank":
            break


def test_exit_expired_sitting_back_shows_nothing(page, here, member: Client, outside):
    page.goto(here + "/secret/")
    member.session.flush()
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(outside)
    page.go_back(wait_until="commit")
    page.wait_for_timeout(300)
    assert SECRET not in page.content()


def test_exit_without_no_store_would_show_it_again(browser, here, member: Client, outside, monkeypatch):
    # The twin: with the header taken out the same browser brings the page back, so the tests above can fail.
    monkeypatch.setattr("peernet.headers._is_static", lambda *args: True)
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, here, member)
    page = context.new_page()
    page.goto(here + "/secret/")
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(outside)
    page.go_back(wait_until="commit")
    page.wait_for_timeout(300)
    assert SECRET in page.content()
