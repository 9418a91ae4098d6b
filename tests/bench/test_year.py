"""The small run of bench/year.py: each page of groups in at most ten queries, however many weeks lie behind."""

import pytest

import clock
from bench.measuring.year_pages import MOST_QUERIES, measured
from bench.measuring.year_rows import Filler, Year

# A Thursday afternoon, so that something has been this week and something is still to come.
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-06-11 15:00:00+01:00", tick=False)]


def test_pages_of_groups_take_ten_queries_at_most_after_some_weeks_of_a_full_timetable() -> None:
    filler = Filler(Year(members=40, weeks=4, a_week=10, posts=60), clock.now())
    filler.fill()
    asked = {name: row["queries"] for name, row in measured(filler, times=0).items()}
    assert {name: queries for name, queries in asked.items() if queries > MOST_QUERIES} == {}
    # Nothing is counted where nobody counts: each asks at least who is here, and where.
    assert min(asked.values()) >= 4
    assert len(asked) > 20
