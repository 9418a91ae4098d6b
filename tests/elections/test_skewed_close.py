"""A server whose own clock is wrong neither closes a vote early nor takes one late (safety checks, 4.5)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

import clock
from elections.models import Poll
from elections.services import cast_vote, close_due
from people.decisions import Conflict
from tests.cast import Cast
from tests.elections.votes import fresh, opened

pytestmark = [pytest.mark.real_clock, pytest.mark.django_db]


@pytest.mark.parametrize("minutes", [-5, 5])
def test_vote_closes_by_the_database_when_a_server_is_five_minutes_off(cast: Cast, minutes: int) -> None:
    poll = opened(cast)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        # Two minutes are left by the database; by the fast server it closed three minutes ago.
        left(poll, timedelta(minutes=2))
        cast_vote(poll=poll, by=cast.heron, choices=[0])
        assert close_due() == 0
        # It closed just now by the database; by the slow server it is open for five more minutes.
        left(poll, timedelta(0))
        with pytest.raises(Conflict):
            cast_vote(poll=poll, by=cast.moss, choices=[0])
        assert close_due() == 1
    assert (fresh(poll).state, fresh(poll).outcome["ballots"]) == ("counted", 1)


def left(poll: Poll, span: timedelta) -> None:
    Poll.objects.filter(pk=poll.pk).update(closes_at=clock.now() + span)
