"""Wren reads a held post a minute before her term ends, and decides when it has; somebody else is there already."""

from datetime import timedelta

import pytest

from boards.lifecycle import State
from boards.models import Post
from communities.queries import is_open_for_writing
from elections.seats.services import step_down
from tests.cast import client_of
from tests.elections.seats.steps import deciding, the_job_runs
from tests.scenarios.night import NEW, QUEUE, decide, send
from tests.steps import HELD, NOON, fresh

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_a_term_ends_in_the_middle_of_a_decision(cast, time_machine):
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    time_machine.shift(timedelta(hours=20))
    ends_at = cast.wren.terms.get().ends_at
    cast.rowan.terms.update(ends_at=None)
    time_machine.move_to(ends_at - timedelta(hours=30), tick=False)
    the_job_runs()

    time_machine.move_to(ends_at - timedelta(minutes=1), tick=False)
    assert deciding(cast.fellside) == {"wren", "juniper"}
    send(client_of(cast.heron), NEW, title="About Sunday", text=f"I can't say it well, {HELD}.")
    wren = client_of(cast.wren)
    held = Post.objects.get(author=cast.heron)
    post = f"{QUEUE}{held.pk}/"
    form = {"verb": "remove", "reason": "other", "words": "Kind words she had begun", "version": "1", "state": "held"}
    assert "I can't say it well" in wren.get(post).content.decode()

    time_machine.move_to(ends_at, tick=False)
    answer = wren.post(post, form)
    assert answer.status_code == 404
    assert fresh(held).state == State.HELD
    assert deciding(cast.fellside) == {"rowan", "juniper"}
    assert is_open_for_writing(cast.fellside, ends_at)

    decide(client_of(cast.rowan), post, "remove", "other")
    assert fresh(held).state == State.HELD
    decide(client_of(cast.juniper), post, "remove", "other")
    assert fresh(held).state == State.REMOVED
