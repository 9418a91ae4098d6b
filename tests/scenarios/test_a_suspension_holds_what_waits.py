"""Heron is suspended from the board while a post is in its pause: it never appears by itself."""

from datetime import timedelta

import pytest

import clock
from moderation.services import change_standing
from tests.cast import client_of, on_duty
from tests.scenarios.night import BOARD, NEW, NOTICES, QUEUE, WAITING, decide, links, page, send
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_a_suspension_holds_what_waits(cast, time_machine):
    on_duty(cast.ash)
    heron = client_of(cast.heron)
    own = send(heron, NEW, title="One more thing", text="I am so angry.")
    time_machine.shift(timedelta(minutes=2))
    until = clock.now() + timedelta(days=30)
    change_standing(membership=cast.heron, verb="suspend", by="site", suspended_from="board", suspended_until=until)

    time_machine.shift(timedelta(hours=1))
    assert "One more thing" not in page(client_of(cast.moss), BOARD)
    assert heron.get(BOARD).status_code == 404
    assert "I am so angry." in page(heron, own)
    assert "I am so angry." in page(heron, WAITING)
    assert heron.post(f"{own}take-back/").status_code == 403
    assert "A post is waiting for one of you to look at it." in page(client_of(cast.ash), NOTICES)

    [post] = links(client_of(cast.ash), QUEUE, QUEUE)
    decide(client_of(cast.ash), post, "release", "fine")
    assert "One more thing" in page(client_of(cast.moss), BOARD)
