"""Laying a group out: what is there, what a change leaves alone, and the same again when it is done twice."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from clock.london import LONDON, day_of
from communities.models import Membership
from meetings.bank_holidays import is_bank_holiday
from meetings.lifecycle.timetable import Change
from meetings.models import Group, Session
from meetings.queries import groups_of
from meetings.recurrence import Frequency, Often
from meetings.said import GroupSaid, Moved
from meetings.services import (
    cancel_session,
    change_group,
    end_group,
    hold_session,
    lay_out_all,
    move_session,
    start_group,
)
from meetings.services.register import take_register
from people.decisions import Conflict, Refused
from tests.cast import Cast, sitting_now
from tests.meetings.test_recurrence import OFTEN, walked
from tests.parts import ON_POSTGRES
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

TODAY = date(2026, 6, 10)
WEDNESDAYS = Often(Frequency.WEEKLY, (2,))
HALF_A_YEAR = timedelta(weeks=26)


def said(often: Often = WEDNESDAYS, **fields: Any) -> GroupSaid:
    given = {"title": "Walking group", "often": often, "first_day": TODAY, "starts": time(19), "minutes": 90}
    return GroupSaid(**(given | fields))


def started(by: Membership, often: Often = WEDNESDAYS, **fields: Any) -> Group:
    return start_group(by=sitting_now(by), said=said(often, **fields), form_key=uuid4())


def rows(group: Group) -> list[Session]:
    return list(Session.objects.filter(group=group).order_by("slot", "pk"))


def shown(group: Group) -> list[tuple[date | None, str, str]]:
    return [(row.slot, row.state, row.change) for row in rows(group) if row.change != Change.DROPPED]


def held(group: Group) -> list[date]:
    return [day_of(row.starts_at) for row in rows(group) if row.takes_place]


def test_group_is_laid_out_half_a_year_ahead(cast: Cast) -> None:
    group = started(cast.dale)
    days = [row.slot for row in rows(group)]
    assert days == [TODAY + timedelta(weeks=n) for n in range(26)]
    assert {row.starts_at.astimezone(LONDON).time() for row in rows(group)} == {time(19)}
    assert {row.ends_at - row.starts_at for row in rows(group)} == {timedelta(minutes=90)}


def test_nothing_is_laid_out_for_an_hour_that_has_gone_by(cast: Cast) -> None:
    assert rows(started(cast.dale, starts=time(9)))[0].slot == TODAY + timedelta(weeks=1)


def test_later_days_come_by_the_sweep_and_a_second_one_changes_nothing(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    group = started(cast.dale)
    assert lay_out_all() == 0
    time_machine.shift(timedelta(weeks=2))
    assert lay_out_all() == 2
    before = list(Session.objects.order_by("pk").values())
    assert lay_out_all() == 0
    assert list(Session.objects.order_by("pk").values()) == before
    assert rows(group)[-1].slot == TODAY + timedelta(weeks=27)


def test_bank_holiday_has_no_session_unless_the_group_meets_all_the_same(cast: Cast) -> None:
    mondays = Often(Frequency.WEEKLY, (0,))
    rests = {row.slot: row for row in rows(started(cast.dale, mondays))}
    holiday = rests[date(2026, 8, 31)]
    assert (holiday.state, holiday.change) == ("cancelled", "bank_holiday")
    meets = {row.slot: row for row in rows(started(cast.dale, mondays, on_bank_holidays="meets"))}
    assert meets[date(2026, 8, 31)].takes_place


def test_bank_holiday_can_be_held_all_the_same_and_stays_so(cast: Cast) -> None:
    group = started(cast.dale, Often(Frequency.WEEKLY, (0,)))
    row = next(row for row in rows(group) if row.change == Change.BANK_HOLIDAY)
    hold_session(session=row, by=sitting_now(cast.dale))
    lay_out_all()
    assert Session.objects.get(pk=row.pk).takes_place


@pytest.mark.parametrize("often", [Often(Frequency.WEEKLY, (2,), 0, TODAY + timedelta(weeks=1)), Often(Frequency.ONCE)])
def test_group_ends_by_itself_on_the_day_after_its_last(
    cast: Cast, time_machine: TimeMachineFixture, often: Often
) -> None:
    group, goes_on, last = started(cast.dale, often), started(cast.dale), often.until or TODAY
    for day, listed in ((last, True), (last + timedelta(days=1), False)):
        time_machine.move_to(datetime.combine(day, time(23), LONDON))
        for _ in range(2):
            lay_out_all()
        assert (group in groups_of(cast.fellside)) is listed
    group.refresh_from_db()
    assert (group.state, group.ended_on, goes_on in groups_of(cast.fellside)) == ("ended", day, True)
    assert [entry.actor for entry in Entry.objects.filter(verb="end group")] == ["site"]
    assert all(row.takes_place for row in rows(group))
    with pytest.raises(Refused, match="has ended"):
        change_group(group=group, by=sitting_now(cast.dale), said=said(title="Other"), seen=1)


def test_group_whose_last_session_was_moved_or_goes_on_over_midnight_ends_after_it(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    moved, late = started(cast.dale, Often(Frequency.ONCE)), started(cast.dale, Often(Frequency.ONCE), minutes=480)
    to = datetime.combine(TODAY + timedelta(days=5), time(10), LONDON)
    move_session(session=rows(moved)[0], by=sitting_now(cast.dale), said=Moved(to, 60), seen=0)
    found = []
    for at in (datetime(2026, 6, 11, 2), datetime(2026, 6, 11, 3), datetime(2026, 6, 15, 12)):
        time_machine.move_to(at.replace(tzinfo=LONDON))
        lay_out_all()
        found.append({one.pk for one in groups_of(cast.fellside)} & {moved.pk, late.pk})
    assert found == [{moved.pk, late.pk}, {moved.pk}, set()]
    moved.refresh_from_db()
    assert moved.ended_on == TODAY + timedelta(days=6)


def test_session_whose_register_is_taken_stays_where_it_is(cast: Cast) -> None:
    group, dale = started(cast.dale, starts=time(12, 20)), sitting_now(cast.dale)
    first = rows(group)[0]
    take_register(session=first, by=dale, marks={cast.heron.pk: "not_here"})
    with pytest.raises(Refused):
        move_session(session=first, by=dale, said=Moved(first.starts_at + timedelta(days=1), 60), seen=0)
    change_group(group=group, by=dale, said=said(starts=time(19)), seen=1)
    assert Session.objects.get(pk=first.pk).starts_at == first.starts_at
    end_group(group=group, by=dale, after=TODAY - timedelta(days=1))
    assert Session.objects.get(pk=first.pk).takes_place
    assert cancel_session(session=first, by=dale).change == Change.CANCELLED


def test_changed_hour_changes_all_but_what_was_touched_by_hand(cast: Cast) -> None:
    group, dale = started(cast.dale), sitting_now(cast.dale)
    first, second, third, *_rest = rows(group)
    cancel_session(session=first, by=dale, why="The hall is closed")
    moved_to = second.starts_at + timedelta(days=1)
    move_session(session=second, by=dale, said=Moved(moved_to, 60), seen=0)
    change_group(group=group, by=dale, said=said(starts=time(18), title="Evening walk"), seen=1)
    now = {row.pk: row for row in rows(group)}
    assert (now[first.pk].state, now[first.pk].why_words) == ("cancelled", "The hall is closed")
    assert (now[second.pk].starts_at, now[second.pk].change) == (moved_to, "moved")
    assert now[third.pk].starts_at == third.starts_at - timedelta(hours=1)
    assert (now[third.pk].title, now[third.pk].sequence) == ("Evening walk", 1)


def test_what_the_rule_names_no_more_stands_nowhere_and_comes_back(cast: Cast) -> None:
    group, dale = started(cast.dale), sitting_now(cast.dale)
    before = shown(group)
    change_group(group=group, by=dale, said=said(Often(Frequency.WEEKLY, (3,))), seen=1)
    assert {day.weekday() for day in held(group)} == {3}
    assert Session.objects.filter(group=group, change=Change.DROPPED).count() == 26
    change_group(group=group, by=dale, said=said(), seen=2)
    assert shown(group) == before


def test_fortnight_keeps_its_weeks_when_something_else_is_changed(cast: Cast, time_machine: TimeMachineFixture) -> None:
    often = Often(Frequency.FORTNIGHTLY, (2,))
    group = started(cast.dale, often)
    time_machine.shift(timedelta(weeks=1))
    change_group(group=group, by=sitting_now(cast.dale), said=said(often, minutes=60), seen=1)
    assert held(group)[:3] == [TODAY, TODAY + timedelta(weeks=2), TODAY + timedelta(weeks=4)]


def test_what_has_begun_is_left_as_it_was(cast: Cast, time_machine: TimeMachineFixture) -> None:
    group = started(cast.dale)
    first = rows(group)[0]
    time_machine.move_to(first.starts_at + timedelta(minutes=5))
    change_group(group=group, by=sitting_now(cast.dale), said=said(starts=time(10), title="Other"), seen=1)
    after = Session.objects.get(pk=first.pk)
    assert (after.starts_at, after.title) == (first.starts_at, "Walking group")


def test_session_moved_to_an_earlier_hour_and_over_is_not_laid_out_again(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    group = started(cast.dale)
    first = rows(group)[0]
    sooner = clock.now() + timedelta(minutes=30)
    move_session(session=first, by=sitting_now(cast.dale), said=Moved(sooner, 30), seen=0)
    time_machine.shift(timedelta(hours=2))
    assert lay_out_all() == 0


def test_ended_group_drops_what_is_later_also_what_was_moved(cast: Cast) -> None:
    group, dale = started(cast.dale), sitting_now(cast.dale)
    second, third = rows(group)[1:3]
    move_session(session=third, by=dale, said=Moved(third.starts_at + timedelta(days=1), 90), seen=0)
    end_group(group=group, by=dale, after=day_of(second.starts_at))
    assert held(group) == [TODAY, TODAY + timedelta(weeks=1)]
    end_group(group=group, by=dale, after=day_of(second.starts_at))
    with pytest.raises(Refused):
        change_group(group=group, by=dale, said=said(), seen=2)


def test_once_is_once(cast: Cast) -> None:
    assert held(started(cast.dale, Often(Frequency.ONCE))) == [TODAY]


def test_form_sent_twice_is_one_group(cast: Cast) -> None:
    key = uuid4()
    made = [start_group(by=sitting_now(cast.dale), said=said(), form_key=key).pk for _ in range(2)]
    assert made[0] == made[1]
    assert Session.objects.count() == 26


def test_hour_that_the_clocks_leave_out_is_refused_kindly(cast: Cast, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(datetime(2026, 3, 1, 12, tzinfo=LONDON))
    sundays = Often(Frequency.WEEKLY, (6,))
    with pytest.raises(ValidationError, match="the clocks go forward"):
        started(cast.dale, sundays, starts=time(1, 30), first_day=date(2026, 3, 1))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " "},
        {"title": "x" * 81},
        {"about": "x" * 2001},
        {"minutes": 4},
        {"minutes": 721},
        {"room": 0},
        {"room": 501},
        {"link": "http://example.org/room"},
        {"link": "javascript:alert(1)"},
        {"link": "https://"},
        {"often": Often(Frequency.WEEKLY, ())},
        {"often": Often(Frequency.WEEKLY, (2,), 0, TODAY - timedelta(days=1))},
        {"first_day": TODAY + timedelta(days=200)},
    ],
)
def test_group_out_of_bounds_is_refused_with_a_word_why(cast: Cast, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as said_why:
        start_group(by=sitting_now(cast.dale), said=said(**fields), form_key=uuid4())
    assert all(len(words) > 10 for words in said_why.value.messages)
    assert not Group.objects.exists()


def test_old_page_changes_nothing(cast: Cast) -> None:
    group, dale = started(cast.dale), sitting_now(cast.dale)
    change_group(group=group, by=dale, said=said(title="One"), seen=1)
    with pytest.raises(Conflict):
        change_group(group=group, by=dale, said=said(title="Two"), seen=1)
    change_group(group=group, by=dale, said=said(title="One"), seen=1)


@settings(
    max_examples=10 if ON_POSTGRES else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(OFTEN, st.lists(st.tuples(st.sampled_from(["cancel", "move", "again"]), st.integers(0, 30)), max_size=6))
def test_exceptions_stay_whatever_is_laid_out_again(cast: Cast, often: Often, done: list[tuple[str, int]]) -> None:
    """What stands is what walking the days gives, less what was called off, with what was moved where it was moved."""
    Session.objects.all().delete()
    Group.objects.all().delete()
    dale = sitting_now(cast.dale)
    try:
        group = started(cast.dale, often)
    except ValidationError:
        return
    named = walked(often, group.first_day, TODAY, TODAY + HALF_A_YEAR)
    expected = {day: day for day in named if not is_bank_holiday("england", day)}
    for what, number in done:
        planned = [row for row in rows(group) if row.takes_place]
        row = planned[number % len(planned)] if planned else None
        if what == "again" or row is None or row.slot is None:
            lay_out_all()
        elif what == "cancel":
            cancel_session(session=row, by=dale)
            del expected[row.slot]
        else:
            later = row.starts_at + timedelta(days=1)
            move_session(session=row, by=dale, said=Moved(later, 60), seen=row.sequence)
            expected[row.slot] = day_of(later)
    lay_out_all()
    assert {row.slot: day_of(row.starts_at) for row in rows(group) if row.takes_place} == expected
