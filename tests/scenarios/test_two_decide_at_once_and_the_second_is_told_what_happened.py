"""Wren and Ash open the same held post. Ash is quicker. Wren is told so, and Wren's kind words are not lost."""

import pytest

from tests.answers.forms import form_with
from tests.cast import client_of
from tests.scenarios.night import NEW, QUEUE, decide, links, plain, send
from tests.steps import HELD, NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_two_decide_at_once_and_the_second_is_told_what_happened(cast):
    send(client_of(cast.heron), NEW, title="Tired", text=f"So tired, {HELD}.")
    wren, ash = client_of(cast.wren), client_of(cast.ash)
    [post] = links(wren, QUEUE, QUEUE)
    opened = form_with(wren.get(post), "version")

    decide(ash, post, "release", "fine")

    late = wren.post(post, opened | {"verb": "return", "reason": "worrying", "words": "Ring me tonight, Heron."})
    assert late.status_code == 409
    told = plain(late.content.decode())
    assert "Somebody was quicker" in told
    assert "Ring me tonight, Heron." in told
    assert links(wren, QUEUE, QUEUE) == []


def test_two_take_one_off_the_board_together_and_a_third_is_told(cast):
    send(client_of(cast.heron), NEW, title="Tired", text=f"So tired, {HELD}.")
    wren, ash, juniper = (client_of(cast[key]) for key in ("wren", "ash", "juniper"))
    [post] = links(wren, QUEUE, QUEUE)
    opened = form_with(juniper.get(post), "version")

    decide(wren, post, "remove", "too_much_detail", "It would hurt others to read how.")
    assert "Wren said: Take it off the board." in plain(ash.get(post).content.decode())
    decide(ash, post, "remove", "too_much_detail")

    late = juniper.post(post, opened | {"verb": "release", "reason": "fine", "words": ""})
    assert late.status_code == 409
    told = plain(client_of(cast.heron).get("/c/fellside/waiting/").content.decode())
    assert "Two of the Top Three" in told
    assert "It has more detail than is safe to read" in told
    assert "It would hurt others to read how." in told
