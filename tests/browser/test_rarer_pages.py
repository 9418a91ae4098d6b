"""Pages that the demo has no moment for, as the walk of every address makes them: nothing for axe to find either."""

import re
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.urls import resolve
from playwright.sync_api import Browser, Page, Route

from peernet import access
from people.access import Role, Row
from tests.access.walk import Place
from tests.answers.browser import LOOKS, faults, started, too_wide
from tests.browser.pages import PAGES
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]

# Who is asked first for a page that several have: each of these meets it with the most on it.
FIRST = [Role.TOP_THREE, Role.ACTIVE, Role.STAFF, Role.INACTIVE, Role.SUSPENDED_ALL, Role.SIGNED_OUT]
HERE = "http://site.test/"


def looked_at_elsewhere() -> set[str]:
    """The names of the addresses whose pages tests/browser/pages.py has."""
    addresses = {re.sub(r"[A-Z_]{2,}", "1", address).partition("?")[0] for those in PAGES.values() for address in those}
    return {resolve(address).view_name for address in addresses if address.startswith("/") and "nothing" not in address}


def rarer(role: Role) -> list[tuple[str, Row]]:
    """Addresses nobody else looks at whose pages this role is the first to have."""
    known = looked_at_elsewhere()
    rest = [each for each in Role if each not in FIRST]
    first = {
        name: next((each for each in FIRST + rest if each in row.reads), None) for name, row in access.table().items()
    }
    return [(name, row) for name, row in access.table().items() if name not in known and first[name] == role]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as quiet, started(chromium) as browser:
        quiet.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield browser


def pages_of(cast: Cast, role: Role) -> dict[str, bytes]:
    """Each such page as the site answers it, by its address's name."""
    place = Place(cast, role)
    client, found = place.client, {}
    for name, row in rarer(role):
        with transaction.atomic():
            answer = client.get(place.address(name, own=row.own))
            transaction.set_rollback(True)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[name] = b"".join(answer) if answer.streaming else answer.content
    return found


def shown(page: Page, body: bytes) -> None:
    """Show a page with its own style and scripts; nothing else is there."""

    def serve(route: Route) -> None:
        asked = route.request.url.removeprefix(HERE)
        if route.request.is_navigation_request():
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        elif asked.startswith("static/") and (path := finders.find(asked.removeprefix("static/"))):
            route.fulfill(body=Path(path).read_bytes(), content_type=guess_type(path)[0])
        else:
            route.fulfill(status=404)

    page.unroute_all()
    page.route(f"{HERE}**", serve)
    page.goto(HERE)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_rarer_page_has_no_faults_for_axe_and_fits(browser: Browser, cast: Cast, role: Role) -> None:
    page, wrong, bodies = browser.new_page(), [], pages_of(cast, role)
    for name, body in bodies.items():
        shown(page, body)
        assert page.evaluate("document.styleSheets.length && document.styleSheets[0].cssRules.length"), name
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{name} ({width}, {scheme}): {fault}" for fault in faults(page)]
            wrong += [f"{name} ({width}): too wide"] if too_wide(page) else []
    page.close()
    assert role != Role.TOP_THREE or len(bodies) > 15
    assert not wrong, "\n".join(wrong)


def test_every_page_there_is_gets_looked_at() -> None:
    known = looked_at_elsewhere()
    mine = {name for role in Role for name, _row in rarer(role)}
    assert {name for name, row in access.table().items() if row.reads} <= known | mine
    assert len(known) > 100
