"""Quiet hours and the daily hour by London's clock, both changes of it included (safety checks, 5.7)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.timing import Hours, daily_moment, earliest, quiet_until

LONDON = ZoneInfo("Europe/London")
NIGHT = Hours(22, 7, None)
# The nights of both changes, and a plain one in summer.
DAYS = {"spring": (2026, 3, 28), "autumn": (2026, 10, 24), "summer": (2026, 7, 1), "winter": (2026, 11, 20)}


def london(day: tuple[int, int, int], hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(*day, hour, minute, tzinfo=LONDON, fold=fold).astimezone(UTC)


@pytest.mark.parametrize("day", DAYS.values(), ids=list(DAYS))
def test_a_night_is_quiet_from_ten_to_seven_by_the_clock_on_the_wall(day: tuple[int, int, int]) -> None:
    next_day = (day[0], day[1], day[2] + 1)
    morning = london(next_day, 7)
    assert quiet_until(NIGHT, london(day, 21, 59)) is None
    for moment in (london(day, 22), london(next_day, 0), london(next_day, 3), london(next_day, 6, 59)):
        assert quiet_until(NIGHT, moment) == morning
    assert quiet_until(NIGHT, morning) is None


def test_an_hour_of_quiet_that_comes_twice_or_never_is_one_or_none() -> None:
    one_to_two = Hours(1, 2, None)
    # Autumn: one o'clock comes twice; it is quiet from the first until two has come.
    assert quiet_until(one_to_two, london((2026, 10, 25), 1, 30)) is not None
    # Spring: the clock goes from one to two, so there is no such hour.
    spring = [london((2026, 3, 29), 0) + timedelta(minutes=minute) for minute in range(180)]
    assert {quiet_until(one_to_two, moment) for moment in spring} == {None}


@given(
    st.integers(0, 23),
    st.integers(0, 23),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
def test_quiet_hours_end_after_they_began_and_the_end_is_not_quiet(begins: int, ends: int, moment: datetime) -> None:
    hours = Hours(begins, ends, None)
    until = quiet_until(hours, moment) if begins != ends else None
    if until is not None:
        assert moment < until <= moment + timedelta(hours=25)
        assert until.astimezone(LONDON).hour == ends or (ends == 1 and until.astimezone(LONDON).hour == 2)
        assert quiet_until(hours, until) is None


@given(st.integers(0, 23), st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_there_is_one_daily_moment_on_each_day_of_london_s(hour: int, due_at: datetime) -> None:
    first = daily_moment(hour, due_at)
    second = daily_moment(hour, first + timedelta(microseconds=1))
    days = [moment.astimezone(LONDON).date() for moment in (first, second)]
    assert due_at <= first <= due_at + timedelta(hours=25)
    assert days[1] - days[0] == timedelta(days=1)
    assert daily_moment(hour, first) == first


def test_what_is_due_by_day_goes_at_once_and_at_night_waits_for_the_morning() -> None:
    noon, night = london(DAYS["winter"], 12), london(DAYS["winter"], 23)
    assert earliest(NIGHT, due_at=noon, now=noon, daily=True) == noon
    assert earliest(NIGHT, due_at=night, now=night, daily=True) == london((2026, 11, 21), 7)
    # Due by day, but the sender was away until the night.
    assert earliest(NIGHT, due_at=noon, now=night, daily=True) == london((2026, 11, 21), 7)
    assert earliest(Hours(None, None, None), due_at=night, now=night, daily=True) == night


def test_once_a_day_waits_for_its_hour_and_goes_late_where_the_sender_was_away() -> None:
    six = Hours(22, 7, 18)
    noon = london(DAYS["winter"], 12)
    assert earliest(six, due_at=noon, now=noon, daily=True) == london(DAYS["winter"], 18)
    assert earliest(six, due_at=noon, now=noon, daily=False) == noon
    late = london(DAYS["winter"], 19)
    assert earliest(six, due_at=noon, now=late, daily=True) == late
    too_late = london(DAYS["winter"], 23)
    assert earliest(six, due_at=noon, now=too_late, daily=True) == london((2026, 11, 21), 7)


def test_a_daily_hour_within_the_quiet_hours_is_meant_so() -> None:
    at_six = Hours(22, 7, 6)
    noon, six = london(DAYS["winter"], 12), london((2026, 11, 21), 6)
    assert earliest(at_six, due_at=noon, now=noon, daily=True) == six
    assert earliest(at_six, due_at=noon, now=six, daily=True) == six
