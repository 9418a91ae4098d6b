"""A kind, private word to an author that a post went against a rule; the post stays."""

from collections.abc import Callable

import pytest

from boards.models import Explanation, Post
from communities.models import Membership
from moderation.models import Report
from people.decisions import Conflict
from tests.cast import Cast, client_of
from tests.moderation.reporting import reported
from tests.steps import NOON, decided, fresh

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]


def warned(post: Post, by: Membership) -> None:
    decided(post, "warn", by, reason="against_rule", words="Please leave names out. Thank you.")


def test_post_stays_and_only_its_author_reads_why_and_how_to_object(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    warned(post, cast.wren)
    assert fresh(post).state == "accepted"
    page = client_of(cast.heron).get("/c/fellside/told/").content.decode()
    for words in ("Please leave names out", "does not keep to one of our rules", "One of the Top Three", post.text):
        assert words in page
    assert f"/c/fellside/object/{post.ref}/" in page
    assert "Wren" not in page.split("<main")[1]
    others = client_of(cast.moss)
    for address in (f"/c/fellside/board/{post.thread_id}/", "/c/fellside/told/"):
        assert "Please leave names out" not in others.get(address).content.decode()


def test_same_words_are_not_spoken_of_twice(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    warned(post, cast.wren)
    with pytest.raises(Conflict):
        warned(post, cast.ash)
    assert Explanation.objects.count() == 1


def test_it_answers_whoever_reported_the_post(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    reported(post, cast.moss)
    warned(post, cast.wren)
    assert (Report.objects.get().state, Report.objects.get().answer_reason) == ("acted", "talked")


@pytest.mark.parametrize("state", ["pause", "held", "hidden", "returned", "removed"])
def test_only_what_stands_on_the_board_is_spoken_of(cast: Cast, bring: Bring, state: str) -> None:
    post = bring(state, cast.heron)
    with pytest.raises(Exception, match="can't be done"):
        warned(post, cast.ash)


def test_reason_of_an_objection_is_nobodys_to_choose(cast: Cast, bring: Bring) -> None:
    page = client_of(cast.wren).get(f"/c/fellside/moderation/{bring('board', cast.heron).pk}/").content.decode()
    assert 'value="against_rule"' in page
    assert 'value="objection"' not in page
    assert 'value="meeting"' not in page
