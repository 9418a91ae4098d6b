"""Attendance by pure counting, against somebody who walks through every day of a story with a pencil."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clock.london import first_moment
from meetings.attendance import Away, Counts, Held, Signs, standing_of, still_stands, units_of

# A Monday; the clocks go back on 25 October 2026, on day 20.
START = date(2026, 10, 5)
DAYS = 42
NOW = first_moment(START + timedelta(days=DAYS), time(9))


def at(day: int, hour: int = 10) -> datetime:
    return first_moment(START + timedelta(days=day), time(hour))


@dataclass(frozen=True)
class Event:
    """Something that is written down, in whatever order: on the day it is about."""

    kind: str
    day: int
    length: int = 0


@dataclass
class Notebook:
    """What is written down, as rows."""

    cancelled: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    here: set[int] = field(default_factory=set)
    apology: set[int] = field(default_factory=set)
    word: set[int] = field(default_factory=set)
    away: set[tuple[int, int]] = field(default_factory=set)
    # Breaks, from a day's morning to another's.
    breaks: set[tuple[int, int]] = field(default_factory=set)

    def note(self, event: Event) -> None:
        if event.kind in {"away", "breaks"}:
            getattr(self, event.kind).add((event.day, event.day + event.length))
        else:
            getattr(self, event.kind).add(event.day)
        if event.kind == "here":
            self.taken.add(event.day)


def counted(sessions: set[int], book: Notebook, counts: str) -> int:
    """The row as the site counts it, from the rows."""
    held = [Held(at(day), day in book.taken and day not in book.cancelled) for day in sorted(sessions)]
    seen = [at(day) for day in book.here & sessions] + [at(day) for day in book.apology & sessions]
    seen += [at(day, 20) for day in book.word]
    since = max([at(end, 8) for _first, end in book.breaks if end < DAYS], default=at(-100))
    if any(end >= DAYS for _first, end in book.breaks):
        return 0  # On a break now: no active member, so nothing counts.
    away = tuple(Away(START + timedelta(days=first), START + timedelta(days=last)) for first, last in book.away)
    return standing_of(units_of(held, counts, NOW), Signs(since, seen, away).last(NOW)).row


def pencilled(sessions: set[int], book: Notebook, counts: str) -> int:
    """The same by walking through the days, one at a time, as the paper says it: knows nothing of a last sign."""
    step = 7 if counts == Counts.WEEKS else 1
    row = 0
    for first in range(0, DAYS, step):
        days = range(first, first + step)
        on_a_break = any(begun < first + step and end >= first for begun, end in book.breaks)
        is_away = any(begun < first + step and end >= first for begun, end in book.away)
        signs = on_a_break or is_away or any(day in book.word for day in days)
        signs = signs or any(day in sessions and (day in book.here or day in book.apology) for day in days)
        held = [day for day in days if day in sessions]
        for_nobody = any(day in book.cancelled or day not in book.taken for day in held)
        if signs or (held and for_nobody):
            row = 0
        elif held:
            row += 1
    return 0 if any(end >= DAYS for _first, end in book.breaks) else row


DAY = st.integers(0, DAYS - 1)
EVENTS = st.one_of(
    st.builds(Event, st.sampled_from(["here", "apology", "word", "cancelled"]), DAY),
    st.builds(Event, st.sampled_from(["away", "breaks"]), DAY, st.integers(0, 20)),
)


@settings(max_examples=600, deadline=None)
@given(
    sessions=st.sets(DAY, max_size=30),
    untaken=st.sets(DAY, max_size=4),
    events=st.lists(EVENTS, max_size=8),
    counts=st.sampled_from([Counts.PROGRAMME_DAYS, Counts.WEEKS]),
    order=st.randoms(use_true_random=False),
)
def test_any_order_of_what_is_written_down_counts_as_walking_through_the_days(
    sessions, untaken, events, counts, order
) -> None:
    registers = [Event("taken", day) for day in sessions - untaken]
    written = [*registers, *events]
    order.shuffle(written)
    book, other = Notebook(), Notebook()
    for event in written:
        book.note(event)
    for event in sorted(written, key=lambda event: (event.day, event.kind)):
        other.note(event)
    assert counted(sessions, book, counts) == counted(sessions, other, counts) == pencilled(sessions, book, counts)


@settings(max_examples=300, deadline=None)
@given(sessions=st.sets(DAY, min_size=1, max_size=20), here=DAY, counts=st.sampled_from(list(Counts)[:2]))
def test_correction_that_is_taken_back_leaves_the_standing_as_it_was(sessions, here, counts) -> None:
    book = Notebook(taken=set(sessions))
    before = counted(sessions, book, counts)
    book.here.add(here)
    assert counted(sessions, book, counts) <= before
    book.here.discard(here)
    assert counted(sessions, book, counts) == before


@settings(max_examples=300, deadline=None)
@given(sessions=st.sets(DAY, min_size=1, max_size=20), events=st.lists(EVENTS, max_size=4), more=EVENTS)
def test_another_sign_never_makes_a_row_longer(sessions, events, more) -> None:
    book = Notebook(taken=set(sessions))
    for event in events:
        book.note(event)
    before = counted(sessions, book, Counts.PROGRAMME_DAYS)
    book.note(replace(more, kind="word"))
    assert counted(sessions, book, Counts.PROGRAMME_DAYS) <= before


# --- one by one, by hand


WHOLE = [Held(at(day), True) for day in (0, 2, 7, 9)]


def row_of(held: list[Held], signs: Signs, counts: str = Counts.PROGRAMME_DAYS, now: datetime = NOW) -> int:
    return standing_of(units_of(held, counts, now), signs.last(now)).row


FROM_LONG_AGO = Signs(at(-100))


def test_programme_days_without_a_sign_make_a_row() -> None:
    standing = standing_of(units_of(WHOLE, Counts.PROGRAMME_DAYS, NOW), FROM_LONG_AGO.last(NOW))
    assert standing.units == tuple(START + timedelta(days=day) for day in (0, 2, 7, 9))
    assert standing.last_contact == START - timedelta(days=100)


@pytest.mark.parametrize(
    ("signs", "row"),
    [
        (Signs(at(-100), [at(2)]), 2),  # here, or an apology, on the second day
        (Signs(at(-100), [at(4)]), 2),  # sent word on a day without the programme
        (Signs(at(-100), [], (Away(START, START + timedelta(days=7)),)), 1),
        (Signs(at(-100), [], (Away(START + timedelta(days=1)),)), 0),  # in hospital, and nobody knows for how long
        (Signs(at(-100), [], (Away(START + timedelta(days=90)),)), 4),  # away later; the word itself came long ago
        (Signs(at(7)), 1),  # came in, or back from a break, in the middle
    ],
)
def test_sign_breaks_the_row(signs: Signs, row: int) -> None:
    assert row_of(WHOLE, signs) == row


@pytest.mark.parametrize("place", range(4))
def test_day_that_counts_for_nobody_breaks_the_row_for_everybody(place: int) -> None:
    held = [replace(session, is_whole=index != place) for index, session in enumerate(WHOLE)]
    assert row_of(held, FROM_LONG_AGO) == 3 - place


def test_second_session_of_a_day_makes_no_second_day_and_can_break_it() -> None:
    assert row_of([*WHOLE, Held(at(9, 14), True)], FROM_LONG_AGO) == 4
    assert row_of([*WHOLE, Held(at(9, 14), False)], FROM_LONG_AGO) == 0


def test_weeks_count_from_monday_to_sunday_and_once_they_are_over() -> None:
    held = [Held(at(day), True) for day in (2, 6, 7, 20, 21)]
    assert row_of(held, FROM_LONG_AGO, Counts.WEEKS) == 4
    sunday, monday = at(27, 23), at(28, 0)
    assert row_of(held, FROM_LONG_AGO, Counts.WEEKS, now=sunday) == 3
    assert row_of(held, FROM_LONG_AGO, Counts.WEEKS, now=monday) == 4


def test_day_counts_once_it_is_over_by_london() -> None:
    # Ten at night by UTC is eleven in London, in summer time.
    held = [Held(at(0), True)]
    assert row_of(held, FROM_LONG_AGO, now=first_moment(START, time(23, 59))) == 0
    assert row_of(held, FROM_LONG_AGO, now=first_moment(START + timedelta(days=1), time(0))) == 1


def test_session_around_midnight_belongs_to_the_day_it_starts_on_in_london() -> None:
    held = [Held(first_moment(START + timedelta(days=21), time(0, 30)), True)]
    (unit,) = units_of(held, Counts.PROGRAMME_DAYS, NOW)
    assert unit.first == START + timedelta(days=21)


@pytest.mark.parametrize("counts", [Counts.PROGRAMME_DAYS, Counts.WEEKS])
def test_session_over_midnight_is_counted_from_its_end_and_not_from_midnight(counts: Counts) -> None:
    sunday = START + timedelta(days=(6 - START.weekday()) % 7)
    ends = first_moment(sunday + timedelta(days=1), time(2))
    held = [Held(first_moment(sunday, time(22)), False, ends), Held(first_moment(sunday, time(10)), True)]
    assert units_of(held, counts, ends - timedelta(minutes=1)) == []
    assert [unit.is_whole for unit in units_of(held, counts, ends)] == [False]


def test_where_nothing_is_counted_there_is_no_row() -> None:
    assert row_of(WHOLE, FROM_LONG_AGO, Counts.NOTHING) == 0


def test_letter_stands_while_its_row_stands_and_no_sign_came() -> None:
    row = tuple(START + timedelta(days=day) for day in (0, 2, 7))
    later = [*WHOLE, Held(at(14), False)]
    for held in (WHOLE[:3], WHOLE, later):
        units = units_of(held, Counts.PROGRAMME_DAYS, NOW)
        assert still_stands(units, FROM_LONG_AGO.last(NOW), row=row, needed=3)
    units = units_of(WHOLE, Counts.PROGRAMME_DAYS, NOW)
    for seen in (at(2), at(30)):
        assert not still_stands(units, Signs(at(-100), [seen]).last(NOW), row=row, needed=3)
    for place in range(3):
        held = [replace(session, is_whole=index != place) for index, session in enumerate(WHOLE)]
        units = units_of(held, Counts.PROGRAMME_DAYS, NOW)
        assert not still_stands(units, FROM_LONG_AGO.last(NOW), row=row, needed=3)


def test_every_order_of_a_small_story_is_one_standing() -> None:
    story = [Event("taken", 0), Event("taken", 2), Event("taken", 7), Event("apology", 2), Event("cancelled", 0)]
    rows = set()
    for order in permutations(story):
        book = Notebook()
        for event in order:
            book.note(event)
        rows.add(counted({0, 2, 7}, book, Counts.PROGRAMME_DAYS))
    assert rows == {1}
