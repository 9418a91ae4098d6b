"""The outbox against a real mail server: once each, in order, through outages, to whom it may go (5.2, 5.3)."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import get_connection
from django.db import IntegrityError, connections
from django.db.models import Q

from notices import delivery, errands, kinds, letters, sending, services, tasks
from notices.models import Notice, Outcome, Outgoing, Trouble
from tests.notices.conftest import MakePerson, Tell
from tests.notices.mail_server import MailServer

pytestmark = pytest.mark.django_db
Time = time_machine.Traveller


@pytest.fixture(autouse=True)
def hints_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hint would do each test does itself, when it means to."""
    monkeypatch.setattr(tasks.send_waiting, "delay_on_commit", lambda: None)
    monkeypatch.setattr(tasks.push_waiting, "delay_on_commit", lambda: None)


def test_send_takes_a_mail_to_the_proved_address_and_closes_it(
    mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    tell(person("heron"))
    assert sending.send_all_due() == 1
    assert mail_server.recipients == ["heron@example.org"]
    assert Outgoing.objects.get().outcome == Outcome.SENT


def test_a_notice_mail_says_nothing_but_that_there_is_something(
    mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    tell(person("heron"), key="CANARY-key", path="/c/CANARY-community/board/7/")
    sending.send_all_due()
    whole = mail_server.taken[0][1].as_string()
    assert "CANARY" not in whole
    assert "heron" not in whole.replace("heron@example.org", "")
    message = mail_server.taken[0][1]
    assert message["Subject"] == "Something new for you"
    said = "There is something new for you. Sign in to read it: https://peernet.example/"
    assert message.get_payload(decode=True).decode().strip() == said
    assert message["From"] == "post@peernet.example"


def test_send_twice_sends_once(mail_server: MailServer, person: MakePerson, tell: Tell) -> None:
    tell(person("heron"))
    assert [tasks.send_waiting(), tasks.send_waiting()] == [1, 0]
    assert len(mail_server.taken) == 1


@pytest.mark.parametrize("why", ["unproved", "withdrawn", "seen", "off", "inactive", "not_wanted"])
def test_a_mail_that_may_no_longer_go_is_dropped_when_its_time_comes(
    mail_server: MailServer, person: MakePerson, tell: Tell, why: str
) -> None:
    now = datetime.now(UTC)
    heron = person("heron", proved=why != "unproved")
    notice = tell(heron)
    if why == "withdrawn":
        services.withdraw(key_prefix=notice.key, now=now)
    elif why == "seen":
        services.mark_seen(notice=notice, now=now)
    elif why == "off":
        services.choose_mail(person=heron, wanted=False)
    elif why == "inactive":
        heron.is_active = False
        heron.save()
    elif why == "not_wanted":
        kinds.register("test.hold", "…", still_wanted=lambda notice: False)
    assert sending.send_all_due() == 0
    assert mail_server.taken == []
    assert Outgoing.objects.get().outcome == Outcome.DROPPED


def test_a_mail_for_later_waits_until_then(
    traveller: Time, mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    tell(person("heron"), due_at=datetime.now(UTC) + timedelta(minutes=15))
    traveller.shift(timedelta(minutes=14, seconds=59))
    assert sending.send_all_due() == 0
    traveller.shift(timedelta(seconds=1))
    assert sending.send_all_due() == 1


def test_an_account_mail_is_blank_once_it_is_sent(mail_server: MailServer) -> None:
    services.mail_account(address="teal@example.org", subject="Your code", body="Code: 4711", now=datetime.now(UTC))
    sending.send_all_due()
    assert mail_server.taken[0][1].get_payload().strip() == "Code: 4711"
    row = Outgoing.objects.get()
    assert (row.address, row.subject, row.body) == ("", "", "")


def test_a_code_that_ran_out_in_an_outage_is_blanked_and_never_sent(traveller: Time, mail_settings: object) -> None:
    services.mail_account(address="teal@example.org", subject="Your code", body="Code: 4711", now=datetime.now(UTC))
    assert sending.send_all_due() == 0
    assert Outgoing.objects.get().body
    traveller.shift(timedelta(minutes=15))
    sending.send_all_due()
    row = Outgoing.objects.get()
    assert (row.outcome, row.address, row.body) == (Outcome.GAVE_UP, "", "")


def test_two_hours_without_a_mail_server_end_in_order_at_the_first_sweep(
    traveller: Time, mail_settings: object, person: MakePerson, tell: Tell
) -> None:
    names = [f"person{n}" for n in range(6)]
    for name in names:
        tell(person(name))
        traveller.shift(timedelta(minutes=20))
        for _ in range(3):
            assert sending.send_all_due() == 0
            traveller.shift(timedelta(seconds=20))
    server = MailServer(mail_settings.EMAIL_PORT)
    assert sending.send_all_due() == 6
    server.end()
    assert server.recipients == [f"{name}@example.org" for name in names]


def test_a_server_that_was_ill_gets_everything_at_the_first_sweep_after(
    traveller: Time, mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    mail_server.ill = True
    for n in range(4):
        tell(person(f"person{n}"))
    for _ in range(30):  # two hours
        assert sending.send_all_due() == 0
        traveller.shift(timedelta(minutes=4))
    assert Outgoing.objects.waiting().filter(trouble=Trouble.SERVER).count() == 4
    mail_server.ill = False
    assert sending.send_all_due() == 4
    assert sorted(mail_server.recipients) == [f"person{n}@example.org" for n in range(4)]


def test_an_address_that_is_refused_waits_longer_each_time_and_holds_nobody_up(
    traveller: Time, mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    mail_server.refuses = {"heron@example.org"}
    tell(person("heron"))
    tell(person("moss"))
    assert sending.send_all_due() == 1
    assert mail_server.recipients == ["moss@example.org"]
    waits = []
    for _ in range(7):
        row = Outgoing.objects.waiting().get()
        waits.append(round((row.again_at - datetime.now(UTC)).total_seconds() / 60))
        traveller.move_to(row.again_at)
        sending.send_all_due()
    assert waits == [1, 2, 5, 15, 30, 60, 60]


def test_an_address_that_is_refused_for_two_days_is_given_up(
    traveller: Time, mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    mail_server.refuses = {"heron@example.org"}
    tell(person("heron"))
    sending.send_all_due()
    traveller.shift(timedelta(days=2))
    sending.send_all_due()
    assert Outgoing.objects.get().outcome == Outcome.GAVE_UP


def test_a_mail_that_always_breaks_the_conversation_holds_nobody_up_for_long(
    traveller: Time, mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    tell(person("heron"))
    mail_server.cuts_off = True
    assert sending.send_all_due() == 0
    mail_server.cuts_off = False
    tell(person("moss"))
    traveller.shift(timedelta(seconds=20))
    assert sending.send_all_due() == 2


def test_a_sender_that_died_between_claim_and_sending_loses_nothing(
    traveller: Time, mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    tell(person("heron"))
    Outgoing.objects.update(claimed_at=datetime.now(UTC), tries=1)  # and then the process was killed
    traveller.shift(timedelta(minutes=4, seconds=59))
    assert sending.send_all_due() == 0
    traveller.shift(timedelta(seconds=1))
    assert sending.send_all_due() == 1
    assert len(mail_server.taken) == 1


def test_a_mail_sent_again_after_a_death_bears_the_same_number(
    traveller: Time, mail_server: MailServer, person: MakePerson, tell: Tell
) -> None:
    tell(person("heron"))
    sending.send_all_due()
    Outgoing.objects.update(closed_at=None, outcome="")  # killed before it could be noted
    traveller.shift(timedelta(minutes=5))
    sending.send_all_due()
    first, second = (message["Message-ID"] for _, message in mail_server.taken)
    assert first == second


def test_a_site_without_a_mail_server_keeps_its_mails(
    settings: object, monkeypatch: pytest.MonkeyPatch, person: MakePerson, tell: Tell
) -> None:
    settings.MAIL_IS_SET = False
    tell(person("heron"))
    assert sending.send_all_due() == 0
    assert Outgoing.objects.waiting().count() == 1


def _deliver_one_mail_at_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `count` threads deliver the same mail; whoever sends waits until every other has sent or been turned away."""
    outgoing, settled, everybody = Outgoing.objects.get(), set(), threading.Event()
    write = letters.letter

    def settle() -> None:
        settled.add(threading.current_thread())
        if len(settled) == count:
            everybody.set()

    def wait_and_write(*facts: object) -> object:
        settle()
        assert everybody.wait(20)
        return write(*facts)

    def deliver() -> None:
        try:
            delivery.deliver(Outgoing.objects.get(pk=outgoing.pk), get_connection())
            settle()
        finally:
            connections.close_all()

    monkeypatch.setattr(letters, "letter", wait_and_write)
    threads = [threading.Thread(target=deliver) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_a_mail_once(
    mail_server: MailServer, person: MakePerson, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(person("heron"))
    _deliver_one_mail_at_once(4, monkeypatch)
    assert len(mail_server.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_without_the_claim_send_it_four_times(
    mail_server: MailServer, person: MakePerson, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of the test above, with the claim taken out."""
    monkeypatch.setattr(errands, "unclaimed", lambda at: Q(pk__gte=0))
    tell(person("heron"))
    _deliver_one_mail_at_once(4, monkeypatch)
    assert len(mail_server.taken) == 4


def test_no_words_are_kept_for_a_notice_mail(person: MakePerson, tell: Tell) -> None:
    tell(person("heron"))
    with pytest.raises(IntegrityError):
        Outgoing.objects.update(body="words")


def test_a_person_who_goes_takes_their_notices_along(person: MakePerson, tell: Tell) -> None:
    heron = person("heron")
    tell(heron)
    heron.delete()
    assert not Notice.objects.exists()
    assert not Outgoing.objects.exists()
