"""Wren is one of the Top Three and writes; it is held. Wren can't decide on it. Ash reads it and lets it appear."""

from datetime import timedelta

import pytest

from tests.cast import client_of, on_duty
from tests.scenarios.night import BOARD, NEW, NOTICES, QUEUE, WAITING, decide, links, page, send
from tests.steps import HELD, NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_a_held_post_is_released_by_another_of_the_top_three(cast, time_machine):
    on_duty(cast.wren)
    on_duty(cast.ash)
    wren, ash, moss = (client_of(cast[key]) for key in ("wren", "ash", "moss"))

    own = send(wren, NEW, title="A hard week", text=f"I was low on Monday, {HELD}.")
    assert "Ash is on duty" in page(wren, own)
    assert "Wren is on duty" not in page(wren, own)
    assert links(wren, QUEUE, QUEUE) == []

    assert "A post is waiting for one of you to look at it." in page(ash, NOTICES)
    [post] = links(ash, QUEUE, QUEUE)
    assert wren.get(post).status_code == 404
    assert "I was low on Monday" in page(ash, post)
    time_machine.shift(timedelta(minutes=2))
    assert decide(ash, post, "release", "fine", "Thank you for telling us.") == QUEUE

    # The pause is not over because somebody has looked.
    assert "A hard week" not in page(moss, BOARD)
    time_machine.shift(timedelta(minutes=3))
    assert "A hard week" in page(moss, BOARD)
    assert "One of your posts has been looked at." in page(wren, NOTICES)
    assert "A hard week" not in page(wren, WAITING)
    assert "A post is waiting" not in page(ash, NOTICES)
