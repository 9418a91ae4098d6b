"""Heron is kept out by two after a bad night, reads why, asks to come back, hears "not yet", asks again and is back."""

from datetime import timedelta

import pytest

from audit.queries import verify
from tests.cast import client_of
from tests.scenarios.night import BOARD, NOTICES, page, send
from tests.steps import NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
FRONT, LETTER, PLACES = "/c/fellside/", "/c/fellside/letter/", "/c/fellside/moderation/places/"


def test_a_suspended_member_comes_back(cast, time_machine):
    start(cast.moss, title="Tea and toast")
    time_machine.shift(timedelta(minutes=6))
    heron, wren, ash, moss = (client_of(cast[key]) for key in ("heron", "wren", "ash", "moss"))
    assert "Tea and toast" in page(heron, BOARD)

    # Wren begins it. Nothing happens yet, and Heron is not told.
    why = "You wrote angry words to three people tonight."
    letter = "You still belong here. Sleep first. We talk on Friday."
    case = send(
        wren,
        f"{PLACES}suspend/{cast.heron.pk}/",
        "csrfmiddlewaretoken",
        choice="board",
        value="72",
        reason=why,
        message=letter,
    )
    assert "Tea and toast" in page(heron, BOARD)

    # Ash says so too. It holds at once.
    send(ash, case, "csrfmiddlewaretoken", verb="confirm")
    assert heron.get(BOARD).status_code == 404
    assert "There is a letter for you." in page(heron, NOTICES)
    front = page(heron, FRONT)
    for said in ("You are suspended from the board for now", why, "Two of the Top Three", "Saturday 13 June 2026"):
        assert said in front
    # Everywhere else Heron is as before, and each page says what holds and where to go.
    assert "Your letter, and how to come back or object" in page(heron, "/c/fellside/people/")
    assert letter in page(heron, LETTER)
    # To others it is "away", and no word of why.
    people = page(moss, "/c/fellside/people/")
    assert "away" in people[people.index("Heron") :][:20]
    assert "suspended" not in people.lower()

    # Heron asks. Two say: not yet.
    assert send(heron, LETTER, "csrfmiddlewaretoken", words="I am sorry. May I come back?") == LETTER
    for one in (wren, ash):
        assert "I am sorry. May I come back?" in page(one, case)
        send(one, case, "csrfmiddlewaretoken", verb="not_yet", words="Let us talk on Friday first.")
    assert "Let us talk on Friday first." in page(heron, LETTER)

    # On Friday they have talked. Heron asks once more, and two say yes.
    time_machine.shift(timedelta(days=2))
    heron, wren, juniper = (client_of(cast[key]) for key in ("heron", "wren", "juniper"))
    send(heron, LETTER, "csrfmiddlewaretoken", words="We have talked.")
    for one in (wren, juniper):
        send(one, case, "csrfmiddlewaretoken", verb="come_back", words="Good to have you back.")
    assert "Your place here is open to you again." in page(heron, NOTICES)
    assert "Tea and toast" in page(heron, BOARD)
    assert "You are here as before." in page(heron, LETTER)
    assert verify() == []
