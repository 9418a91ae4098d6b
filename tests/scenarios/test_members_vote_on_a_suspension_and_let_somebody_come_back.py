"""A member is put to the vote, says how they see it, is suspended by it, and is let back in by another vote."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from communities.lifecycle import State
from elections.models import Motion
from elections.schedule import follow_up
from tests.cast import Cast, client_of
from tests.elections.motions.steps import fresh
from tests.steps import NOON

C = "/c/fellside/"


@pytest.mark.time_machine(NOON, tick=False)
def test_members_vote_on_a_suspension_and_let_somebody_come_back(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    def said(who: str, path: str) -> str:
        return client_of(cast[who]).get(path).content.decode()

    def propose(who: str, kind: str, **form: str) -> Motion:
        client_of(cast[who]).post(f"{C}propose/{kind}/", {"form_key": str(uuid4()), **form})
        return Motion.objects.latest("pk")

    def goes_through(motion: Motion, voters: str) -> Motion:
        time_machine.move_to(motion.opens_at + timedelta(seconds=1), tick=False)
        follow_up()
        poll = fresh(motion).poll
        for who in voters.split():
            vote(client_of(cast[who]), poll.pk)
        time_machine.move_to(poll.closes_at + timedelta(seconds=1), tick=False)
        follow_up()
        return fresh(motion)

    # Heron proposes it, and says what happened. Moss is told, has no vote, and says how they see it.
    motion = propose(
        "heron",
        "suspension",
        about=str(cast.moss.pk),
        suspended_from="everything",
        weeks="4",
        words="He shouted twice.",
    )
    page = f"{C}motions/{motion.pk}/"
    assert "He shouted twice." in said("moss", page)
    client_of(cast.moss).post(f"{page}words/own/", {"words": "I was frightened, and I am sorry."})
    assert "I was frightened, and I am sorry." in said("fern", page)

    # Six say yes. It happens as the vote closes, and the page says so; Moss reads it, and why.
    motion = goes_through(motion, "wren ash juniper fern clover linden")
    assert (motion.state, motion.effect) == ("carried", "done")
    cast.moss.refresh_from_db()
    assert cast.moss.state == State.SUSPENDED
    assert "He shouted twice." in said("moss", page)
    assert client_of(cast.moss).get(f"{C}board/").status_code == 404
    assert "Members said yes" in said("fern", page)

    # A week later Fern asks that Moss come back: everybody knows of a suspension by vote.
    time_machine.shift(timedelta(days=7))
    back = goes_through(propose("fern", "return", about=str(cast.moss.pk), words="It is calm."), "wren ash heron fern")
    assert back.effect == "done"
    assert client_of(cast.moss).get(f"{C}board/").status_code == 200


def vote(client: Client, poll: int) -> None:
    assert client.post(f"{C}votes/{poll}/", {"option": "00"}).status_code == 302
