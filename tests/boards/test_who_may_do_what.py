"""Every state of a post x every verb x everybody of the cast, held against one table (domain, sections 5 and 6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from boards.models import Post
from boards.services import change_post, send_again, take_back
from communities.lifecycle import State as Standing
from communities.models import Membership
from communities.services import end_term
from moderation.services import change_standing, decide
from moderation.services.deciding import Seen
from people.decisions import Conflict, Refused, Sitting
from tests.cast import Cast, sitting_now
from tests.steps import NOON, changed, decided, fresh, reply, sent_again, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)

VERBS = ("change", "send_again", "take_back", "release", "return", "hide", "put_back", "remove")
# author: its author, while an active member. one: any of the Top Three in office but its author. two: two of them, so
# that the first voice alone changes nothing for good. "-": nobody.
TABLE = """
state             change  send_again  take_back  release  return  hide  put_back  remove
pause             author  -           author     -        -       -     -         -
released_in_pause author  -           author     -        -       -     -         -
board             -       -           -          -        -       one   -         two
held              author  -           author     one      one     -     -         two
returned          -       author      author     -        -       -     -         -
hidden            -       -           -          -        -       -     one       two
hidden_a_day      -       -           -          -        -       -     two       two
removed           -       -           -          -        -       -     -         -
removed_from_hold -       -           -          -        -       -     -         -
taken_back        -       -           author     -        -       -     -         -
taken_back_held   -       -           author     -        -       -     -         -
erased            -       -           -          -        -       -     -         -
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
ALLOWED = {row[0]: dict(zip(HEAD[1:], row[1:], strict=True)) for row in ROWS}
TOP_THREE = {"wren", "ash", "juniper"}


class Undo(Exception):
    """Carries an outcome out of a transaction that is undone."""


def outcome_of(verb: str, post: Post, by: Membership) -> str:
    """What becomes of the attempt: "done", "first" of two, or "no"; nothing of it stays."""
    try:
        with transaction.atomic():
            raise Undo(_attempt(verb, post, by))
    except Undo as undone:
        return str(undone)
    except (Refused, Conflict, Http404):
        return "no"


def _attempt(verb: str, post: Post, by: Membership) -> str:
    if verb in {"change", "send_again"}:
        (changed if verb == "change" else sent_again)(post, by)
        return "done"
    if verb == "take_back":
        take_back(post=post, by=by)
        return "done"
    return "done" if decided(post, verb, by).done else "first"


def expected(state: str, verb: str, who: str, author: str) -> str:
    allowed = ALLOWED[state][verb]
    if allowed == "author":
        return "done" if who == author else "no"
    if allowed == "-" or who not in TOP_THREE - {author}:
        return "no"
    return "done" if allowed == "one" else "first"


AUTHORED = [(state, "heron") for state in ALLOWED]
AUTHORED += [(state, "wren") for state in ("board", "held", "hidden", "hidden_a_day", "returned")]


@pytest.mark.parametrize(("state", "author"), AUTHORED)
def test_verb_by_anybody_in_any_state_is_as_the_table_says(
    cast: Cast, bring: Callable[..., Post], state: str, author: str
) -> None:
    post = bring(state, cast[author])
    before = fresh(post).__dict__
    found = {(verb, who): outcome_of(verb, post, cast[who]) for verb in VERBS for who in cast.everybody}
    wanted = {(verb, who): expected(state, verb, who, author) for verb, who in found}
    assert {key: got for key, got in found.items() if got != wanted[key]} == {}
    assert {k: v for k, v in fresh(post).__dict__.items() if k != "_state"} == {
        k: v for k, v in before.items() if k != "_state"
    }


AWAY = {
    Standing.PROSPECTIVE: {},
    Standing.ON_A_BREAK: {},
    Standing.INACTIVE: {},
    Standing.SUSPENDED: {"suspended_from": "board"},
    Standing.LEFT: {},
    Standing.DIED: {},
}


@pytest.mark.parametrize("standing", AWAY)
@pytest.mark.parametrize("state", ["pause", "held", "returned"])
def test_author_who_is_not_active_changes_nothing(
    cast: Cast, bring: Callable[..., Post], state: str, standing: Standing
) -> None:
    post = bring(state, cast.heron)
    until = clock.now() + timedelta(days=5) if standing == Standing.SUSPENDED else None
    Membership.objects.filter(pk=cast.heron.pk).update(state=standing, suspended_until=until, **AWAY[standing])
    assert {verb: outcome_of(verb, post, cast.heron) for verb in VERBS} == dict.fromkeys(VERBS, "no")
    with pytest.raises(Refused):
        start(cast.heron)


@pytest.mark.parametrize("standing", AWAY)
def test_one_of_the_top_three_who_is_not_active_decides_nothing(
    cast: Cast, bring: Callable[..., Post], standing: Standing
) -> None:
    post = bring("held", cast.heron)
    until = clock.now() + timedelta(days=5) if standing == Standing.SUSPENDED else None
    Membership.objects.filter(pk=cast.wren.pk).update(state=standing, suspended_until=until, **AWAY[standing])
    assert {outcome_of(verb, post, cast.wren) for verb in ("release", "return", "remove")} == {"no"}


