"""Each person's own choice: what by which way, quiet hours, once a day; asked when something is sent."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db.models import Count
from django.test import Client

from notices import kinds, pushing, queries, sending, services, tasks
from notices.models import MailChoice, Outcome, Outgoing, Push, Timing, Wish
from notices.timing import Hours
from people.models import Person
from tests.cast import Cast, client_of
from tests.notices.conftest import MakePerson, Tell
from tests.notices.mail_server import MailServer
from tests.notices.push_server import PushServer
from tests.notices.test_pushing import AddPhone, add_phone, loopback, service

__all__ = ["add_phone", "loopback", "service"]
pytestmark = pytest.mark.django_db
Time = time_machine.Traveller
NIGHT, NEVER = Hours(22, 7, None), Hours(None, None, None)
FORM = {"mail_other": "on", "quiet_from": "22", "quiet_to": "7", "daily_at": "none"}


@pytest.fixture
def heron(person: MakePerson, client: Client) -> Person:
    someone = person("heron")
    client.force_login(someone)
    return someone


def choose(person: Person, hours: Hours, **more: object) -> None:
    names = [group.name for group in kinds.groups()]
    services.choose(person=person, **{"groups": names, "mail": names, "push": names, "hours": hours, **more})


def at(traveller: Time, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
    traveller.move_to(datetime(2026, month, day, hour, minute, tzinfo=UTC))


def test_without_a_choice_it_is_everything_by_both_ways_and_nothing_at_night(heron: Person) -> None:
    chosen = queries.choices_of(heron.pk)
    assert chosen.mail == chosen.push == {group.name for group in kinds.groups()}
    assert chosen.hours == NIGHT


def test_the_form_stores_what_was_ticked_and_shows_it(cast: Cast) -> None:
    heron, client = cast.heron.person, client_of(cast.heron)
    form = {"mail_answers": "on", "quiet_from": "21", "quiet_to": "9", "daily_at": "18"}
    assert client.post("/notices/choices/", form).status_code == 302
    chosen = queries.choices_of(heron.pk)
    assert (chosen.mail & {"answers", "other", "own_posts"}, chosen.hours) == ({"answers"}, Hours(21, 9, 18))
    page = client.get("/notices/choices/").content.decode()
    assert re.findall(r'name="(mail_\w+)"[^>]*checked', page) == ["mail_answers"]
    assert re.findall(r'value="(\d+)" selected', page) == ["21", "9", "18"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_to": "none"},
        {"quiet_from": "none"},
        {"quiet_to": ""},
        {"quiet_to": "22"},
        {"quiet_from": "24"},
        {"daily_at": "-1"},
        {"daily_at": "x"},
    ],
)
def test_the_form_says_what_does_not_fit_and_stores_nothing(heron: Person, client: Client, wrong: dict) -> None:
    answer = client.post("/notices/choices/", {**FORM, **wrong})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Timing.objects.exists()
    assert not Wish.objects.exists()


def test_no_phone_no_question_about_phones_and_what_was_chosen_stays(heron: Person, client: Client) -> None:
    choose(heron, NIGHT, push=["answers"])
    client.post("/notices/choices/", FORM)
    assert "answers" in queries.choices_of(heron.pk).push
    assert "other" not in queries.choices_of(heron.pk).push


def test_what_is_for_those_who_look_after_a_board_is_asked_of_nobody_else(heron: Person, client: Client) -> None:
    assert "mail_watch" not in client.get("/notices/choices/").content.decode()


def test_the_release_before_understands_no_mails_and_its_no_counts(heron: Person) -> None:
    choose(heron, NIGHT, mail=[])
    assert MailChoice.objects.get().wanted is False
    # The release before turns them on again: as they were chosen by group before.
    MailChoice.objects.update(wanted=True)
    assert queries.choices_of(heron.pk).mail == {group.name for group in kinds.groups()}
    MailChoice.objects.update(wanted=False)
    assert queries.choices_of(heron.pk).mail == frozenset()


def test_a_choice_made_under_the_release_before_still_holds(heron: Person) -> None:
    MailChoice.objects.create(person=heron, wanted=False)
    assert queries.choices_of(heron.pk).mail == frozenset()


def test_a_group_that_is_off_sends_no_mail_and_the_others_do(
    mail_server: MailServer, heron: Person, tell: Tell
) -> None:
    kinds.register("test.answer", "…", group="answers")
    choose(heron, NIGHT, mail=["other"])
    tell(heron, kind="test.answer")
    tell(heron)
    assert sending.send_all_due() == 1
    assert sorted(Outgoing.objects.values_list("outcome", flat=True)) == [Outcome.DROPPED, Outcome.SENT]


def test_in_quiet_hours_nothing_goes_and_in_the_morning_it_goes_as_one(
    *, traveller: Time, mail_server: MailServer, service: PushServer, heron: Person, tell: Tell, add_phone: AddPhone
) -> None:
    add_phone(heron)
    for hour in (22, 23):
        at(traveller, 20, hour)
        tell(heron)
        assert (sending.send_all_due(), pushing.push_all_due()) == (0, 0)
    at(traveller, 21, 6, 59)
    assert (sending.send_all_due(), pushing.push_all_due()) == (0, 0)
    at(traveller, 21, 7)
    assert (sending.send_all_due(), pushing.push_all_due()) == (1, 1)
    assert (len(mail_server.taken), len(service.came)) == (1, 1)
    for errands in (Outgoing, Push):
        assert sorted(errands.objects.values_list("outcome", flat=True)) == [Outcome.SENT, Outcome.TOGETHER]


def test_what_was_seen_in_the_night_is_told_nobody_in_the_morning(
    *, traveller: Time, mail_server: MailServer, heron: Person, tell: Tell
) -> None:
    at(traveller, 20, 23)
    first, second = tell(heron), tell(heron)
    sending.send_all_due()
    services.mark_seen(notice=first, now=datetime.now(UTC))
    services.withdraw(key_prefix=second.key, now=datetime.now(UTC))
    at(traveller, 21, 7)
    assert sending.send_all_due() == 0
    assert mail_server.taken == []
    assert not Outgoing.objects.waiting().exists()


def test_whoever_is_on_duty_is_told_in_their_quiet_hours(
    *, traveller: Time, mail_server: MailServer, service: PushServer, heron: Person, tell: Tell, add_phone: AddPhone
) -> None:
    on_duty: list[bool] = [True]
    kinds.register("test.watch", "…", group="watch", in_quiet_hours=lambda notice: on_duty[0])
    choose(heron, Hours(22, 7, 18))
    add_phone(heron)
    at(traveller, 20, 23)
    tell(heron, kind="test.watch")
    assert (sending.send_all_due(), pushing.push_all_due()) == (1, 1)
    on_duty[0] = False
    tell(heron, kind="test.watch")
    assert (sending.send_all_due(), pushing.push_all_due()) == (0, 0)
    at(traveller, 21, 7)
    # What is for those who look after the board never waits for the daily hour.
    assert (sending.send_all_due(), pushing.push_all_due()) == (1, 1)


def test_a_mail_about_one_s_own_account_knows_no_quiet_hours(
    *, traveller: Time, mail_server: MailServer, heron: Person
) -> None:
    at(traveller, 20, 23)
    services.mail_account(address="heron@example.org", subject="Your code", body="4711", now=datetime.now(UTC))
    assert sending.send_all_due() == 1


@pytest.mark.parametrize(
    ("month", "day"), [(11, 20), (3, 28), (10, 24)], ids=["plain", "spring forward", "autumn back"]
)
def test_once_a_day_is_one_mail_and_one_push_a_day_whatever_the_clock_does_and_whoever_starts_again(
    *,
    traveller: Time,
    mail_server: MailServer,
    service: PushServer,
    heron: Person,
    tell: Tell,
    add_phone: AddPhone,
    month: int,
    day: int,
) -> None:
    """Notices at odd hours of three days, sweeps before and after: three mails, on three of London's days."""
    at(traveller, day, 0, month=month)
    choose(heron, Hours(22, 7, 1))  # the hour that comes twice, or never
    add_phone(heron)
    mails, start = [], datetime.now(UTC)
    for hour in sorted({*range(0, 72, 6), 1, 2, 23, 25, 26, 47, 49, 50}):
        tell(heron, kind="test.hold")
        for minute in (5, 45):
            traveller.move_to(start + timedelta(hours=hour, minutes=minute))
            mails += [datetime.now(UTC)] * sending.send_all_due()
            pushing.push_all_due()
    assert len(mails) == len(service.came) == 3
    assert [(mail - start).days for mail in mails] == [0, 1, 2]
    assert Outgoing.objects.filter(outcome=Outcome.SENT).count() == 3


