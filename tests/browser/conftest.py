"""What the tests in a real Chromium share beside the site itself."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.phone_copy import PAGE, lock, write_plan
from tests.browser.real_site import DemoSite


@pytest.fixture
def with_copy(visit: Any, site: DemoSite) -> Callable[..., Page]:
    """`with_copy("heron")`: a phone on which this person has a copy of their plan under PIN."""

    def make(key: str, *, exit: str = "take", **options: Any) -> Page:
        write_plan(site, key)
        page: Page = visit(key, **options)
        page.goto(PAGE)
        lock(page, exit)
        return page

    return make
