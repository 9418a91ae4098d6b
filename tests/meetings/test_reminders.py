"""Reminders: when, of what, to whom; asked again as they go out; and the one line their mail has besides."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

import clock
from clock.london import LONDON, day_of
from communities.models import Community, Rule
from meetings.apology_links import token_for
from meetings.lifecycle.coming import Answer, RemindWhen
from meetings.lifecycle.timetable import SessionState
from meetings.models import Coming, Session
from meetings.notifications.coming import is_reminder_wanted
from meetings.reminding import FURTHEST, Ahead, day_before, due
from meetings.services.reminding import choose_reminders, remind_all
from notices.letters import letter
from notices.models import Notice, Outgoing, Timing
from notices.sending import send_all_due
from people.decisions import Refused
from tests.cast import Cast
from tests.meetings.groups import a_session
from tests.meetings.sayings import an_answer, an_away_time

AT = "2026-06-10 12:00:00+01:00"  # a Wednesday
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AT, tick=False)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _at(community: Community, hours: float, **fields: object) -> Session:
    return a_session(community, clock.now() + hours * HOUR, **fields)


def _told() -> set[tuple[str, str]]:
    found = Notice.objects.filter(kind__startswith="reminder").select_related("person")
    return {(notice.person.sign_in_name.partition("-")[0], notice.kind.removeprefix("reminder_")) for notice in found}


def test_who_said_that_they_come_is_reminded_the_day_before(cast: Cast) -> None:
    session = _at(cast.fellside, 24)
    for who, answer in ((cast.heron, Answer.COMING), (cast.moss, Answer.CANNOT), (cast.fern, Answer.WAITING)):
        an_answer(who, session, answer)
    for _ in range(2):
        remind_all()
    assert _told() == {("heron", "day_before")}


def test_in_a_day_community_everybody_active_is_reminded_of_the_programme(cast: Cast) -> None:
    _at(cast.fellside, 24, counts=True)
    an_away_time(cast.clover)
    remind_all()
    told = {name for name, _when in _told()}
    assert {"heron", "wren", "moss"} <= told
    assert not told & {"clover", "finch", "hazel", "sorrel", "thorn", "dale", "teal"}


def test_in_a_network_nobody_is_reminded_of_what_they_have_not_answered(cast: Cast) -> None:
    session = _at(cast.riverside, 24, counts=True)
    an_answer(cast.avocet, session)
    choose_reminders(by=cast.teal, when=RemindWhen.DAY_BEFORE, unanswered=True)
    remind_all()
    assert _told() == {("avocet", "day_before"), ("teal", "day_before")}


@pytest.mark.parametrize(("when", "hours", "told"), [
    ("none", 24, set()), ("day_before", 24, {"day_before"}), ("two_hours", 24, set()), ("both", 24, {"day_before"}),
    ("day_before", 2, set()), ("two_hours", 2, {"two_hours"}), ("both", 2, {"two_hours"}), ("both", 0, set()),
])  # fmt: skip
def test_each_is_reminded_as_they_chose(cast: Cast, when: str, hours: int, told: set[str]) -> None:
    choose_reminders(by=cast.heron, when=when, unanswered=False)
    an_answer(cast.heron, _at(cast.fellside, hours))
    remind_all()
    assert {kind for _name, kind in _told()} == told


def test_a_day_full_of_sessions_is_one_reminder(cast: Cast) -> None:
    for hours in (22, 24, 26):
        an_answer(cast.heron, _at(cast.fellside, hours))
    remind_all()
    assert Notice.objects.count() == 1


def test_of_a_session_that_is_moved_one_is_reminded_anew(cast: Cast, time_machine: TimeMachineFixture) -> None:
    session = _at(cast.fellside, 24)
    an_answer(cast.heron, session)
    remind_all()
    [first] = Notice.objects.all()
    later = {"starts_at": session.starts_at + 2 * DAY, "ends_at": session.ends_at + 2 * DAY}
    Session.objects.filter(pk=session.pk).update(**later)
    assert not is_reminder_wanted(first)
    time_machine.shift(2 * DAY)
    remind_all()
    assert Notice.objects.count() == 2


@pytest.fixture
def notice(cast: Cast) -> Notice:
    an_answer(cast.heron, _at(cast.fellside, 24))
    remind_all()
    return Notice.objects.get()


def test_it_goes_out(notice: Notice) -> None:
    assert is_reminder_wanted(notice)


def test_not_to_somebody_who_has_sent_word_meanwhile(cast: Cast, notice: Notice) -> None:
    cast.heron.comings.update(answer=Answer.ILL)
    assert not is_reminder_wanted(notice)


def test_not_of_what_was_called_off(notice: Notice) -> None:
    Session.objects.update(state=SessionState.CANCELLED, change="cancelled")
    assert not is_reminder_wanted(notice)


@pytest.mark.parametrize("state", ["left", "inactive"])
def test_not_to_somebody_who_is_no_longer_here(cast: Cast, notice: Notice, state: str) -> None:
    type(cast.heron).objects.filter(pk=cast.heron.pk).update(state=state)
    assert not is_reminder_wanted(notice)


def test_not_to_somebody_who_wants_none_now(cast: Cast, notice: Notice) -> None:
    choose_reminders(by=cast.heron, when=RemindWhen.NONE, unanswered=False)
    assert not is_reminder_wanted(notice)


def test_not_once_it_has_begun(notice: Notice, time_machine: TimeMachineFixture) -> None:
    time_machine.shift(DAY)
    assert not is_reminder_wanted(notice)


def test_its_mail_says_nothing_of_what_it_is_about(cast: Cast, notice: Notice) -> None:
    mail = letter(Outgoing.objects.get(notice=notice), "heron@example.org")
    said = f"{mail.subject} {mail.body}".lower()
    assert "/apology/" in said
    assert not any(word in said for word in ("walking", "group", "heron", "fellside", "meet", "session"))


def _links(body: str) -> list[str]:
    return re.findall(r"https?://[^/]+(/apology/\S+/)", body)


def test_reminders_that_waited_for_the_morning_go_as_one_mail_with_a_link_for_each_session(
    cast: Cast, time_machine: TimeMachineFixture, settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    settings.MAIL_IS_SET = True
    heron = cast.heron
    EmailAddress.objects.create(user=heron.person, email="heron@example.org", verified=True, primary=True)
    Timing.objects.create(person=heron.person, quiet_from=22, quiet_to=9)
    choose_reminders(by=heron, when=RemindWhen.TWO_HOURS, unanswered=False)
    # Thursday at a quarter past ten, and at a quarter to eleven.
    sessions = [_at(cast.fellside, hours, title="Kettle canary") for hours in (22.75, 22.25)]
    for session in sessions:
        an_answer(heron, session)
    for hours in (20.25, 20.75, 21):
        time_machine.move_to(datetime.fromisoformat(AT) + hours * HOUR)
        remind_all()
        send_all_due()
    [mail] = mailoutbox
    assert _links(mail.body) == [f"/apology/{token_for(session.pk, heron.pk)}/" for session in reversed(sessions)]
    assert not any(word in mail.body.lower() for word in ("canary", "heron", "fellside", "session", "group"))
    for link in _links(mail.body):
        assert Client().post(link).status_code == 200
    assert set(Coming.objects.values_list("session", "answer")) == {(one.pk, Answer.CANNOT) for one in sessions}


def test_reminder_of_the_day_before_has_a_link_for_each_session_that_it_stands_for(cast: Cast) -> None:
    first, second = _at(cast.fellside, 24, counts=True), _at(cast.fellside, 26, counts=True)
    _at(cast.fellside, 27)
    _at(cast.fellside, 48, counts=True)
    _at(cast.fellside, 28, counts=True, state=SessionState.CANCELLED, change="cancelled")
    an_answer(cast.moss, first)
    an_answer(cast.moss, second, Answer.CANNOT)
    remind_all()
    links = {}
    for who in (cast.heron, cast.moss):
        mail = letter(Outgoing.objects.get(notice__person=who.person), "them@example.org")
        links[who] = _links(mail.body)
    assert links[cast.heron] == [f"/apology/{token_for(one.pk, cast.heron.pk)}/" for one in (first, second)]
    assert links[cast.moss] == [f"/apology/{token_for(first.pk, cast.moss.pk)}/"]


@pytest.mark.parametrize("who", ["sorrel", "thorn", "willow"])
def test_whoever_does_not_come_to_sessions_chooses_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        choose_reminders(by=cast[who], when=RemindWhen.BOTH, unanswered=True)


def test_a_change_of_the_rule_changes_what_is_asked(cast: Cast) -> None:
    Rule.objects.update_or_create(
        community=cast.riverside, key="absence_counts", defaults={"value": "programme_days", "since": clock.now()}
    )
    _at(cast.riverside, 24, counts=True)
    remind_all()
    assert ("teal", "day_before") in _told()


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@given(starts_at=MOMENTS)
def test_the_day_before_lies_on_the_day_before_and_not_at_night(starts_at: datetime) -> None:
    moment = day_before(starts_at)
    assert day_of(moment) == day_of(starts_at) - DAY
    assert 9 <= moment.astimezone(LONDON).hour <= 18
    assert timedelta(0) < starts_at - moment <= FURTHEST


AHEAD = st.lists(st.tuples(st.integers(0, 72), st.booleans()), max_size=6)


@given(times=AHEAD, when=st.sampled_from(RemindWhen.values), start=MOMENTS)
def test_nobody_is_reminded_late_and_once_a_day_at_most_of_the_day_before(
    times: list[tuple[int, bool]], when: str, start: datetime
) -> None:
    ahead = [Ahead(number, start + hours * HOUR, said) for number, (hours, said) in enumerate(times)]
    told = list(due(ahead, when, start + DAY))
    assert all(each.starts_at > start + DAY for each in told)
    days = [day_of(each.starts_at) for each in told if each.which == RemindWhen.DAY_BEFORE]
    assert len(days) == len(set(days))
    assert when != RemindWhen.NONE or not told