def test_a_choice_that_changes_is_asked_of_what_already_waits(
    *, traveller: Time, mail_server: MailServer, heron: Person, tell: Tell
) -> None:
    choose(heron, Hours(22, 7, 18))
    tell(heron)
    assert sending.send_all_due() == 0
    choose(heron, NEVER)
    assert sending.send_all_due() == 1


def test_a_daily_mail_that_meets_a_mail_server_that_is_away_goes_once_when_it_is_back(
    traveller: Time, mail_settings: object, heron: Person, tell: Tell
) -> None:
    choose(heron, Hours(22, 7, 18))
    for _ in range(3):
        tell(heron)
    sending.send_all_due()
    at(traveller, 20, 18)
    assert sending.send_all_due() == 0
    server = MailServer(mail_settings.EMAIL_PORT)
    server.ill = True
    assert sending.send_all_due() == 0
    server.ill = False
    at(traveller, 20, 18, 1)
    assert sending.send_all_due() == 1
    server.end()
    found = Outgoing.objects.values("outcome").annotate(count=Count("pk")).order_by("outcome")
    assert [(row["outcome"], row["count"]) for row in found] == [(Outcome.SENT, 1), (Outcome.TOGETHER, 2)]


@pytest.fixture(autouse=True)
def hints_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    for task in (tasks.send_waiting, tasks.push_waiting):
        monkeypatch.setattr(task, "delay_on_commit", lambda: None)


@pytest.mark.parametrize("reached", [False, True])
def test_who_looks_after_a_board_and_can_not_be_reached_is_asked_to_be(cast: Cast, reached: bool) -> None:
    if reached:
        EmailAddress.objects.create(user=cast.wren.person, email="wren@example.org", verified=True, primary=True)
    page = client_of(cast.wren).get("/notices/choices/").content.decode()
    assert ("nothing can reach you" in page) is not reached
    assert "mail_watch" in page
    assert "nothing can reach you" not in client_of(cast.heron).get("/notices/choices/").content.decode()
