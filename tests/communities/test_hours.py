"""When somebody looks: held against a plain walk through the minutes, both clock changes included."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import clock
from communities import duty, hours
from communities.models import Hours
from communities.services import change_state, set_hours
from people.decisions import Refused
from tests.cast import Cast, on_duty

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


class Row(NamedTuple):
    weekday: int
    starts: time
    ends: time


class Oracle:
    """Walks from minute to minute for three weeks and notes when a wall clock first shows each beginning and end."""

    def __init__(self, first_day: date) -> None:
        begin = datetime.combine(first_day, time(12), UTC)
        self.minutes = [begin + timedelta(minutes=n) for n in range(21 * 24 * 60)]
        self.wall = [minute.astimezone(LONDON).replace(tzinfo=None) for minute in self.minutes]

    def first(self, day: date, at: time) -> int:
        wanted = datetime.combine(day, at)
        return next((n for n, shown in enumerate(self.wall) if shown >= wanted), len(self.wall))

    def on(self, row: Row) -> set[int]:
        """The numbers of all minutes in which somebody with this row looks."""
        found: set[int] = set()
        for offset in range(21):
            day = self.wall[0].date() + timedelta(days=offset)
            if day.weekday() == row.weekday:
                last = day if row.ends > row.starts else day + timedelta(days=1)
                found |= set(range(self.first(day, row.starts), self.first(last, row.ends)))
        return found


ORACLES = {day: Oracle(day - timedelta(days=4)) for day in (SPRING, AUTUMN, date(2026, 7, 8))}
clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 59]))
rows = st.builds(Row, st.integers(0, 6), clock_times, clock_times)


@settings(deadline=None)
@given(row=rows, day=st.sampled_from(sorted(ORACLES)), probe=st.integers(24 * 60, 12 * 24 * 60))
@example(row=Row(6, time(1, 0), time(1, 30)), day=SPRING, probe=3 * 24 * 60)
@example(row=Row(6, time(1, 30), time(3, 0)), day=SPRING, probe=3 * 24 * 60 + 12 * 60 + 70)
@example(row=Row(6, time(0, 30), time(1, 30)), day=AUTUMN, probe=3 * 24 * 60 + 13 * 60)
@example(row=Row(5, time(23, 0), time(1, 30)), day=AUTUMN, probe=3 * 24 * 60 + 12 * 60 + 75)
@example(row=Row(5, time(22, 0), time(2, 0)), day=SPRING, probe=3 * 24 * 60 + 12 * 60 + 59)
def test_one_row_is_on_and_next_looked_at_as_the_minutes_say(row: Row, day: date, probe: int) -> None:
    oracle = ORACLES[day]
    on, now = oracle.on(row), oracle.minutes[probe]
    assert hours.is_on(row, now) is (probe in on)
    later = min((n for n in on if n >= probe), default=None)
    assert hours.next_look([row], now) == (None if later is None else oracle.minutes[later])


@settings(deadline=None)
@given(some=st.lists(rows, max_size=4), day=st.sampled_from(sorted(ORACLES)), probe=st.integers(24 * 60, 9 * 24 * 60))
def test_several_rows_are_looked_at_by_whoever_is_first(some: list[Row], day: date, probe: int) -> None:
    oracle = ORACLES[day]
    on = set().union(*(oracle.on(row) for row in some))
    later = min((n for n in on if n >= probe), default=None)
    expected = None if later is None else oracle.minutes[later]
    assert hours.next_look(some, oracle.minutes[probe]) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 7, 6, 17, 59, tzinfo=UTC), False),  # Monday 18:59 in London
        (datetime(2026, 7, 6, 18, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 22, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 7, 18, 59, tzinfo=UTC), False),  # in winter London is on UTC
        (datetime(2026, 12, 7, 19, 0, tzinfo=UTC), True),
    ],
)
def test_hours_keep_to_the_wall_clock_summer_and_winter(now: datetime, expected: bool) -> None:
    assert hours.is_on(Row(0, time(19), time(23)), now) is expected


def test_watch_is_the_top_threes_without_the_author(cast: Cast) -> None:
    on_duty(cast.wren)
    now = clock.now()
    assert duty.watch(cast.fellside, now).on_duty == (cast.wren,)
    nobody = duty.watch(cast.fellside, now, but_not=cast.wren)
    assert (nobody.on_duty, nobody.next_look_at, nobody.somebody_is_on) == ((), None, False)


def test_watch_leaves_out_who_is_no_longer_in_office_or_away(cast: Cast) -> None:
    on_duty(cast.linden)
    on_duty(cast.rowan)
    on_duty(cast.ash)
    change_state(membership=cast.ash, verb="begin_break", by=cast.ash.ref)
    now = clock.now()
    assert not duty.watch(cast.fellside, now).on_duty
    assert duty.alternates_on_duty(cast.fellside, now, but_not=cast.heron) == (cast.rowan,)
    assert duty.alternates_on_duty(cast.fellside, now, but_not=cast.rowan) == ()


def test_cover_is_staffs_and_of_this_community(cast: Cast) -> None:
    on_duty(cast.dale)
    on_duty(cast.wren)
    now = clock.now()
    assert duty.cover(cast.fellside, now).on_duty == (cast.dale,)
    assert duty.cover(cast.riverside, now).next_look_at is None


def test_setting_hours_replaces_ones_own_only(cast: Cast) -> None:
    on_duty(cast.ash)
    set_hours(by=cast.wren, stretches=[(0, time(19), time(23)), (4, time(22), time(2))])
    set_hours(by=cast.wren, stretches=[(1, time(9), time(10))])
    assert list(cast.wren.hours.values_list("weekday", "what")) == [(1, Hours.What.DUTY)]
    assert cast.ash.hours.count() == 7
    set_hours(by=cast.dale, stretches=[(1, time(9), time(10))])
    assert cast.dale.hours.get().what == Hours.What.COVER
    with pytest.raises(Refused):
        set_hours(by=cast.heron, stretches=[])
