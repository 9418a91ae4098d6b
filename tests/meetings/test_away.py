"""Being away for a time: said by oneself or put down by staff and the Top Three, and ended by one button."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

from audit.models import Entry
from meetings.lifecycle.coming import AwayKind
from meetings.models import AwayTime
from meetings.queries.coming import away_times
from meetings.services.away import MOST_A_WEEK, MOST_AHEAD, Days, come_back, say_away
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.sayings import an_away_time

AT = "2026-06-10 12:00:00+01:00"
TODAY = date(2026, 6, 10)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AT, tick=False)]
DAY = timedelta(days=1)


@pytest.mark.parametrize("who", ["heron", "finch", "hazel", "sorrel", "bramble"])
def test_every_member_says_it_of_themselves(cast: Cast, who: str) -> None:
    say_away(by=cast[who], kind=AwayKind.ILL, days=Days(TODAY, TODAY + 3 * DAY))
    assert [away.covers(TODAY + n * DAY) for away in away_times(cast[who], TODAY) for n in (-1, 0, 3, 4)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("who", ["thorn", "willow", "dale"])
def test_nobody_else_does(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        say_away(by=cast[who], kind=AwayKind.ILL, days=Days(TODAY))


@pytest.mark.parametrize("who", ["dale", "wren"])
def test_staff_and_the_top_three_put_it_down_for_somebody(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        say_away(by=cast[who], about=cast.heron, kind=AwayKind.HOSPITAL, days=Days(TODAY))
    row = say_away(by=sitting_now(cast[who]), about=cast.heron, kind=AwayKind.HOSPITAL, days=Days(TODAY - 60 * DAY))
    assert (row.membership, row.said_by) == (cast.heron, cast[who])
    assert "hospital" not in str(Entry.objects.get(verb="say away").facts)


@pytest.mark.parametrize("who", ["moss", "rowan", "linden"])
def test_others_do_not(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        say_away(by=sitting_now(cast[who]), about=cast.heron, kind=AwayKind.HOSPITAL, days=Days(TODAY))


@pytest.mark.parametrize(("first", "last"), [(-15, None), (0, -1), (0, 367), (400, None)])
def test_days_that_can_not_be_are_refused(cast: Cast, first: int, last: int | None) -> None:
    until = None if last is None else TODAY + last * DAY
    with pytest.raises(Refused):
        say_away(by=cast.heron, kind=AwayKind.AWAY, days=Days(TODAY + first * DAY, until))


def test_said_twice_it_is_one(cast: Cast) -> None:
    for _ in range(2):
        say_away(by=cast.heron, kind=AwayKind.AWAY, days=Days(TODAY))
    assert AwayTime.objects.count() == 1


def test_ten_at_a_time_and_the_form_that_is_one_too_many_keeps_what_was_chosen(cast: Cast) -> None:
    heron, form = client_of(cast.heron), {"kind": "ill", "until": ""}
    days = [str(TODAY + n * DAY) for n in range(MOST_AHEAD + 1)]
    for day in [*days[:-1], days[-2]]:
        assert heron.post("/c/fellside/groups/away/", form | {"day": day}).status_code == 302
    page = heron.post("/c/fellside/groups/away/", form | {"day": days[-1]})
    assert page.status_code == 200
    assert "Please end one of them first" in page.content.decode()
    assert f'value="{days[-1]}"' in page.content.decode()
    with pytest.raises(Refused, match="end one of them"):
        say_away(by=sitting_now(cast.dale), about=cast.heron, kind=AwayKind.ILL, days=Days(TODAY + 30 * DAY))
    assert AwayTime.objects.count() == MOST_AHEAD
    come_back(away=away_times(cast.heron, TODAY)[0], by=cast.heron)
    assert heron.post("/c/fellside/groups/away/", form | {"day": days[-1]}).status_code == 302


def test_very_many_in_a_week_are_kindly_turned_away_and_the_next_week_is_another(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    def said(number: int) -> None:
        come_back(away=say_away(by=cast.heron, kind=AwayKind.AWAY, days=Days(TODAY + number * DAY)), by=cast.heron)

    for number in range(MOST_A_WEEK):
        said(number)
    with pytest.raises(Refused, match="still takes an apology"):
        said(MOST_A_WEEK)
    time_machine.shift(7 * DAY)
    said(MOST_A_WEEK)


@pytest.mark.parametrize(("day", "until"), [(-15, ""), (0, "-1"), (0, "367"), (400, "")])
def test_days_that_can_not_be_are_said_beside_what_was_chosen(cast: Cast, day: int, until: str) -> None:
    last = str(TODAY + int(until) * DAY) if until else ""
    form = {"kind": "ill", "day": str(TODAY + day * DAY), "until": last}
    page = client_of(cast.heron).post("/c/fellside/groups/away/", form)
    assert (page.status_code, f'value="{form["day"]}"' in page.content.decode()) == (200, True)


def test_back_ends_it_with_this_day(cast: Cast, time_machine: TimeMachineFixture) -> None:
    away = say_away(by=cast.heron, kind=AwayKind.ILL, days=Days(TODAY))
    time_machine.shift(5 * DAY)
    assert come_back(away=away, by=cast.heron).ended_at == come_back(away=away, by=cast.heron).ended_at
    row = AwayTime.objects.get()
    assert (row.covers(TODAY + 5 * DAY), row.covers(TODAY + 6 * DAY)) == (True, False)
    assert away_times(cast.heron, TODAY) == []


def test_taken_back_before_it_began_it_counts_for_nothing(cast: Cast) -> None:
    away = say_away(by=cast.heron, kind=AwayKind.AWAY, days=Days(TODAY + 3 * DAY, TODAY + 9 * DAY))
    row = come_back(away=away, by=cast.heron)
    assert not any(row.covers(TODAY + n * DAY) for n in range(-2, 12))


@pytest.mark.parametrize("who", ["moss", "teal", "marsh"])
def test_only_they_themselves_or_who_may_put_it_down_end_it(cast: Cast, who: str) -> None:
    away = an_away_time(cast.heron)
    with pytest.raises(Refused):
        come_back(away=away, by=sitting_now(cast[who]))


@given(
    first=st.integers(0, 20), last=st.none() | st.integers(0, 20), ended=st.none() | st.integers(0, 20),
    day=st.integers(0, 25),
)  # fmt: skip
def test_a_day_is_covered_as_walking_the_days_would_say(
    first: int, last: int | None, ended: int | None, day: int
) -> None:
    away = AwayTime(from_day=TODAY + first * DAY, until_day=None if last is None else TODAY + last * DAY)
    away.ended_at = None if ended is None else datetime(2026, 6, 10, 9, tzinfo=UTC) + ended * DAY
    walked = [n for n in range(first, 26) if (last is None or n <= last) and (ended is None or n <= ended)]
    assert away.covers(TODAY + day * DAY) == (day in walked)
