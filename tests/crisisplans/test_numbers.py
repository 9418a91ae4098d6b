"""Numbers in one's own words that a tap rings, and what is no number to ring."""

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as some

from crisisplans.numbers import numbers_in
from crisisplans.templatetags.plan_words import with_numbers
from helpnow.book import book
from helpnow.contacts import How


def dialled(text: str) -> list[str]:
    return [number.dialled for number in numbers_in(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Jo, 020 7946 0000: come round", ["02079460000"]),
        ("Ring 07700 900123.", ["07700900123"]),
        ("07700-900-123 or (01632) 960 001", ["07700900123", "01632960001"]),
        ("+44 7700 900123", ["+447700900123"]),
        ("+44 (0)20 7946 0000", ["+442079460000"]),
        ("0800 1111 is for children", ["08001111"]),
        ("999, 111 and 116 123", ["999", "111", "116123"]),
        ("Jo 07700 900123 01632 960001 Fern", ["07700900123", "01632960001"]),
        ("a\u00a007700\u00a0900\u00a0123", ["07700900123"]),
        ("٠٧٧٠٠ ٩٠٠ ١٢٣", ["07700900123"]),
        ("one\n01632 960001\n01632 960002", ["01632960001", "01632960002"]),
    ],
)
def test_number_is_found_and_dialled_as_written(text: str, numbers: list[str]) -> None:
    assert dialled(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Sertraline 50 mg, 2 in the morning",
        "23/11/2026",
        "02/11/2026 at 07:00",
        "at 10.30, or 22.15",
        "text SHOUT to 85258",
        "£0800 1234567",
        "flat 12, SW1A 1AA",
        "room 101b",
        "me@0207946000.example",
        "123456789012345678901234567890",
        "0",
        "",
    ],
)
def test_what_is_no_number_to_ring_stays_words(text: str) -> None:
    assert dialled(text) == []


def test_every_number_to_call_of_the_sites_own_contacts_would_be_found() -> None:
    ways = [way for contact in book().contacts for way in contact.ways if way.how == How.CALL]
    assert [dialled(f"Ring {way.number} now") for way in ways] == [[way.digits] for way in ways]


@given(some.text(alphabet=some.sampled_from("0123456789 +()-.\n<>&a£/"), max_size=60))
def test_words_with_links_say_the_same_and_run_nothing(text: str) -> None:
    shown = with_numbers(text)
    assert "<script" not in with_numbers(f"<script>{text}")
    plain = "".join(strip_tags(shown).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split())
    assert plain == "".join(text.split())
    for number in numbers_in(text):
        assert text[number.start : number.end] == number.shown
