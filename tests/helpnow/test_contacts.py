"""The contacts: who is there for whom, and what stops a site from starting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from helpnow import Nation, book, checks, queries
from helpnow.contacts import How, Mistake, read

TODAY = date(2026, 11, 23)
EVERY = ["", *Nation.values]


@pytest.fixture
def site_with_file(settings, tmp_path):
    """A site whose operator has laid a file of contacts over ours."""

    def lay(text: str) -> book.Book:
        path = tmp_path / "contacts.toml"
        path.write_text(text, encoding="utf-8")
        settings.CONTACTS_FILE = str(path)
        book.book.cache_clear()
        return book.book()

    yield lay
    book.book.cache_clear()


LOCAL = """
[[contact]]
key = "night-line"
name = "Night line"
purpose = "Somebody near you."
nations = ["england"]
area = "Cumbria"
ways = [{ how = "call", number = "01632 960 001" }]
hours = "8 pm to 8 am"
cost = "As a local call"
source = "The trust"
last_checked = 2026-11-01
owner = "The operator"
"""


def numbers(contacts) -> set[str]:
    return {number for contact in contacts for number in contact.digits()}


@pytest.mark.parametrize("nation", EVERY)
def test_contacts_any_nation_begin_with_999_and_samaritans(nation):
    first, second, *_ = queries.contacts_for(nation)
    assert "999" in first.digits()
    assert "116123" in second.digits()


def test_contacts_northern_ireland_have_lifeline_and_no_111():
    here = numbers(queries.contacts_for("northern_ireland"))
    assert "08088088000" in here
    assert not here & {"111", "18001111"}


@pytest.mark.parametrize(
    ("nation", "number"),
    [("england", "111"), ("wales", "111"), ("scotland", "111"), ("scotland", "0800838587"), ("wales", "08081640123")],
)
def test_contacts_nation_has_its_own(nation, number):
    assert number in numbers(queries.contacts_for(nation))


def test_contacts_of_a_nation_leave_out_the_other_nations():
    assert "08088088000" not in numbers(queries.contacts_for("england"))
    assert "0800838587" not in numbers(queries.contacts_for("northern_ireland"))


def test_contacts_signed_out_name_every_nation():
    titles = [group.title for group in queries.groups_for("")]
    assert titles == ["", "England", "Scotland", "Wales", "Northern Ireland", "Anywhere in the UK"]


@pytest.mark.parametrize("nation", Nation.values)
def test_contacts_any_nation_have_ways_without_speaking(nation):
    ways = {way.how for contact in queries.contacts_for(nation) for way in contact.ways}
    assert {How.TEXT, How.BSL, How.TEXTPHONE} <= ways


def test_contacts_as_shipped_are_complete_and_fresh():
    assert list(checks._problems(book.Book(read(book.OURS)), today=TODAY)) == []


def test_contacts_after_six_months_ask_the_operator_to_look_again():
    problems = list(checks._problems(book.Book(read(book.OURS)), today=TODAY + timedelta(days=184)))
    assert len(problems) == len(read(book.OURS))
    assert {problem.id for problem in problems} == {"helpnow.W001"}


def test_contacts_dated_ahead_stop_the_site():
    problems = list(checks._problems(book.Book(read(book.OURS)), today=TODAY - timedelta(days=1)))
    assert {problem.id for problem in problems} == {"helpnow.E004"}


@pytest.mark.parametrize("gone", ["emergency", "samaritans"])
def test_contacts_without_999_or_samaritans_stop_the_site(gone):
    left = tuple(contact for contact in read(book.OURS) if contact.key != gone)
    assert "helpnow.E002" in {problem.id for problem in checks._problems(book.Book(left), today=TODAY)}


def test_contacts_samaritans_not_for_every_nation_stop_the_site():
    ours = [replace(c, nations=c.nations[:3]) if c.key == "samaritans" else c for c in read(book.OURS)]
    assert "helpnow.E002" in {problem.id for problem in checks._problems(book.Book(tuple(ours)), today=TODAY)}


def test_contacts_111_in_northern_ireland_stops_the_site():
    ours = [replace(c, nations=tuple(Nation)) if c.key == "nhs-111-england" else c for c in read(book.OURS)]
    assert "helpnow.E003" in {problem.id for problem in checks._problems(book.Book(tuple(ours)), today=TODAY)}


def test_operators_file_adds_and_replaces(site_with_file):
    found = site_with_file(LOCAL + LOCAL.replace("night-line", "calm").replace("Night line", "CALM here"))
    assert found.fault == ""
    assert [c.name for c in found.contacts if c.key in ("calm", "night-line")] == ["CALM here", "Night line"]
    assert "Night line" in [c.name for c in queries.contacts_for("england")]
    assert "Night line" not in [c.name for c in queries.contacts_for("wales")]


@pytest.mark.parametrize(
    "text",
    [
        LOCAL.replace("night-line", "samaritans"),
        LOCAL.replace('owner = "The operator"', 'owner = "The operator"\nalways = true'),
        LOCAL.replace('hours = "8 pm to 8 am"', ""),
        LOCAL.replace('"call"', '"pigeon"'),
        LOCAL.replace('"england"', '"france"'),
        LOCAL.replace("2026-11-01", '"yesterday"'),
        LOCAL.replace('number = "01632 960 001"', 'number = "ring us"'),
        LOCAL.replace('number = "01632 960 001"', 'place = "x", address = "javascript:alert(1)"'),
        LOCAL + "shoe_size = 7\n",
        "contact = 7",
        "this is not TOML",
    ],
)
def test_operators_file_with_a_mistake_is_left_out_and_stops_the_start(site_with_file, text):
    found = site_with_file(text)
    assert found.contacts == read(book.OURS)
    assert found.fault
    assert "helpnow.E001" in {problem.id for problem in checks.check_contacts()}


def test_operators_file_missing_leaves_ours(site_with_file, settings):
    settings.CONTACTS_FILE = "/nowhere/contacts.toml"
    book.book.cache_clear()
    assert book.book().contacts == read(book.OURS)
    assert book.book().fault


def test_reading_says_which_contact_and_what(tmp_path):
    path = tmp_path / "contacts.toml"
    path.write_text(LOCAL.replace('cost = "As a local call"', 'cost = ""'))
    with pytest.raises(Mistake, match=r"contact 1 \(night-line\): cost missing"):
        read(path)


@pytest.mark.parametrize("address", ["", "http://weather.example/", "javascript:alert(1)"])
def test_exit_address_that_is_no_good_stops_the_site(settings, address):
    assert checks.check_exit_address() == []
    settings.EXIT_ADDRESS = address
    assert [problem.id for problem in checks.check_exit_address()] == ["helpnow.E005"]


def test_contacts_of_ones_own_area_come_right_after_those_for_everybody(site_with_file):
    elsewhere = LOCAL.replace("night-line", "day-line").replace("Night line", "Day line").replace("Cumbria", "Kent")
    site_with_file(LOCAL + elsewhere)
    groups = queries.groups_for("england", "Cumbria")
    assert [group.title for group in groups[:3]] == ["", "Cumbria", "England"]
    names = [contact.name for group in groups for contact in group.contacts]
    assert (names.count("Night line"), names.count("Day line")) == (1, 0)
    assert queries.areas_in("england") == ["Cumbria", "Kent"]
    assert queries.areas_in("wales") == []


def test_contacts_of_an_area_nobody_knows_any_more_are_those_of_all(site_with_file):
    site_with_file(LOCAL)
    assert queries.contacts_for("england", "Atlantis") == queries.contacts_for("england")
    assert "Night line" in [contact.name for contact in queries.contacts_for("england", "Atlantis")]


def test_contacts_beside_a_plan_without_a_nation_are_those_that_hold_in_all_four():
    found = queries.contacts_beside("", "")
    assert all(contact.everywhere or contact.always for contact in found)
    assert [contact.key for contact in found[:2]] == ["emergency", "samaritans"]
    assert "111" not in numbers(found)
    assert queries.contacts_beside("scotland", "") == queries.contacts_for("scotland")
