"""Heron cannot sleep and writes. Nobody is on duty: Heron is told so at once, and when somebody will be."""

from datetime import time, timedelta

import pytest

from moderation.services import follow_up_holds
from tests.cast import client_of, on_duty
from tests.scenarios.night import BOARD, NEW, NOTICES, WAITING, page, send
from tests.steps import HELD, NIGHT

pytestmark = [pytest.mark.time_machine(NIGHT, tick=False), pytest.mark.usefixtures("words_hold")]


def test_a_member_writes_at_two_in_the_morning_and_nobody_is_on_duty(cast, time_machine):
    on_duty(cast.ash, 2, starts=time(7, 30), ends=time(9))
    on_duty(cast.dale, 2, starts=time(9), ends=time(17))
    heron = client_of(cast.heron)

    before = page(heron, NEW)
    assert "This is not for emergencies." in before
    own = send(heron, NEW, title="Awake again", text=f"It is bad tonight, {HELD}.")

    told = page(heron, own)
    assert "Your words are safe" in told
    assert "Nobody is on duty now. It may be that nobody reads it before today at 7:30 am." in told
    assert "999" in told
    assert "116 123" in told
    assert "Others can read it from" not in told

    # Nobody is woken; staff find a note without a word of it when their day begins.
    follow_up_holds()
    assert "A post is waiting" not in page(client_of(cast.ash), NOTICES)
    assert "Awake again" not in page(client_of(cast.moss), BOARD)

    time_machine.move_to("2026-06-10 07:30:00+01:00", tick=False)
    follow_up_holds()
    assert "A post is waiting for one of you to look at it." in page(client_of(cast.ash), NOTICES)

    time_machine.move_to("2026-06-10 09:00:00+01:00", tick=False)
    overdue = page(client_of(cast.dale), NOTICES)
    assert "nobody has looked" in overdue
    assert "Awake again" not in overdue
    assert "It is bad tonight" in page(client_of(cast.heron), WAITING)


def test_words_that_are_not_held_rest_fifteen_minutes_and_then_others_read_them(cast, time_machine):
    heron = client_of(cast.heron)
    own = send(heron, NEW, title="Awake again", text="The owl is back.")
    assert "Resting. Others can read it from" in page(heron, own)
    assert "Awake again" not in page(client_of(cast.moss), BOARD)
    time_machine.shift(timedelta(minutes=15))
    assert "Awake again" in page(client_of(cast.moss), BOARD)
