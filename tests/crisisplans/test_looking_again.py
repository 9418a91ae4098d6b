"""A day to look at one's plan again: reminded once, by day, not saying of what; and an offer after a support call."""

from datetime import date, timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from crisisplans.lifecycle import PlanKind
from crisisplans.models import Plan
from crisisplans.services.dates import answer_offer, offer_another_look, remind_due, set_review_date
from notices.asking import ask
from notices.models import Notice
from people.decisions import Refused
from tests.answers.forms import form_with
from tests.cast import Cast, client_of
from tests.crisisplans.writing import MINE, save
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
DAY = date(2026, 7, 22)
REVIEW = f"{MINE}review/"


def choose(cast: Cast, on: date | None = DAY) -> Plan:
    save(cast.heron, "well", "Humming")
    return set_review_date(person=cast.heron.person, kind=PlanKind.CRISIS, on=on)


def goes_out(notice: Notice) -> bool:
    answer = ask(notice, way="mail", now=clock.now())
    return answer.goes and answer.at <= clock.now()


def test_day_is_chosen_on_its_page_by_a_span_or_by_the_day_itself(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    browser = client_of(cast.heron)
    assert browser.post(REVIEW, {"choice": "weeks_6"})["Location"] == MINE
    assert "You want to look at it again on 22 July 2026." in browser.get(MINE).content.decode()
    browser.post(REVIEW, {"choice": "day", "day": "2026-08-01"})
    assert form_with(browser.get(REVIEW), "day")["day"] == "2026-08-01"
    browser.post(REVIEW, {"choice": "none"})
    assert Plan.objects.get().review_on is None
    assert "Please choose the day." in browser.post(REVIEW, {"choice": "day"}).content.decode()


@pytest.mark.parametrize("day", ["2026-06-10", "2036-01-01"])
def test_day_that_cannot_be_is_said_beside_its_box(cast: Cast, day: str) -> None:
    save(cast.heron, "well", "Humming")
    answer = client_of(cast.heron).post(REVIEW, {"choice": "day", "day": day})
    assert answer.status_code == 200
    assert "Please choose a day that is still to come" in answer.content.decode()
    assert form_with(answer, "day")["day"] == day


@pytest.mark.parametrize("on", [date(2026, 6, 10), date(2026, 1, 1), date(2036, 1, 1)])
def test_day_that_is_over_or_far_off_is_refused(cast: Cast, on: date) -> None:
    with pytest.raises(Refused):
        choose(cast, on)


def test_reminded_once_by_day_without_a_word_of_what_it_is(cast: Cast, time_machine: TimeMachineFixture) -> None:
    choose(cast)
    assert remind_due() == 0
    time_machine.move_to("2026-07-22 00:20:00+01:00", tick=False)
    assert (remind_due(), remind_due()) == (1, 0)
    notice = Notice.objects.get()
    assert "plan" not in client_of(cast.heron).get("/notices/").content.decode().partition("<main")[2].lower().replace(
        "my plan", ""
    )
    assert clock.now() < notice.due_at
    time_machine.move_to("2026-07-22 10:00:00+01:00", tick=False)
    assert goes_out(notice)
    assert "You wanted to look at something again about now." in client_of(cast.heron).get("/notices/").content.decode()
    assert "You wanted to look at this again about now" in client_of(cast.heron).get(MINE).content.decode()


def test_sweep_that_was_away_for_days_reminds_outside_quiet_hours_only(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    choose(cast)
    time_machine.move_to("2026-07-29 03:00:00+01:00", tick=False)
    assert remind_due() == 1
    assert not goes_out(Notice.objects.get())
    time_machine.move_to("2026-07-29 07:00:00+01:00", tick=False)
    assert goes_out(Notice.objects.get())


@pytest.mark.parametrize("meanwhile", ["another day", "no day", "erased", "put aside"])
def test_reminder_is_taken_back_when_there_is_no_more_need_of_it(
    cast: Cast, time_machine: TimeMachineFixture, meanwhile: str
) -> None:
    plan = choose(cast)
    time_machine.move_to("2026-07-22 11:00:00+01:00", tick=False)
    remind_due()
    if meanwhile == "erased":
        plan.delete()
    elif meanwhile == "put aside":
        client_of(cast.heron).post(f"{MINE}later/")
    else:
        choose(cast, date(2026, 9, 1) if meanwhile == "another day" else None)
    assert not goes_out(Notice.objects.get())
    assert remind_due() == 0


def test_other_day_is_reminded_of_in_its_turn(cast: Cast, time_machine: TimeMachineFixture) -> None:
    choose(cast)
    time_machine.move_to("2026-07-22 11:00:00+01:00", tick=False)
    remind_due()
    choose(cast, date(2026, 7, 25))
    time_machine.move_to("2026-07-25 11:00:00+01:00", tick=False)
    assert remind_due() == 1
    assert Notice.objects.count() == 2


def test_whoever_can_not_sign_in_any_more_is_not_reminded(cast: Cast, time_machine: TimeMachineFixture) -> None:
    choose(cast)
    type(cast.heron.person).objects.filter(pk=cast.heron.person_id).update(is_active=False)
    time_machine.shift(timedelta(days=60))
    assert remind_due() == 0


def test_offer_after_a_support_call_stands_on_the_plan_until_it_is_answered(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    browser = client_of(cast.heron)
    assert "Would you like to look at this again?" not in browser.get(MINE).content.decode()
    offer_another_look(plan_id=Plan.objects.get().pk, now=clock.now())
    assert "Would you like to look at this again?" in browser.get(MINE).content.decode()
    assert not Notice.objects.exists()
    browser.post(f"{MINE}later/")
    assert "Would you like to look at this again?" not in browser.get(MINE).content.decode()


def test_putting_the_offer_aside_leaves_a_day_that_is_still_to_come(cast: Cast) -> None:
    choose(cast)
    offer_another_look(plan_id=Plan.objects.get().pk, now=clock.now())
    answer_offer(person=cast.heron.person, kind=PlanKind.CRISIS)
    assert Plan.objects.get().review_on == DAY
