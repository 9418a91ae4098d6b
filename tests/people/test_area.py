"""Where somebody lives, as far as it decides whose help is shown first."""

from pathlib import Path

import pytest

import clock
from helpnow import book
from people.services import choose_nation
from tests.cast import Cast, client_of
from tests.helpnow.test_contacts import LOCAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def near_contacts(tmp_path: Path, settings):
    path = tmp_path / "contacts.toml"
    path.write_text(LOCAL, encoding="utf-8")
    settings.CONTACTS_FILE = str(path)
    book.book.cache_clear()
    yield
    book.book.cache_clear()


def test_area_is_asked_for_only_where_contacts_name_one(cast: Cast) -> None:
    assert 'name="area"' not in client_of(cast["heron"]).get("/accounts/").content.decode()


def test_area_chosen_comes_first_on_help_now(cast: Cast, near_contacts: None) -> None:
    heron = client_of(cast["heron"])
    assert 'name="area"' in heron.get("/accounts/").content.decode()
    heron.post("/accounts/nation/", {"nation": "england", "area": "Cumbria"})
    page = heron.get("/help-now/").content.decode()
    assert page.index("tel:116123") < page.index("Night line, Cumbria") < page.index("tel:111")


def test_area_that_contacts_do_not_name_is_not_kept(cast: Cast, near_contacts: None) -> None:
    heron = cast["heron"].person
    for nation, area in (("england", "<b>Kent</b>"), ("wales", "Cumbria")):
        choose_nation(person=heron, nation=nation, area=area, now=clock.now())
        heron.refresh_from_db()
        assert (heron.nation, heron.area) == (nation, "")
