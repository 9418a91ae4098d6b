"""Attendance counted from what the database has: in few questions, and the same as walking through the days."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clock
from clock.london import day_of
from communities.models import Membership
from communities.services import change_state
from meetings.models import AwayTime, Coming, Mark, Register, Session
from meetings.queries.standings import standings
from tests.cast import Cast
from tests.meetings.attending import DAY, away, everybody_but, held, missed_days, said, taken, with_rule
from tests.parts import ON_POSTGRES
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def row_of(member: Membership) -> int:
    return standings(member.community, clock.now())[member.pk].row


def test_row_is_counted_for_every_active_member_and_nobody_else(cast: Cast) -> None:
    missed_days(cast, days=(9, 7, 2), here=everybody_but(cast, cast.moss, cast.clover))
    found = standings(cast.fellside, clock.now())
    rows = {name: found[member.pk].row for name, member in cast.everybody.items() if member.pk in found}
    assert rows == dict.fromkeys(("wren", "ash", "juniper", "rowan", "linden", "heron", "fern"), 0) | {
        "moss": 3,
        "clover": 3,
    }


@pytest.mark.parametrize("mark", ["here", "apology", "ill", "hospital"])
def test_mark_in_a_register_breaks_a_row(cast: Cast, mark: str) -> None:
    sessions = missed_days(cast, days=(9, 7, 2), here=[])
    assert row_of(cast.moss) == 3
    taken(sessions[1], cast.dale, **{mark: [cast.moss]})
    assert row_of(cast.moss) == 1
    Mark.objects.update(was="not_here")
    assert row_of(cast.moss) == 3


@pytest.mark.parametrize("answer", ["cannot", "ill", "hospital"])
def test_apology_breaks_a_row_from_its_session_and_from_the_day_it_was_said(cast: Cast, answer: str) -> None:
    now = clock.now()
    sessions = missed_days(cast, days=(9, 7, 2), here=[])
    coming = said(sessions[1], cast.moss, answer, at=now - DAY * 30)
    assert row_of(cast.moss) == 1
    Coming.objects.filter(pk=coming.pk).update(said_at=now)
    assert row_of(cast.moss) == 0


def test_saying_that_one_comes_is_being_in_touch_only_where_one_says_it_oneself(cast: Cast) -> None:
    now = clock.now()
    sessions = missed_days(cast, days=(9, 7, 2), here=[])
    row = said(sessions[2], cast.moss, "coming", at=now - DAY * 8)
    assert row_of(cast.moss) == 2
    Coming.objects.filter(pk=row.pk).update(said_by=cast.dale)
    assert row_of(cast.moss) == 3


def test_apology_for_a_session_to_come_counts_on_the_day_it_is_said_alone(cast: Cast) -> None:
    now = clock.now()
    ahead = held(cast.fellside, now + DAY * 20)
    said(ahead, cast.moss, at=now - DAY * 8)
    missed_days(cast, days=(9, 7, 2), here=[])
    assert row_of(cast.moss) == 2


def test_time_away_breaks_a_row_on_its_days_and_ends_when_they_say_so(cast: Cast) -> None:
    now, long_ago = clock.now(), clock.now() - DAY * 40
    missed_days(cast, days=(9, 7, 2), here=[])
    row = away(cast.moss, day_of(now - DAY * 20), at=long_ago)
    assert row_of(cast.moss) == 0
    AwayTime.objects.filter(pk=row.pk).update(ended_at=now - DAY * 8)
    assert row_of(cast.moss) == 2
    AwayTime.objects.filter(pk=row.pk).update(ended_at=None, until_day=day_of(now - DAY * 7))
    assert row_of(cast.moss) == 1


def test_break_and_coming_in_begin_anew(cast: Cast, time_machine) -> None:
    missed_days(cast, days=(9, 7, 2), here=[])
    change_state(membership=cast.moss, verb="begin_break", by="site")
    assert cast.moss.pk not in standings(cast.fellside, clock.now())
    change_state(membership=cast.moss, verb="end_break", by="site")
    assert row_of(cast.moss) == 0
    time_machine.shift(DAY * 3)
    taken(held(cast.fellside, clock.now() - DAY), cast.dale)
    assert row_of(cast.moss) == 1


@pytest.mark.parametrize("what", ["cancelled", "untaken"])
def test_day_with_a_session_called_off_or_without_a_register_counts_for_nobody(cast: Cast, what: str) -> None:
    now = clock.now()
    missed_days(cast, days=(9, 7), here=[])
    session = held(cast.fellside, now - DAY * 2, state="cancelled" if what == "cancelled" else "planned")
    assert row_of(cast.moss) == 0
    if what == "untaken":
        taken(session, cast.dale)
        assert row_of(cast.moss) == 3


def test_what_does_not_count_is_not_counted_but_being_seen_there_is_being_seen(cast: Cast) -> None:
    now = clock.now()
    missed_days(cast, days=(9, 7, 2), here=[])
    choir = held(cast.fellside, now - DAY * 3, counts=False)
    assert row_of(cast.moss) == 3
    taken(choir, cast.dale, [cast.moss])
    assert row_of(cast.moss) == 1


def test_network_counts_weeks(cast: Cast) -> None:
    now = clock.now()  # a Wednesday
    for weeks in range(1, 5):
        for day in (0, 2):
            taken(held(cast.riverside, now - timedelta(weeks=weeks) - DAY * day), cast.marsh, [cast.plover])
    Membership.objects.filter(community=cast.riverside).update(state_since=now - DAY * 90)
    assert row_of(cast.teal) == 4
    assert row_of(cast.plover) == 0
    # One morning in this week: seen, though the week is not over.
    taken(held(cast.riverside, now - timedelta(hours=4)), cast.marsh, [cast.teal])
    assert row_of(cast.teal) == 0


def test_where_nothing_is_counted_everybody_stands_at_nought(cast: Cast) -> None:
    missed_days(cast, days=(9, 7, 2), here=[])
    with_rule(cast.fellside, "absence_counts", "nothing")
    assert {row.row for row in standings(cast.fellside, clock.now()).values()} == {0}


def test_another_communitys_sessions_count_for_nobody_here(cast: Cast) -> None:
    for days in (9, 7, 2):
        taken(held(cast.riverside, clock.now() - DAY * days), cast.marsh)
    assert row_of(cast.moss) == 0


def test_standings_take_four_questions_for_few_and_for_many(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            standings(cast.fellside, clock.now())
        return len(queries)

    few = asked()
    sessions = missed_days(cast, days=range(2, 60), here=everybody_but(cast, cast.moss))
    for session in sessions:
        said(session, cast.moss)
    away(cast.fern, day_of(clock.now()))
    assert asked() == few <= 4


# --- in whatever order it was written down

WHAT = st.tuples(
    st.sampled_from(["register", "here", "apology", "sorry", "away", "cancel", "correct"]), st.integers(1, 12)
)


def write(cast: Cast, sessions: dict[int, Session], what: str, days: int) -> None:
    """Write one thing down about Moss and the session so many days ago."""
    now, session = clock.now(), sessions[days]
    if what == "register":
        taken(session, cast.dale)
    elif what in {"here", "apology"}:
        taken(session, cast.dale, **{what: [cast.moss]})
    elif what == "correct":
        Mark.objects.filter(register__session=session, was="apology").update(was="here")
    elif what == "sorry":
        said(session, cast.moss, at=now - DAY * 12)
    elif what == "away":
        AwayTime.objects.get_or_create(
            membership=cast.moss,
            from_day=day_of(now - DAY * days),
            until_day=day_of(now - DAY * days),
            defaults={"kind": "ill", "said_by": cast.moss, "said_at": now - DAY * 12},
        )
    else:
        Session.objects.filter(pk=session.pk).update(state="cancelled", change="cancelled")


def walked(written: set[tuple[str, int]]) -> int:
    """Day by day from the oldest, with a pencil."""
    row = 0
    for days in range(12, 0, -1):
        said_of = {what for what, day in written if day == days}
        # A word that was sent for a session is told on the oldest day.
        sent_word = days == 12 and {what for what, _day in written} & {"sorry", "away"}
        seen = sent_word or said_of & {"here", "apology", "sorry", "away"}
        whole = said_of & {"register", "here", "apology"} and "cancel" not in said_of
        row = row + 1 if whole and not seen else 0
    return row


@settings(
    max_examples=10 if ON_POSTGRES else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(WHAT, max_size=10, unique=True), order=st.randoms(use_true_random=False))
def test_any_order_of_registers_apologies_and_corrections_is_one_standing(cast: Cast, events, order) -> None:
    """Put down in any order, counted again from nothing after each: the last count is what walking through gives."""
    with_registers = [("register", days) for days in range(1, 13) if days % 3] + events
    order.shuffle(with_registers)
    for model in (Mark, Register, Coming, AwayTime, Session):
        model.objects.all().delete()
    sessions = {days: held(cast.fellside, clock.now() - DAY * days) for days in range(1, 13)}
    for what, days in with_registers:
        write(cast, sessions, what, days)
        standings(cast.fellside, clock.now())
    assert row_of(cast.moss) == walked(set(with_registers))
