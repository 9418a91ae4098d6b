"""Ash hides a post at once, alone. Nobody decides for a day: then it takes two, also to put it back."""

from datetime import timedelta

import pytest

from moderation.services import follow_up_holds
from tests.cast import client_of, on_duty
from tests.scenarios.night import NEW, NOTICES, QUEUE, decide, links, page, send, threads
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_a_post_hidden_for_a_day_needs_two(cast, time_machine):
    on_duty(cast.juniper)
    send(client_of(cast.heron), NEW, title="My address", text="I live at the mill.")
    time_machine.shift(timedelta(minutes=5))
    ash, moss = client_of(cast.ash), client_of(cast.moss)
    [thread] = threads(moss)[-1:]
    [post] = links(ash, thread, QUEUE)
    decide(ash, post, "hide", "private")
    read = page(moss, thread)
    assert "I live at the mill" not in read
    assert "Put aside for now" in read
    assert "It tells something that should stay private" in page(client_of(cast.heron), "/c/fellside/waiting/")

    time_machine.shift(timedelta(hours=24))
    follow_up_holds()
    wren, juniper, moss = (client_of(cast[key]) for key in ("wren", "juniper", "moss"))
    assert "I live at the mill" not in page(moss, thread)  # never back by itself
    assert "A post is waiting for one of you to look at it." in page(juniper, NOTICES)
    assert "Over a day: needs two of you now" in page(juniper, QUEUE)

    decide(wren, post, "put_back", "fine")
    assert "I live at the mill" not in page(moss, thread)
    decide(juniper, post, "put_back", "fine")
    assert "I live at the mill" in page(moss, thread)
