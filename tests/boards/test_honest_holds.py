"""A hold is never silent and never overstated (domain, sections 4.6 and 8; safety checks 5.2, 6.2)."""

from collections import Counter
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.models import Post
from boards.notifications import still_for
from boards.services import take_back
from communities.lifecycle import DECIDING_OFFICES
from communities.models import Membership
from communities.services import end_term
from moderation.services import change_standing, follow_up_holds
from notices.models import Notice, Outgoing
from tests.cast import Cast, client_of, on_duty
from tests.steps import HELD, NIGHT, NOON, changed, decided, fresh, sent_again, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
MINUTES = timedelta(minutes=1)


def told(kind: str = "hold", *, by_now: bool = True) -> Counter[str]:
    """How often each has been told of this kind, by the name they chose."""
    rows = Notice.objects.filter(kind=kind, withdrawn_at=None).select_related("person")
    if by_now:
        rows = rows.filter(due_at__lte=clock.now())
    names = dict(Membership.objects.filter(community__slug="fellside").values_list("person_id", "display_name"))
    return Counter(names[row.person_id] for row in rows)


def sweep(time_machine: TimeMachineFixture, minutes: float) -> None:
    """The sweep runs for so long: each half minute at the beginning and the end, each third minute between."""
    gone, left = 0, int(minutes * 2)
    while left:
        step = 6 if gone >= 4 and left >= 10 else 1
        time_machine.shift(MINUTES / 2 * step)
        follow_up_holds()
        gone, left = gone + step, left - step


def test_hold_tells_everybody_on_duty_at_once_and_nobody_else(cast: Cast) -> None:
    on_duty(cast.wren)
    on_duty(cast.ash)
    on_duty(cast.juniper, 0, starts=time(9), ends=time(17))  # Mondays; it is Wednesday
    start(cast.heron, HELD)
    assert told() == {"Wren": 1, "Ash": 1}
    assert Outgoing.objects.count() == 2


def test_hold_is_told_again_at_fifteen_minutes_and_not_before(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.wren)
    start(cast.heron, HELD)
    sweep(time_machine, 14.5)
    assert told() == {"Wren": 1}
    sweep(time_machine, 0.5)
    assert told() == {"Wren": 2}
    sweep(time_machine, 120)
    assert told() == {"Wren": 2}


def test_duty_that_begins_later_is_told_then_and_again_fifteen_minutes_after(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.wren, 2, starts=time(13), ends=time(15))
    start(cast.heron, HELD)
    sweep(time_machine, 59.5)
    assert told() == {}
    sweep(time_machine, 0.5)
    assert told() == {"Wren": 1}
    sweep(time_machine, 15)
    assert told() == {"Wren": 2}


def test_then_alternates_on_duty_are_asked_once(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.wren)
    on_duty(cast.rowan)
    start(cast.heron, HELD)
    sweep(time_machine, 29.5)
    assert told("alternate_asked") == {}
    sweep(time_machine, 60)
    assert told("alternate_asked") == {"Rowan": 1}


