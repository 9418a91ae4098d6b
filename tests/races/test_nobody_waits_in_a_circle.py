"""Locks are taken in one order everywhere: person, thread, post, record. Two who took them otherwise would wait for
each other, and PostgreSQL would fail one of them: a decision or a suspension that came to nothing.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError

import boards.tally
from audit.queries import verify
from boards.lifecycle import State
from boards.models import Post, Thread
from boards.queries import board_page
from boards.tally import tally_due
from moderation.lifecycle import Verb
from moderation.services import change_standing
from tests.cast import Cast
from tests.races.at_once import Meeting, Moment, at_once, meet_after
from tests.races.race import FREE, LOCKED
from tests.races.test_two_at_once_on_a_post import deciding
from tests.steps import HELD, fresh, start

pytestmark = pytest.mark.postgres_only


def suspending(cast: Cast, moment: Moment) -> Callable[[], Any]:
    until = moment.at + timedelta(days=7)
    who = {"membership": cast.heron, "suspended_from": "board", "suspended_until": until}
    return partial(change_standing, verb="suspend", by="site", **who)


def unlocked(pk: int) -> Post:
    """The post without its thread's lock, as a service that forgot the order would take it."""
    return Post.objects.select_for_update(of=("self",)).select_related("author", "community").get(pk=pk)


def fails_in_a_circle(outcomes: list[Any]) -> bool:
    return any(isinstance(fault, OperationalError) and "deadlock" in str(fault) for fault in outcomes)


def test_suspension_and_decision_at_once_both_come_about(
    cast: Cast, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = start(cast.heron, HELD)
    names = ("moderation.services.deciding.may_decide", "moderation.services.standing.lock_waiting")
    meet_after(monkeypatch, Meeting(2, LOCKED), *names)
    outcomes = at_once(suspending(cast, moment), deciding(post, Verb.RETURN, cast.wren))
    assert not [fault for fault in outcomes if isinstance(fault, Exception)]
    assert fresh(post).state == State.RETURNED
    assert verify() == []


def test_suspension_and_decision_with_the_record_locked_first_fail_in_a_circle(
    cast: Cast, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = start(cast.heron, HELD)
    names = ("moderation.services.deciding.may_decide", "moderation.services.standing.change_state")
    meet_after(monkeypatch, Meeting(2, FREE), *names)
    monkeypatch.setattr("moderation.services.standing.lock_waiting", lambda member, now: [])
    # As it was once: the record first, and only then the posts.
    monkeypatch.setattr("moderation.services.standing.settle_waiting", lambda **_: unlocked(post.pk))
    assert fails_in_a_circle(at_once(suspending(cast, moment), deciding(post, Verb.RETURN, cast.wren)))


def due_in_one_thread(cast: Cast, moment: Moment) -> Post:
    post = start(cast.heron)
    moment.shift(timedelta(hours=1))
    return fresh(post)


def test_hiding_while_the_thread_is_counted_both_come_about(
    cast: Cast, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = due_in_one_thread(cast, moment)
    meeting = Meeting(2, LOCKED)
    meet_after(monkeypatch, meeting, "moderation.services.deciding.may_decide")
    outcomes = at_once(deciding(post, Verb.HIDE, cast.wren), counting(monkeypatch, meeting))
    assert not [fault for fault in outcomes if isinstance(fault, Exception)]
    assert Thread.objects.get().shown_posts == 0
    assert [row.posts for row in board_page(cast.moss, moment.at).rows] == [0]


def test_hiding_a_post_locked_before_its_thread_fails_in_a_circle(
    cast: Cast, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = due_in_one_thread(cast, moment)
    meeting = Meeting(2, FREE)
    meet_after(monkeypatch, meeting, "moderation.services.deciding.may_decide")
    monkeypatch.setattr("moderation.services.deciding.lock_post", unlocked)
    outcomes = at_once(deciding(post, Verb.HIDE, cast.wren), counting(monkeypatch, meeting))
    assert fails_in_a_circle(outcomes)


def counting(patch: pytest.MonkeyPatch, meeting: Meeting) -> Callable[[], int]:
    """The sweep, which meets the other once it has locked the thread."""
    recount, first = boards.tally.recount, [True]

    def meet_first(thread: int, now: object) -> None:
        if first.pop() if first else False:
            meeting.wait()
        recount(thread, now)

    patch.setattr("boards.tally.recount", meet_first)
    return tally_due
