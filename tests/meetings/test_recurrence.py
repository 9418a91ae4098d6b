"""Which days a rule names, and which hours London's clock shows, held against walking the days one by one."""

import calendar
import itertools
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from clock.london import LONDON, first_moment
from meetings.bank_holidays import is_bank_holiday
from meetings.recurrence import LAST, Frequency, Often, days_of, first_day_of, is_skipped, read_rule

A_DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
ENDS = st.none() | DAYS
OFTEN = st.one_of(
    st.builds(Often, st.just(Frequency.WEEKLY), WEEKDAYS, st.just(0), ENDS),
    st.builds(Often, st.just(Frequency.FORTNIGHTLY), WEEKDAYS, st.just(0), ENDS),
    st.builds(
        Often,
        st.just(Frequency.MONTHLY),
        st.integers(0, 6).map(lambda day: (day,)),
        st.sampled_from([1, 2, 3, 4, LAST]),
        ENDS,
    ),
    st.just(Often(Frequency.ONCE)),
)


def walked(often: Often, first: date, start: date, end: date) -> list[date]:
    """The same by asking each day whether it is one; nothing of a library in it."""
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return [day for day in days if day >= first and is_one(often, first, day)]


def is_one(often: Often, first: date, day: date) -> bool:
    if often.frequency == Frequency.ONCE:
        return day == first
    if often.until is not None and day > often.until:
        return False
    if day.weekday() not in often.weekdays:
        return False
    if often.frequency == Frequency.FORTNIGHTLY:
        weeks = (monday(day) - monday(first)).days // 7
        return weeks % 2 == 0
    if often.frequency == Frequency.MONTHLY:
        last = calendar.monthrange(day.year, day.month)[1]
        return day.day + 7 > last if often.nth == LAST else (day.day - 1) // 7 + 1 == often.nth
    return True


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@settings(max_examples=400, deadline=None)
@given(OFTEN, DAYS, DAYS, st.integers(0, 400))
def test_days_of_a_rule_are_those_found_by_walking(often: Often, first: date, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert days_of(often.rule(), first, start, end) == walked(often, first, start, end)


@settings(max_examples=200, deadline=None)
@given(OFTEN)
def test_rule_read_again_is_the_same_choice(often: Often) -> None:
    assert read_rule(often.rule()) == often


@settings(max_examples=100, deadline=None)
@given(OFTEN, DAYS)
def test_first_day_is_the_first_that_walking_finds(often: Often, wanted: date) -> None:
    found = walked(often, wanted, wanted, wanted + timedelta(days=70))
    assert first_day_of(often.rule(), wanted) == (found[0] if found else None)


@settings(max_examples=60, deadline=None)
@given(OFTEN.filter(lambda often: often.frequency != Frequency.ONCE), DAYS)
def test_rule_is_one_that_a_calendar_reads(often: Often, first: date) -> None:
    text = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20240101\r\nRRULE:{often.rule()}\r\nEND:VEVENT\r\nEND:VCALENDAR"
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert event["RRULE"]["FREQ"][0] in {"WEEKLY", "MONTHLY"}
    assert not event.errors


@settings(max_examples=300, deadline=None)
@given(DAYS, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_hour_is_what_londons_clock_shows_unless_it_is_left_out(day: date, at: time) -> None:
    there = first_moment(day, at).astimezone(LONDON)
    clock_changes = there.utcoffset() != datetime.combine(day, time(0), LONDON).utcoffset()
    if is_skipped(day, at):
        assert clock_changes
        assert time(1) <= at < time(2)
    else:
        assert (there.date(), there.time()) == (day, at)


@pytest.mark.parametrize(
    ("day", "at", "skipped"),
    [
        (date(2026, 3, 29), time(1), True),
        (date(2026, 3, 29), time(1, 59), True),
        (date(2026, 3, 29), time(0, 59), False),
        (date(2026, 3, 29), time(2), False),
        (date(2026, 10, 25), time(1, 30), False),
        (date(2026, 3, 22), time(1, 30), False),
    ],
)
def test_hour_left_out_in_spring_is_known(day: date, at: time, skipped: bool) -> None:
    assert is_skipped(day, at) == skipped


def test_seven_stays_seven_across_both_changes() -> None:
    for change in (date(2026, 3, 29), date(2026, 10, 25)):
        moments = [first_moment(change + timedelta(days=n), time(19)) for n in (-7, 0, 7)]
        assert [moment.astimezone(LONDON).hour for moment in moments] == [19, 19, 19]
        hours = {(after - before) / timedelta(hours=1) for before, after in itertools.pairwise(moments)}
        assert hours == ({167, 168} if change.month == 3 else {168, 169})


@pytest.mark.parametrize(
    ("nation", "day", "is_one"),
    [
        ("england", date(2026, 4, 6), True),
        ("scotland", date(2026, 4, 6), False),
        ("scotland", date(2026, 1, 2), True),
        ("wales", date(2026, 1, 2), False),
        ("northern_ireland", date(2026, 3, 17), True),
        ("england", date(2026, 3, 17), False),
        ("", date(2026, 12, 25), True),
        ("", date(2026, 3, 17), False),
        ("england", date(2026, 12, 28), True),
        ("england", date(2026, 6, 10), False),
    ],
)
def test_bank_holidays_are_the_nations_own(nation: str, day: date, is_one: bool) -> None:
    assert is_bank_holiday(nation, day) == is_one