def test_term_that_ended_between_page_and_decision_refuses_it(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("held", cast.heron)
    seen = Seen(version=post.version, state=post.state)
    end_term(term=cast.wren.terms.get(), by="site")
    with pytest.raises(Refused):
        decided(post, "release", cast.wren, seen=seen)
    assert fresh(post).state == "held"


def test_suspended_between_page_and_decision_is_refused(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("held", cast.heron)
    until = clock.now() + timedelta(days=7)
    change_standing(membership=cast.wren, verb="suspend", by="site", suspended_from="board", suspended_until=until)
    with pytest.raises(Refused):
        decided(post, "release", cast.wren)


@pytest.mark.parametrize(("hours", "remedy"), [(11, None), (12, "second_step"), (None, "second_step")])
def test_second_step_older_than_twelve_hours_is_asked_for_again(
    cast: Cast, bring: Callable[..., Post], hours: int | None, remedy: str | None
) -> None:
    post = bring("held", cast.heron)
    cast.wren.sitting = Sitting(clock.now() - timedelta(hours=hours) if hours is not None else None)
    seen = Seen(version=post.version, state=post.state)
    if remedy is None:
        assert decide(post=post, verb="release", by=cast.wren, seen=seen, reason="fine").done
        return
    with pytest.raises(Refused) as refused:
        decide(post=post, verb="release", by=cast.wren, seen=seen, reason="fine")
    assert refused.value.remedy == remedy


@pytest.mark.parametrize("verb", VERBS)
def test_refusal_to_anybody_else_tells_nothing_of_the_words(cast: Cast, bring: Callable[..., Post], verb: str) -> None:
    post = bring("held", cast.heron, text="The heron's own secret")
    told = {name: told_to(who, verb, post) for name, who in cast.everybody.items() if name not in {"heron", *TOP_THREE}}
    assert {name: said for name, said in told.items() if "secret" in said or not said} == {}


def told_to(who: Membership, verb: str, post: Post) -> str:
    """What an attempt on another version than the newest is told; "" where it is let through."""
    try:
        with transaction.atomic():
            _wrong_version(verb, post, who)
    except (Refused, Conflict, Http404) as fault:
        return f"{fault!r} {getattr(fault, 'facts', '')}"
    return ""


def _wrong_version(verb: str, post: Post, by: Membership) -> None:
    if verb in {"change", "send_again"}:
        again = send_again if verb == "send_again" else change_post
        again(post=post, by=by, seen_version=7, text="Mine", title="Mine")
    elif verb == "take_back":
        take_back(post=post, by=by)
    else:
        seen = Seen(version=7, state="held")
        decide(post=post, verb=verb, by=sitting_now(by), seen=seen, reason="other")


def test_second_voice_of_the_same_person_is_refused_and_another_one_completes(
    cast: Cast, bring: Callable[..., Post]
) -> None:
    post = bring("held", cast.heron)
    assert not decided(post, "remove", cast.wren).done
    with pytest.raises(Refused):
        decided(post, "remove", cast.wren)
    assert decided(post, "remove", cast.ash).done
    assert fresh(post).state == "removed"


def test_first_voice_counts_no_more_once_its_speaker_left_office(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("held", cast.heron)
    decided(post, "remove", cast.wren)
    end_term(term=cast.wren.terms.get(), by="site")
    assert not decided(post, "remove", cast.ash).done
    assert decided(post, "remove", cast.juniper).done


def test_first_voice_counts_no_more_once_the_words_are_others(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("held", cast.heron)
    decided(post, "remove", cast.wren)
    changed(post, cast.heron, "Only a sad day")
    assert not decided(post, "remove", cast.ash).done


def test_second_return_of_the_same_text_needs_two(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    post = bring("returned", cast.heron)
    time_machine.shift(timedelta(minutes=1))
    sent_again(post, cast.heron, fresh(post).text)
    assert not decided(post, "return", cast.ash).done
    assert fresh(post).state == "held"
    assert decided(post, "return", cast.juniper).done


def test_return_of_other_words_needs_one(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    post = bring("returned", cast.heron)
    time_machine.shift(timedelta(minutes=1))
    sent_again(post, cast.heron, f"{post.text} and more")
    assert decided(post, "return", cast.ash).done


def test_removal_proposed_on_the_board_hides_at_once_and_another_may_put_it_back(
    cast: Cast, bring: Callable[..., Post]
) -> None:
    post = bring("board", cast.heron)
    appeared = post.visible_at
    decided(post, "remove", cast.wren)
    assert fresh(post).state == "hidden"
    assert decided(post, "put_back", cast.ash).done
    assert (fresh(post).state, fresh(post).visible_at) == ("accepted", appeared)


def test_reply_of_another_community_finds_no_thread(cast: Cast, bring: Callable[..., Post]) -> None:
    thread = bring("board", cast.heron).thread
    for who in (cast.otter, cast.teal, cast.pebble):
        with pytest.raises(Http404):
            reply(who, thread)
