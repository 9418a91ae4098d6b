"""What waits for a decision, and whether somebody's first voice about it still counts."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from boards.models import Post
from moderation.lifecycle import Reason, Verb
from moderation.models import PostDecision
from moderation.queries import queue
from tests.cast import Cast, sitting_now
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
Bring = Callable[..., Post]


def first_voice(post: Post, cast: Cast) -> PostDecision:
    return PostDecision.objects.create(
        post=post,
        version=post.version,
        verb=Verb.REMOVE,
        reason=Reason.choices[0][0],
        by=cast.ash,
        at=clock.now(),
        needs_two=True,
    )


def test_first_voice_is_shown_for_the_version_it_was_about_and_for_no_other(cast: Cast, bring: Bring) -> None:
    post, other = bring("hidden", cast.heron), bring("hidden", cast.moss)
    voice = first_voice(post, cast)
    told = {row.post.pk: row.open_decision for row in queue(sitting_now(cast.wren), clock.now())}
    assert told == {post.pk: voice, other.pk: None}
    Post.objects.filter(pk=post.pk).update(version=2)
    assert [row.open_decision for row in queue(sitting_now(cast.wren), clock.now())] == [None, None]


def test_board_is_asked_once_however_large_it_is(cast: Cast, bring: Bring) -> None:
    first_voice(bring("hidden", cast.heron), cast)
    with CaptureQueriesContext(connection) as asked:
        queue(sitting_now(cast.wren), clock.now())
    assert [query["sql"].count('"boards_post"') > 0 for query in asked] == [True, False]
    # Whose threads they stand in is asked of each by its number: joined, all threads of a community may be read for it.
    assert 'FROM "boards_thread"' in asked[0]["sql"]
    assert 'JOIN "boards_thread"' not in asked[0]["sql"]
