"""A phone with a copy of somebody's plan on it, for tests in a real Chromium."""

import re
import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.browser.real_site import ROOT, DemoSite

PAGE, AT_HAND, OUT = "/my-plan/on-this-phone/", "/at-hand/", "/accounts/logout/"
PIN, CANARY = "604913", "kingfisher on the fence"
# Everything that this browser keeps of the site, as one text.
ALL_KEPT = """async () => {
  const kept = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    for (const request of await store.keys()) kept.push(request.url, await (await store.match(request)).text());
  }
  kept.push(...(await indexedDB.databases()).map(one => one.name));
  return kept.join("\\n");
}"""
STORES = "() => caches.keys()"
WRITE = """
import sys, django
django.setup()
from clock import now
from crisisplans.queries import own_plan
from crisisplans.services.saving import save_words
from crisisplans.words import PlanWords
from people.models import Person
person = Person.objects.get(pk=sys.argv[1])
own = own_plan(person, "crisis", now())
people = {"text": "Ring Jo on 01632 960123.\\n<img src=x onerror=window.broken=1>"}
words = PlanWords({"people": people, "safe": {"text": sys.argv[2]}}, ("Feet on the floor", "Kettle on"))
save_words(person=person, kind="crisis", words=words, seen_version=own.number if own else 0, agreed=True)
"""


WRITTEN: dict[tuple[str, str], str] = {}


def write_plan(site: DemoSite, key: str, said: str = CANARY) -> None:
    """See to it that this person's plan says this, saved as they would on another device."""
    if WRITTEN.get((site.address, key)) == said:
        return
    person = site.one(f"SELECT person_id FROM communities_membership WHERE id = {site.membership(key.capitalize())}")
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "peernet.settings"}
    given = [sys.executable, "-c", WRITE, str(person), said]
    subprocess.run(given, cwd=ROOT, env=environment, check=True, capture_output=True)
    WRITTEN[site.address, key] = said


def lock(page: Page, exit: str = "take") -> None:
    page.fill("#copy-first", PIN)
    page.fill("#copy-again", PIN)
    page.check(f"input[name=exit][value={exit}]")
    page.get_by_role("button", name="Keep it on this phone").click()
    expect(page.get_by_role("link", name="Open it", exact=True)).to_be_visible(timeout=60_000)


def unlock(page: Page, pin: str = PIN) -> None:
    page.fill("#copy-secret", pin)
    page.press("#copy-secret", "Enter")


def opens(page: Page) -> None:
    expect(page.locator("[data-part=plan]")).to_contain_text("Feet on the floor", timeout=60_000)


def leave(page: Page) -> None:
    """Exit this page, to a page of others that no test asks for."""
    page.context.route(re.compile("^https://"), lambda route: route.fulfill(body="Rain", content_type="text/html"))
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(re.compile("^https://"))


def gone(page: Page) -> None:
    """Nothing of the copy is left in this browser."""
    for _ in range(100):
        if page.evaluate(STORES) == []:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(STORES) == []
    assert page.evaluate("localStorage.plan") is None
