"""Heron has said that she comes to a full walking group. The day before, a mail says that something is in her diary.
She is not well, and signs in nowhere: one button, and Fern, who waited, has her place. Moss takes the register in a
moment, by exception."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

import clock
from meetings.lifecycle.coming import Answer
from meetings.lifecycle.timetable import Role
from meetings.models import Coming, Mark
from meetings.schedule import coming as look
from meetings.services.coming import say_coming
from notices.letters import letter
from notices.models import Notice, Outgoing
from tests.cast import Cast, client_of
from tests.meetings.groups import a_role, a_session
from tests.scenarios.night import page, plain
from tests.steps import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]
DAY = timedelta(days=1)


def test_a_member_cannot_come_and_says_so_from_a_mail(cast: Cast, time_machine: TimeMachineFixture) -> None:
    session = a_session(cast.fellside, clock.now() + 2 * DAY, room=2, title="Walking by the tarn")
    a_role(session, Role.SECRETARY, cast.moss)
    for who in (cast.moss, cast.heron, cast.fern):
        say_coming(session=session, by=who, answer=Answer.COMING)

    time_machine.shift(DAY)
    look()
    told = {notice.person: notice for notice in Notice.objects.filter(kind="reminder_day_before")}
    assert set(told) == {cast.moss.person, cast.heron.person}
    mail = letter(Outgoing.objects.get(notice=told[cast.heron.person]), "heron@example.org")
    assert "tarn" not in mail.body
    [link] = re.findall(r"https?://[^/]+(/apology/\S+)", mail.body)

    # The mail program looks at every link, twice. Nothing happens.
    for _ in range(2):
        Client().get(link)
    assert Coming.objects.get(membership=cast.heron).answer == Answer.COMING

    library = Client()
    assert "Can't you come?" in page(library, link)
    assert "They know that you can't come." in plain(library.post(link).content.decode())
    assert Coming.objects.get(membership=cast.fern).answer == Answer.COMING
    assert Notice.objects.get(kind="place_free").person == cast.fern.person

    time_machine.move_to(session.ends_at)
    assert library.get(link).status_code == 404
    register = f"/c/fellside/groups/sessions/{session.pk}/register/"
    moss = client_of(cast.moss)
    assert f'name="was_{cast.heron.pk}" value="word" checked' in moss.get(register).content.decode()
    moss.post(register, {"seen": 0, "rest": "here", f"was_{cast.heron.pk}": "word", "guests": "1"})
    assert {mark.membership: mark.was for mark in Mark.objects.select_related("membership")} == {
        cast.moss: "here",
        cast.fern: "here",
        cast.heron: "apology",
    }
