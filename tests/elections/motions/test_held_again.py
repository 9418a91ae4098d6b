"""A motion's vote whose key was lost: everybody on its roll is asked anew, and its outcome happens once."""

import pytest
from django.conf import settings

from elections.models import Poll
from elections.services.closing import hold_again_without_key
from notices.models import Notice
from tests.cast import Cast
from tests.elections.motions.steps import Votes, proposed
from tests.steps import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]


def asked_to_vote(motion_pk: int) -> int:
    """How many notices say now that there is something to vote on."""
    told = Notice.objects.filter(key__startswith=f"motion:{motion_pk}:vote", withdrawn_at=None)
    return told.count()


def test_voters_are_asked_again_and_what_was_first_said_counts_no_more(cast: Cast, votes: Votes) -> None:
    motion = votes.opened(proposed(cast.heron, "suspension", about=cast.moss, suspended_from="board", weeks=2))
    poll = Poll.objects.get(pk=motion.poll_id)
    assert poll.secret
    asked = asked_to_vote(motion.pk)
    votes.voted(motion, yes=7)
    (settings.ELECTION_KEYS / f"{poll.key_name}.key").unlink()
    assert hold_again_without_key() == 1
    assert asked_to_vote(motion.pk) == asked
    votes.voted(motion, no=7)
    assert votes.closed(motion).state == "lost"
