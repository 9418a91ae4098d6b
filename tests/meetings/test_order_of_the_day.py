"""The order of a session by the clock, on its own."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from meetings.day.order import Part, lengths, place, timed

WANTED = st.lists(st.integers(0, 120), max_size=12)
SEVEN = datetime(2026, 11, 24, 19, tzinfo=UTC)


def of(wanted: list[int], minutes: int) -> list[tuple[str, str]]:
    """When each part begins and ends."""
    parts = timed([Part("other", "x", n) for n in wanted], starts_at=SEVEN, ends_at=SEVEN + timedelta(minutes=minutes))
    return [(f"{part.begins_at:%H:%M}", f"{part.ends_at:%H:%M}") for part in parts]


def test_parts_follow_each_other_from_the_start() -> None:
    assert of([10, 20, 15], 60) == [("19:00", "19:10"), ("19:10", "19:30"), ("19:30", "19:45")]


def test_a_part_without_minutes_is_as_long_as_is_left_so_the_closing_ends_with_the_session() -> None:
    assert of([10, 0, 15], 120) == [("19:00", "19:10"), ("19:10", "20:45"), ("20:45", "21:00")]


def test_two_parts_without_minutes_share_what_is_left() -> None:
    assert lengths([10, 0, 0, 15], 60) == [10, 18, 17, 15]


def test_a_short_session_shortens_every_part_alike() -> None:
    assert lengths([10, 60, 20], 45) == [7, 27, 11]


def test_in_a_short_session_the_part_that_takes_what_is_left_keeps_five_minutes() -> None:
    assert lengths([10, 5, 30, 15, 60, 0, 20], 90) == [8, 5, 18, 10, 32, 5, 12]


def test_parts_that_all_together_find_no_five_minutes_keep_what_there_is() -> None:
    assert lengths([10, 10, 20], 12) == [3, 3, 6]


@given(WANTED, st.integers(0, 720))
@example([0], 0)
@example([5, 5, 5], 2)
def test_any_order_fits_into_any_session(wanted: list[int], total: int) -> None:
    given = lengths(wanted, total)
    assert len(given) == len(wanted)
    assert min(given, default=0) >= 0
    assert sum(given) <= total
    fits = sum(wanted) + 5 * wanted.count(0) <= total
    if fits:
        assert all(got == asked for got, asked in zip(given, wanted, strict=True) if asked)
    if wanted and (0 in wanted or not fits):
        assert sum(given) == total
    if len(wanted) <= total:
        assert min(given, default=1) >= 1
    if sum(min(asked or 5, 5) for asked in wanted) <= total:
        assert all(got >= min(asked or 5, 5) for got, asked in zip(given, wanted, strict=True))


@given(st.lists(st.integers(1, 120), min_size=2, max_size=12), st.integers(12, 300))
def test_a_part_that_wants_more_is_never_given_less(wanted: list[int], total: int) -> None:
    given = lengths(wanted, total)
    pairs = [(wanted[a], given[a], wanted[b], given[b]) for a in range(len(wanted)) for b in range(len(wanted))]
    assert all(got_a <= got_b for want_a, got_a, want_b, got_b in pairs if want_a < want_b)


@given(WANTED, st.integers(1, 300), st.integers(-30, 400))
def test_where_we_are_is_the_part_whose_minutes_these_are(wanted: list[int], total: int, minute: int) -> None:
    parts = timed([Part("other", "x", n) for n in wanted], starts_at=SEVEN, ends_at=SEVEN + timedelta(minutes=total))
    at = place(parts, SEVEN + timedelta(minutes=minute))
    walked, on = 0, -1 if minute < 0 or not wanted else len(wanted)
    for n, part in enumerate(parts):
        if walked <= minute < walked + part.minutes:
            on = n
        walked += part.minutes
    assert at == on


def test_the_clock_change_in_the_night_shifts_no_part() -> None:
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    parts = timed([Part("other", "x", 45), Part("other", "y")], starts_at=at, ends_at=at + timedelta(minutes=90))
    assert [part.minutes for part in parts] == [45, 45]