def test_nobody_on_duty_leaves_staff_a_notice_for_each_ones_own_next_cover(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(NIGHT, tick=False)
    on_duty(cast.dale, 2, starts=time(8), ends=time(16))
    on_duty(cast.glen, 3, starts=time(10), ends=time(12))
    start(cast.heron, HELD)
    follow_up_holds()
    assert told("hold_overdue") == {}
    time_machine.move_to("2026-06-10 08:00:00+01:00", tick=False)
    assert told("hold_overdue") == {"Dale": 1}
    time_machine.move_to("2026-06-11 10:00:00+01:00", tick=False)
    assert told("hold_overdue") == {"Dale": 1, "Glen": 1}


def test_staff_without_cover_hours_are_told_with_the_first_of_the_others(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.dale, 2, starts=time(14), ends=time(16))
    start(cast.heron, HELD)
    follow_up_holds()
    time_machine.shift(timedelta(hours=2))
    assert told("hold_overdue") == {"Dale": 1, "Glen": 1}


def test_hold_that_those_on_duty_leave_for_an_hour_is_overdue_and_on_the_record_once(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.wren)
    start(cast.heron, HELD)
    sweep(time_machine, 59.5)
    assert told("hold_overdue", by_now=False) == {}
    sweep(time_machine, 30)
    assert told("hold_overdue") == {"Dale": 1, "Glen": 1}
    assert Entry.objects.filter(verb="hold overdue").count() == 1


def test_author_is_never_counted_as_on_duty_for_their_own_post(cast: Cast) -> None:
    on_duty(cast.wren)
    post = start(cast.wren, HELD)
    follow_up_holds()
    assert told() == {}
    assert told("hold_overdue") == {"Dale": 1, "Glen": 1}
    page = client_of(cast.wren).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert "Nobody is on duty now" in page
    assert "Wren is on duty" not in page


def test_author_is_told_at_once_who_is_on_duty(cast: Cast) -> None:
    on_duty(cast.wren)
    post = start(cast.heron, HELD)
    page = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert "Wren is on duty" in page
    assert "Nobody is on duty" not in page


def test_author_is_told_at_once_that_nobody_is_and_when_somebody_will_be_and_whom_to_ring(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(NIGHT, tick=False)
    on_duty(cast.ash, 2, starts=time(7, 30), ends=time(9))
    post = start(cast.heron, HELD)
    page = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert "Nobody is on duty now. It may be that nobody reads it before today at 7:30 am." in page
    assert "999" in page
    assert "116 123" in page


def test_decision_takes_every_notice_of_the_hold_back(cast: Cast, time_machine: TimeMachineFixture) -> None:
    for key in ("wren", "ash", "rowan"):
        on_duty(cast[key])
    post = start(cast.heron, HELD)
    sweep(time_machine, 65)
    assert len(told()) == 2
    assert told("alternate_asked")
    assert told("hold_overdue")
    decided(post, "release", cast.ash)
    assert [told(kind, by_now=False) for kind in ("hold", "alternate_asked", "hold_overdue")] == [{}, {}, {}]
    assert told("post_decided") == {"Heron": 1}


@pytest.mark.parametrize("verb", ["leave", "record_death"])
def test_author_who_is_gone_takes_the_hold_and_its_notices_back(cast: Cast, verb: str) -> None:
    on_duty(cast.wren)
    post = start(cast.heron, HELD)
    change_standing(membership=cast.heron, verb=verb, by="site")
    assert fresh(post).state == "taken_back"
    assert told() == {}


def test_taking_back_takes_the_notices_back(cast: Cast) -> None:
    on_duty(cast.wren)
    post = start(cast.heron, HELD)
    take_back(post=post, by=cast.heron)
    assert told() == {}


def test_post_held_a_second_time_is_told_anew(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.wren)
    post = start(cast.heron, HELD)
    time_machine.shift(MINUTES)
    decided(post, "return", cast.wren)
    time_machine.shift(MINUTES)
    sent_again(post, cast.heron, f"Again, {HELD}")
    assert told() == {"Wren": 1}


def test_change_of_a_held_post_does_not_begin_its_telling_anew(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.wren)
    post = start(cast.heron, HELD)
    sweep(time_machine, 14)
    changed(post, cast.heron, f"Still, {HELD}")
    sweep(time_machine, 1)
    assert told() == {"Wren": 2}


def test_post_hidden_for_a_day_is_held_for_two_and_told_like_a_hold(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.ash)
    # Held and released before: what was told then must not stand in for what is to be told now.
    post = bring("released_in_pause", cast.heron)
    time_machine.shift(timedelta(hours=1))
    decided(post, "hide", cast.wren)
    sweep(time_machine, 1)
    assert told() == {}
    time_machine.shift(timedelta(hours=24))
    follow_up_holds()
    assert told() == {"Ash": 1}
    sweep(time_machine, 15)
    assert told() == {"Ash": 2}


def test_sweep_run_twice_tells_nobody_twice(cast: Cast, time_machine: TimeMachineFixture) -> None:
    for key in ("wren", "ash", "rowan", "dale"):
        on_duty(cast[key])
    start(cast.heron, HELD)
    time_machine.shift(timedelta(minutes=61))
    follow_up_holds()
    first = (Notice.objects.count(), Outgoing.objects.count(), Entry.objects.count())
    assert follow_up_holds() == 1
    assert (Notice.objects.count(), Outgoing.objects.count(), Entry.objects.count()) == first


def test_worker_down_for_two_hours_misses_nobody_and_shows_nothing_early(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.wren)
    on_duty(cast.rowan)
    held, rested = start(cast.heron, HELD), start(cast.moss, "Rain again", "Rain")
    board = client_of(cast.fern)
    for minutes, there in ((4, False), (1, True), (115, True)):
        time_machine.shift(minutes * MINUTES)
        assert ("Rain" in board.get("/c/fellside/board/").content.decode()) is there
    assert told() == {"Wren": 1}  # in the transaction of the hold itself
    follow_up_holds()
    assert (told(), told("alternate_asked")) == ({"Wren": 2}, {"Rowan": 1})
    assert told("hold_overdue") == {"Dale": 1, "Glen": 1}
    assert (fresh(held).state, fresh(rested).state) == ("held", "accepted")


def test_mail_that_waited_is_not_sent_to_somebody_whose_term_has_ended(cast: Cast) -> None:
    on_duty(cast.wren)
    start(cast.heron, HELD)
    notice = Notice.objects.get(kind="hold")
    assert still_for(notice, DECIDING_OFFICES)
    end_term(term=cast.wren.terms.get(), by="site")
    assert not still_for(notice, DECIDING_OFFICES)


def test_suspension_holds_what_waits_and_tells_those_on_duty(cast: Cast) -> None:
    on_duty(cast.wren)
    post = start(cast.heron)
    until = clock.now() + timedelta(days=7)
    change_standing(membership=cast.heron, verb="suspend", by="site", suspended_from="board", suspended_until=until)
    assert fresh(post).state == "held"
    assert told() == {"Wren": 1}


# London's clocks: 29 March 2026 at 01:00 UTC forward, 25 October 2026 at 01:00 UTC back.
CHANGES = ["2026-03-29 00:55:00+00:00", "2026-10-25 00:55:00+00:00"]


@pytest.mark.parametrize("moment", CHANGES)
def test_pause_over_a_clock_change_is_fifteen_minutes_of_elapsed_time(
    cast: Cast, time_machine: TimeMachineFixture, moment: str
) -> None:
    time_machine.move_to(moment, tick=False)
    for key in ("wren", "ash"):
        cast[key].terms.update(starts_at=clock.now() - timedelta(days=1), ends_at=None)
    before = clock.now()
    post = start(cast.heron)
    assert post.visible_at - before == timedelta(minutes=15)
    time_machine.shift(timedelta(minutes=15, seconds=-1))
    board = client_of(cast.moss)
    assert "A quiet evening" not in board.get("/c/fellside/board/").content.decode()
    time_machine.shift(timedelta(seconds=1))
    assert "A quiet evening" in board.get("/c/fellside/board/").content.decode()


@pytest.mark.parametrize(
    ("moment", "minutes"),
    [
        ("2026-03-29 05:59:59+00:00", 15),  # 06:59:59 by the new clock
        ("2026-03-29 06:00:00+00:00", 5),
        ("2026-10-25 06:59:59+00:00", 15),
        ("2026-10-25 07:00:00+00:00", 5),
        ("2026-06-10 20:59:59+00:00", 5),
        ("2026-06-10 21:00:00+00:00", 15),
    ],
)
def test_night_begins_and_ends_by_london_s_clock(
    cast: Cast, time_machine: TimeMachineFixture, moment: str, minutes: int
) -> None:
    time_machine.move_to(moment, tick=False)
    for key in ("wren", "ash"):
        cast[key].terms.update(starts_at=clock.now() - timedelta(days=1), ends_at=None)
    assert start(cast.heron).visible_at - clock.now() == timedelta(minutes=minutes)


def test_author_reads_that_it_takes_too_long_only_when_staff_are_told(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.wren)
    on_duty(cast.dale)
    post = start(cast.heron, HELD)
    page = f"/c/fellside/waiting/{post.pk}/"
    sweep(time_machine, 59)
    assert "longer than it should" not in client_of(cast.heron).get(page).content.decode()
    assert told("hold_overdue")["Dale"] == 0
    sweep(time_machine, 2)
    assert "longer than it should" in client_of(cast.heron).get(page).content.decode()
    assert told("hold_overdue")["Dale"] == 1
