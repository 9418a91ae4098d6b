"""How a time reads on a page: by London's clock, in plain words, and exact for machines."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string

from clock.words import timestamp

NIGHT = datetime(2026, 11, 3, 2, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 3, 23, 2, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "today", "short", "words"),
    [
        (NIGHT, NIGHT, False, "today at 2:12 am"),
        (NIGHT, NIGHT.date(), True, "2:12 am"),
        (NIGHT, date(2026, 11, 4), True, "Tuesday 3 November at 2:12 am"),
        (NIGHT.replace(hour=0), NIGHT, False, "today at 12:12 am"),
        (NIGHT.replace(hour=12), NIGHT, False, "today at 12:12 pm"),
        # Already the next day in London.
        (SUMMER, SUMMER, False, "today at 12:02 am"),
        (SUMMER, SUMMER.date(), False, "Saturday 4 July at 12:02 am"),
    ],
)
def test_time_reads_in_plain_words(at: datetime, today: date, short: bool, words: str) -> None:
    assert f">{words}</time>" in timestamp(at, today, short=short)


def test_time_is_exact_for_machines() -> None:
    assert '<time datetime="2026-07-04T00:02:09+01:00">' in timestamp(SUMMER, SUMMER)


@pytest.mark.time_machine(NIGHT, tick=False)
def test_time_without_a_day_is_told_by_the_day_it_is() -> None:
    assert "today at 2:12 am" in render_to_string("components/timestamp.html", {"at": NIGHT})
    assert "today" not in render_to_string("components/timestamp.html", {"at": SUMMER})


def test_no_time_says_nothing() -> None:
    assert render_to_string("components/timestamp.html", {"at": None}).strip() == ""
