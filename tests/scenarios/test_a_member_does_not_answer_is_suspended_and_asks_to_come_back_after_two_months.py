"""Moss does not answer. Two of the Top Three decide; after two months Moss asks to come back, and two say yes."""

from datetime import timedelta

import pytest

import clock
from audit.queries import verify
from meetings.models import AbsenceCase
from moderation.models import Suspension
from tests.cast import client_of
from tests.scenarios.night import BOARD, NOTICES, page, send
from tests.scenarios.weeks import at_fellside_but, day_of_programme, days_go_by
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
LETTER, PLACES = "/c/fellside/letter/", "/c/fellside/moderation/places/"


def test_a_member_does_not_answer_is_suspended_and_asks_to_come_back_after_two_months(cast, time_machine):
    for gap in (0, 2, 3):
        days_go_by(time_machine, gap)
        day_of_programme(cast.dale, at_fellside_but(cast, cast.moss))
    days_go_by(time_machine, 1)
    case = AbsenceCase.objects.get()
    letter = f"/c/fellside/letters/{case.pk}/"
    for key in ("heron", "fern"):
        assert client_of(cast[key]).post(f"{letter}agree/", {"version": "1"}).status_code == 302

    # Glen, of staff, hands it over on Thursday, and writes it down on Friday.
    days_go_by(time_machine, 3)
    handed = clock.now() - timedelta(days=1)
    form = {"kind": "handed", "day": handed.date().isoformat()}
    assert client_of(cast.glen).post(f"{letter}reached/", form).status_code == 302

    # Six days later there is still time, and nobody is asked.
    days_go_by(time_machine, 5)
    assert not Suspension.objects.exists()
    assert client_of(cast.wren).get(BOARD).status_code == 200

    # The days are over. Two of the Top Three are asked; Moss is as before until both have said so.
    days_go_by(time_machine, 3)
    wren, ash, moss = (client_of(cast[key]) for key in ("wren", "ash", "moss"))
    assert "about somebody's place here" in page(wren, NOTICES)
    one = f"{PLACES}{Suspension.objects.get().pk}/"
    send(wren, one, "csrfmiddlewaretoken", verb="confirm")
    assert moss.get(BOARD).status_code == 200
    send(ash, one, "csrfmiddlewaretoken", verb="confirm")
    assert moss.get(BOARD).status_code == 404

    # Moss reads what, why, by whom, until when, and how to come back or object. To others it is "away".
    read = page(moss, LETTER)
    for there in (
        "Suspended from everything",
        "We had not seen you on 3 programme days.",
        "Two of the Top Three",
        "after a letter that had no answer",
        "How to come back",
        "You can object.",
    ):
        assert there in read
    assert "suspended" not in page(client_of(cast.heron), "/c/fellside/people/").lower()
    # The group's letter stays Moss's to read.
    assert "Dear Moss" in page(moss, f"/c/fellside/letters/yours/{case.pk}/")

    # Programme days go on without Moss, and count for nothing. After two months Moss asks.
    for _week in range(8):
        days_go_by(time_machine, 7)
        day_of_programme(cast.dale, at_fellside_but(cast, cast.moss))
    moss, wren, juniper = (client_of(cast[key]) for key in ("moss", "wren", "juniper"))
    send(moss, LETTER, "csrfmiddlewaretoken", words="I would like to come again. I am doing better.")
    for client in (wren, juniper):
        assert "I am doing better." in page(client, one)
        send(client, one, "csrfmiddlewaretoken", verb="come_back", words="Good to have you back.")
    assert moss.get(BOARD).status_code == 200
    assert "Your place here is open to you again." in page(moss, NOTICES)

    # The old row is past: two days more without Moss, and nobody writes.
    for _day in range(2):
        days_go_by(time_machine, 2)
        day_of_programme(cast.dale, at_fellside_but(cast, cast.moss))
    days_go_by(time_machine, 1)
    assert AbsenceCase.objects.count() == 1
    assert verify() == []
