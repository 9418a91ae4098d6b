"""Heron's post comes back with a reason and kind words; Heron writes it anew and it appears."""

from datetime import timedelta

import pytest

from tests.cast import client_of
from tests.scenarios.night import NEW, NOTICES, QUEUE, WAITING, decide, links, page, send, threads
from tests.steps import HELD, NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_a_returned_post_is_written_again(cast, time_machine):
    heron, wren = client_of(cast.heron), client_of(cast.wren)
    own = send(heron, NEW, title="About Sunday", text=f"My neighbour said things, {HELD}.")
    [post] = links(wren, QUEUE, QUEUE)
    time_machine.shift(timedelta(minutes=1))
    decide(wren, post, "return", "about_somebody_else", "Could you leave your neighbour out of it?")

    assert "One of your posts has been looked at." in page(heron, NOTICES)
    told = page(heron, own)
    assert "Given back to you" in told
    assert "It is about somebody else's life" in told
    assert "One of the Top Three" in told
    assert "Could you leave your neighbour out of it?" in told
    assert "Given back to you" in page(heron, WAITING)

    time_machine.shift(timedelta(minutes=30))
    assert "My neighbour said things" in heron.get(f"{own}change/").content.decode()
    again = send(heron, f"{own}change/", title="About Sunday", text="I was upset on Sunday.")
    assert "Resting. Others can read it from" in page(heron, again)
    time_machine.shift(timedelta(minutes=5))
    [thread] = threads(client_of(cast.moss))[-1:]
    read = page(client_of(cast.moss), thread)
    assert "I was upset on Sunday." in read
    assert "neighbour" not in read


def test_the_same_words_again_take_two_to_be_given_back_again(cast, time_machine):
    heron, wren, ash = (client_of(cast[key]) for key in ("heron", "wren", "ash"))
    words = {"title": "About Sunday", "text": f"My neighbour said things, {HELD}."}
    own = send(heron, NEW, **words)
    [post] = links(wren, QUEUE, QUEUE)
    decide(wren, post, "return", "about_somebody_else")
    time_machine.shift(timedelta(minutes=1))
    send(heron, f"{own}change/", **words)
    decide(wren, post, "return", "about_somebody_else")
    assert "Waiting for a person to look at it" in page(heron, own)
    decide(ash, post, "return", "about_somebody_else")
    assert "Two of the Top Three" in page(heron, own)
