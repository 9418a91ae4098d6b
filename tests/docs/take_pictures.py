"""Takes the README's and the guides' pictures of real pages, in a real browser: `python -m tests.docs.take_pictures`.

Names after it take those alone.

Needs Chromium (`PEERNET_TEST_CHROMIUM` may say where). Serves a demo of its own from a folder that is thrown away.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.answers.browser import started
from tests.browser.real_site import DemoSite, sign_in_once

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
BIGGEST = 120 * 1024
PHONE, TALL, DESK = (390, 780), (390, 1040), (1100, 760)
# What Heron writes for the picture of a post in its pause.
WRITTEN = {"title": "Bread on Friday", "text": "I'm baking on Thursday evening. Shall I bring two loaves, or three?"}
# Name, whose, where, how big, and light or evening light. HELD stands for the number of the post that is held.
PICTURES = (
    ("board", "heron", "/c/fellside/board/", DESK, "light"),
    ("front", "fern", "/c/fellside/", TALL, "light"),
    ("pause", "heron", "/c/fellside/board/new/", TALL, "dark"),
    ("held", "moss", "/c/fellside/waiting/", TALL, "light"),
    ("deciding", "wren", "/c/fellside/moderation/HELD/", DESK, "light"),
    ("rules", "heron", "/c/fellside/rules/", (980, 620), "light"),
    ("help-now", "", "/help-now/", PHONE, "light"),
    ("welcome", "heron", "/c/fellside/welcome/2/", PHONE, "light"),
    ("report", "heron", "REPORT", TALL, "light"),
    ("queue", "ash", "/c/fellside/moderation/", DESK, "light"),
    ("rota", "wren", "/c/fellside/rota/", DESK, "light"),
    ("plan", "heron", "/my-plan/", TALL, "light"),
    ("plan-step", "heron", "/my-plan/now/", PHONE, "dark"),
    ("votes", "heron", "/c/fellside/votes/", TALL, "light"),
    ("groups", "heron", "/c/fellside/groups/", TALL, "light"),
    ("letter", "linden", "LETTER", PHONE, "light"),
    ("register", "moss", "REGISTER", TALL, "light"),
)
# What Heron reports, so that the queue's picture has a report in it.
WORRY = {"reason": "private", "words": "Moss tells where somebody lives. I think that is not ours to tell."}


def take_all(site: DemoSite, browser: Browser, wanted: list[str]) -> None:
    """Take every picture, or those that are wanted; ends with the name of one that grew too big."""
    held = str(site.post_in("held")[0])
    led_to = {"REPORT": to_report, "LETTER": to_letter, "REGISTER": to_register}
    for name, key, where, (width, height), light in PICTURES:
        if wanted and name not in wanted:
            continue
        state = sign_in_once(site, browser, key) if key else None
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": height},
            storage_state=state,
            color_scheme=light,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto(led_to[where](page, site) if where in led_to else where.replace("HELD", held))
        if name == "pause":
            send(page)
        if name == "report":
            write_report(page)
        path = FOLDER / f"{name}.png"
        page.screenshot(path=path)
        if name == "report":
            page.click("main form button[type=submit]")
            page.wait_for_selector(".slip--held", timeout=5000)
        context.close()
        if path.stat().st_size > BIGGEST:
            sys.exit(f"{path.name} is bigger than {BIGGEST // 1024} KB: take it smaller")


def to_report(page: Page, site: DemoSite) -> str:
    """Where the first post by somebody else in the longest thread is reported."""
    page.goto(f"/c/fellside/board/{site.longest_thread()}/")
    return page.locator("a[href*='/report/post/']").first.get_attribute("href") or ""


def to_letter(page: Page, site: DemoSite) -> str:
    """Where a letter of the group lies that has not been opened."""
    page.goto("/c/fellside/letters/yours/")
    return page.locator("main a[href*='/letters/yours/']").first.get_attribute("href") or ""


def to_register(page: Page, site: DemoSite) -> str:
    """Where somebody who runs a session of last week writes down who was there."""
    page.goto("/c/fellside/groups/")
    page.click("main a:has-text('The week before')")
    sessions = [link.get_attribute("href") or "" for link in page.locator("main a[href*='/sessions/']").all()]
    for session in sessions:
        page.goto(session)
        register = page.locator("main a[href$='/register/']")
        if register.count():
            return register.first.get_attribute("href") or ""
    sys.exit("nobody took a register last week")


def write_report(page: Page) -> None:
    """Fill the form, and look at who will read it."""
    page.check(f"[name=reason][value={WORRY['reason']}]")
    page.fill("[name=words]", WORRY["words"])
    page.locator(".who-sees li").last.scroll_into_view_if_needed()


def send(page: Page) -> None:
    """Write and send, as somebody would."""
    for field, words in WRITTEN.items():
        page.fill(f"[name={field}]", words)
    page.click("main form button[type=submit]")
    page.wait_for_selector(".slip--pause", timeout=5000)


def main() -> None:
    chromium = os.environ.get("PEERNET_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("Chromium is missing: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        site = DemoSite(Path(folder))
        try:
            with started(chromium) as browser:
                take_all(site, browser, sys.argv[1:])
        finally:
            site.end()


if __name__ == "__main__":
    main()
