"""A hold at three in the morning, against a real mail server and a push service on loopback: who is woken, and by what.

Domain, section 8: nobody off duty is woken; whoever is on duty is told at once, and again after 15 minutes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from time_machine import TimeMachineFixture

import clock
from communities.models import Membership
from moderation.services import follow_up_holds
from notices.models import Notice, Outgoing, Push
from notices.pushing import push_all_due
from notices.sending import send_all_due
from notices.services import add_phone
from tests.cast import Cast, on_duty
from tests.notices.mail_server import MailServer, free_port
from tests.notices.push_server import PushServer
from tests.steps import HELD, NIGHT, decided, reply, start

pytestmark = [pytest.mark.time_machine(NIGHT, tick=False), pytest.mark.django_db]
Time = TimeMachineFixture


@pytest.fixture
def mail_server(settings: object) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "notices.mail.MailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", free_port(), False
    settings.DEFAULT_FROM_EMAIL, settings.SITE_ADDRESS = "post@quiet.example", "https://quiet.example"
    server = MailServer(settings.EMAIL_PORT)
    yield server
    server.end()


@pytest.fixture
def push_service(settings: object) -> Iterator[PushServer]:
    settings.PUSH_LOOPBACK = True
    server = PushServer()
    yield server
    server.end()


@pytest.fixture
def reached(cast: Cast, mail_server: MailServer, push_service: PushServer, words_hold: None) -> Cast:
    """Everybody has an e-mail and a phone."""
    for key, member in cast.everybody.items():
        if key != "pebble":
            reach(member, key, push_service)
    return cast


def reach(member: Membership, key: str, service: PushServer) -> None:
    now = clock.now()
    EmailAddress.objects.create(user=member.person, email=f"{key}@example.org", verified=True, primary=True)
    Session.objects.create(session_key=f"of-{key}", session_data="", expire_date=now + timedelta(days=30))
    facts = {"label": "", "sitting": f"of-{key}", "sitting_ends_at": now + timedelta(days=30)}
    assert add_phone(person=member.person, endpoint=service.address(key), now=now, **facts)


def woken(mail_server: MailServer, push_service: PushServer) -> tuple[set[str], set[str]]:
    """Send all that is due; who got a mail and whose phone rang since the last time."""
    mail_server.taken.clear()
    push_service.came.clear()
    send_all_due()
    push_all_due()
    mails = {address.partition("@")[0] for address in mail_server.recipients}
    return mails, {came.path.strip("/") for came in push_service.came}


def test_a_hold_at_night_is_sent_to_those_on_duty_and_wakes_nobody_else(
    reached: Cast, mail_server: MailServer, push_service: PushServer, time_machine: Time
) -> None:
    on_duty(reached.wren, starts=time(22), ends=time(7))
    on_duty(reached.ash, starts=time(9), ends=time(17))
    start(reached.heron, HELD)
    assert woken(mail_server, push_service) == ({"wren"}, {"wren"})
    time_machine.shift(timedelta(minutes=15))
    follow_up_holds()
    assert woken(mail_server, push_service) == ({"wren"}, {"wren"})
    time_machine.shift(timedelta(hours=7))  # past nine o'clock
    follow_up_holds()
    assert woken(mail_server, push_service)[0] >= {"ash"}


def test_a_second_who_is_needed_at_night_is_asked_in_the_morning_unless_on_duty(
    reached: Cast, mail_server: MailServer, push_service: PushServer, time_machine: Time
) -> None:
    on_duty(reached.wren, starts=time(22), ends=time(7))
    on_duty(reached.juniper, starts=time(0), ends=time(5))
    post = start(reached.heron, HELD)
    woken(mail_server, push_service)
    decided(post, "remove", reached.wren)
    assert woken(mail_server, push_service) == ({"juniper"}, {"juniper"})
    time_machine.shift(timedelta(hours=5))  # seven o'clock
    assert woken(mail_server, push_service) == ({"ash"}, {"ash"})


def test_an_answer_at_night_rings_in_the_morning(
    reached: Cast, mail_server: MailServer, push_service: PushServer, time_machine: Time
) -> None:
    post = start(reached.heron)
    time_machine.shift(timedelta(minutes=15))
    reply(reached.moss, post.thread)
    time_machine.shift(timedelta(minutes=15))
    assert woken(mail_server, push_service) == (set(), set())
    time_machine.shift(timedelta(hours=5))
    assert woken(mail_server, push_service) == ({"heron"}, {"heron"})


def test_no_word_and_no_name_leaves_by_any_way_or_lies_in_a_row(
    reached: Cast,
    mail_server: MailServer,
    push_service: PushServer,
    time_machine: Time,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    on_duty(reached.wren)
    canary = "CanaryWords"
    post = start(reached.heron, canary, title=canary)
    start(reached.fern, f"{canary} {HELD}", title=canary)
    time_machine.shift(timedelta(minutes=15))
    reply(reached.moss, post.thread, canary)
    time_machine.shift(timedelta(hours=8))
    send_all_due()
    push_all_due()
    assert {"heron@example.org", "wren@example.org"} <= set(mail_server.recipients)
    left = [message.as_string().replace(address, "") for address, message in mail_server.taken]
    left += [repr((came.headers, came.body, came.claims)) for came in push_service.came]
    rows = [repr(list(model.objects.values())) for model in (Notice, Outgoing, Push)]
    names = [member.display_name for member in reached.everybody.values()]
    for text in [*left, *rows, caplog.text]:
        assert canary not in text
    for text in left:
        assert not [name for name in names if name in text]
        assert "fellside" not in text.lower()
    assert datetime.now(UTC) == clock.now()
