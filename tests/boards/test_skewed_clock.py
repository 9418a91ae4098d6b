"""A server whose own clock is wrong changes nothing: the database's is asked (domain, section 4.2; checks 5.7)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction

import clock
from boards.models import Post, Thread
from boards.queries import board_page
from boards.services import write_post
from clock.source import ask_database
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.real_clock, pytest.mark.django_db]
A_MOMENT = timedelta(seconds=30)


@pytest.mark.parametrize("minutes", [-20, 20])
def test_post_appears_by_the_database_when_a_server_is_twenty_minutes_off(cast: Cast, minutes: int) -> None:
    before = clock.now()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        post = write_post(by=cast.heron, title="A quiet evening", text="Hello all", form_key=uuid4())
        assert post.visible_at is not None
        rested = post.visible_at - before
        assert min(abs(rested - timedelta(minutes=pause)) for pause in (5, 15)) < A_MOMENT
        assert board_page(cast.moss, clock.now()).rows == []
        assert client_of(cast.moss, at=before).get("/c/fellside/board/").context["page"].rows == []
        past = before - timedelta(seconds=1)
        Post.objects.filter(pk=post.pk).update(visible_at=past)
        Thread.objects.filter(pk=post.thread_id).update(shown_from=past, latest_at=past)
        assert len(board_page(cast.moss, clock.now()).rows) == 1


def test_time_goes_on_inside_a_transaction() -> None:
    """After a lock was waited for, the time must be that of after the wait."""
    with transaction.atomic():
        times = [ask_database() for _ in range(200)]
        assert times == sorted(times)
        if connection.vendor == "postgresql":
            assert times[-1] > times[0]


def test_database_answers_in_utc_and_close_to_the_truth() -> None:
    assert ask_database().tzinfo == UTC
    assert abs(ask_database() - datetime.now(UTC)) < A_MOMENT
