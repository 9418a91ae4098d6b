"""Moss is not seen on three programme days. The group writes, staff post it, Moss opens it and taps one answer."""

import pytest

from audit.queries import verify
from communities.models import Membership
from meetings.models import AbsenceCase
from tests.cast import client_of
from tests.scenarios.night import NOTICES, page, send
from tests.scenarios.weeks import at_fellside_but, day_of_programme, days_go_by
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
LETTERS = "/c/fellside/letters/"


def test_a_member_misses_three_programme_days_is_written_to_and_answers(cast, time_machine):
    # Wednesday, Friday, Monday: Moss is not there, and has said nothing.
    for gap in (0, 2, 3):
        days_go_by(time_machine, gap)
        assert not AbsenceCase.objects.exists()
        day_of_programme(cast.dale, at_fellside_but(cast, cast.moss))
    days_go_by(time_machine, 1)

    # The next day a letter is begun. Those in office hear that there is one, and not to whom.
    wren, heron, fern, moss = (client_of(cast[key]) for key in ("wren", "heron", "fern", "moss"))
    assert "There is a letter of the group to write." in page(wren, NOTICES)
    assert "Moss" not in page(wren, NOTICES)
    case = AbsenceCase.objects.get()
    letter = f"{LETTERS}{case.pk}/"
    assert "Moss" in page(heron, LETTERS)
    assert "We have not seen you on our last 3 programme days." in page(heron, letter)
    # Not for the one it is to.
    assert "Moss" not in page(moss, LETTERS).split("You are here as")[0]
    assert moss.get(letter).status_code == 404

    # Heron writes it in the group's own words, which is a yes; Fern says yes to them. It is on its way.
    send(heron, letter, "words", words="Dear Moss, nobody laughs as you do. Come when you can. All of us", version="1")
    assert "Heron" in page(fern, letter)
    assert fern.post(f"{letter}agree/", {"version": "2"}).status_code == 302
    assert "It has not reached them yet." in page(heron, LETTERS)
    sheet = page(heron, f"{letter}paper/")
    assert "nobody laughs as you do" in sheet

    # Two weeks pass, and Moss has not looked in. No day of answering has run.
    days_go_by(time_machine, 14)
    case.refresh_from_db()
    assert (case.state, case.answer_by) == ("sent", None)

    # Moss signs in: a notice that says nothing, an envelope, and then the words.
    moss = client_of(cast.moss)
    assert "There is a letter for you." in page(moss, NOTICES)
    own = f"{LETTERS}yours/{case.pk}/"
    assert "nobody laughs" not in page(moss, own)
    assert moss.post(f"{own}open/").status_code == 302
    read = page(moss, own)
    for there in (
        "nobody laughs as you do",
        "7 days to answer",
        "I am all right and will come",
        "I would like to leave",
    ):
        assert there in read

    # One tap. Whoever wrote hears of it; counting begins anew; nothing follows.
    assert moss.post(f"{own}answer/", {"verb": "ring"}).status_code == 302
    assert "Somebody rings you" in page(moss, own)
    assert "Somebody would like to be rung." in page(client_of(cast.dale), NOTICES)
    assert "They have answered: “Please ring me”." in page(client_of(cast.heron), LETTERS)
    days_go_by(time_machine, 30)
    assert AbsenceCase.objects.count() == 1
    assert Membership.objects.get(pk=cast.moss.pk).state == "active"
    assert verify() == []
