"""How long the log keeps words: as long as the community's rule says, and never under an open objection."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from time_machine import TimeMachineFixture

import clock
from audit import erasures
from audit.models import Entry
from audit.queries import verify
from boards.lifecycle import State
from boards.models import Explanation, Post, PostVersion
from communities.models import Rule
from meetings.services import withdraw_item
from moderation.models import PostDecision
from moderation.services.keeping import LOG_WORDS, keep_to_rules
from moderation.services.objecting import object_to, withdraw_objection
from peernet.fitness.verbatim import decisions_are_those_recorded, words_are_those_recorded
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.making import copied
from tests.steps import HELD, NOON, decided, fresh, sent_again, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]
YEAR = timedelta(days=365)
MARK = "WORDS-OF-THE-LOG"


def words_left() -> set[str]:
    """In which models the marked words still stand."""
    models = (Post, PostVersion, PostDecision, Explanation)
    return {model.__name__ for model in models for row in model._default_manager.values() if MARK in str(row)}


def a_year_later(time_machine: TimeMachineFixture, *, less: timedelta = timedelta(0)) -> int:
    time_machine.move_to(clock.now() + YEAR - less)
    return keep_to_rules()


@pytest.mark.parametrize("state", ["removed", "removed_from_hold", "taken_back_held"])
def test_what_is_over_goes_with_all_that_was_said_of_it(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture, state: str
) -> None:
    post = bring(state, cast.heron, MARK, MARK)
    PostDecision.objects.update(words=MARK)
    Explanation.objects.update(words=MARK)
    assert a_year_later(time_machine, less=timedelta(seconds=1)) == 0
    assert words_left()
    time_machine.shift(timedelta(seconds=2))
    assert keep_to_rules() > 0
    assert words_left() == set()
    assert fresh(post).state == State.ERASED
    assert keep_to_rules() == 0
    assert verify() == []
    assert [*words_are_those_recorded(), *decisions_are_those_recorded()] == []


@pytest.mark.parametrize("state", ["board", "held", "hidden", "pause"])
def test_what_stands_or_waits_stays_whole(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture, state: str
) -> None:
    post = bring(state, cast.heron, MARK, MARK)
    a_year_later(time_machine)
    assert {"Post", "PostVersion"} <= words_left()
    assert fresh(post).text.startswith(MARK)


def test_what_was_given_back_stays_its_authors_and_leaves_the_log(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("returned", cast.heron, MARK, MARK)
    page = f"/c/fellside/moderation/{post.pk}/"
    assert MARK in client_of(cast.wren).get(page).content.decode()
    assert a_year_later(time_machine) > 0
    assert words_left() == {"Post"}
    cast.wren.terms.update(ends_at=None)
    assert MARK not in client_of(cast.wren).get(page).content.decode()
    assert MARK not in client_of(cast.wren).get("/c/fellside/moderation/log/").content.decode()
    assert MARK in client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert [*words_are_those_recorded()] == []


def test_earlier_words_of_a_post_that_stands_go_and_its_own_stay(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, f"{MARK} {HELD}")
    decided(post, "return", cast.wren, words=MARK)
    sent_again(post, cast.heron, "What stands now")
    assert a_year_later(time_machine) > 0
    assert words_left() == set()
    assert fresh(post).text == "What stands now"
    assert [*words_are_those_recorded(), *decisions_are_those_recorded()] == []


def test_each_community_keeps_to_its_own_rule(cast: Cast, bring: Bring, time_machine: TimeMachineFixture) -> None:
    bring("removed", cast.heron, MARK)
    Rule.objects.create(community=cast.riverside, key="log_kept_days", value=30, since=clock.now())
    time_machine.shift(timedelta(days=31))
    assert keep_to_rules() == 0
    Rule.objects.create(community=cast.fellside, key="log_kept_days", value=30, since=clock.now())
    assert keep_to_rules() > 0


def test_under_an_open_objection_nothing_of_its_maker_goes(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("removed", cast.heron, MARK)
    bring("removed", cast.moss, "Others' words")
    time_machine.shift(YEAR - timedelta(days=1))
    objection = object_to(case=post.ref, by=cast.heron, words="")
    time_machine.shift(timedelta(days=2))
    keep_to_rules()
    assert words_left() >= {"Post", "PostVersion"}
    assert not PostVersion.objects.filter(text="Others' words").exists()
    withdraw_objection(objection=objection, by=cast.heron)
    keep_to_rules()
    assert words_left() == set()


def test_what_waits_for_a_meeting_stays_until_it_was_there(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("removed", cast.heron, MARK)
    item = copied(cast.wren, post)
    a_year_later(time_machine)
    assert "PostVersion" in words_left()
    cast.ash.terms.update(ends_at=None)
    withdraw_item(item=item, by=sitting_now(cast.ash))
    keep_to_rules()
    assert words_left() == set()


def test_the_list_is_on_the_disk_before_a_word_goes(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("removed", cast.heron, MARK)

    def full() -> None:
        raise OSError("no room")

    monkeypatch.setattr("moderation.services.keeping.may_go_now", full)
    with pytest.raises(OSError, match="no room"):
        a_year_later(time_machine)
    assert "PostVersion" in words_left()


def test_after_a_restore_it_is_done_again_and_nobody_elses_words_go(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    removed, returned = bring("removed", cast.heron, MARK, MARK), bring("returned", cast.moss, MARK)
    other = bring("removed", cast.clover, "OTHERS-WORDS")
    before: list[dict[str, Any]] = [*Post.objects.values(), *PostVersion.objects.values()]
    a_year_later(time_machine)
    entry = Entry.objects.get(chain=erasures.CHAIN, verb=LOG_WORDS)
    # The backup brings the words back; one of the numbers has become another post's.
    for row in before:
        model = PostVersion if "commitment" in row else Post
        model.objects.filter(pk=row["id"]).update(**{name: value for name, value in row.items() if name != "id"})
    Post.objects.filter(pk=other.pk).update(form_key="7d9a3a0e-56a5-4d2c-8f5e-0c0b9d1d7f11")
    line = erasures._line(entry)
    for _twice in range(2):
        erasures._replays[LOG_WORDS](line)
    assert words_left() == {"Post"}
    assert fresh(removed).state == State.ERASED
    assert fresh(returned).text.startswith(MARK)
    assert fresh(other).text == "OTHERS-WORDS"


def test_the_line_holds_numbers_and_marks_only(cast: Cast, bring: Bring, time_machine: TimeMachineFixture) -> None:
    bring("removed", cast.heron, MARK, "Heron's title")
    a_year_later(time_machine)
    facts = Entry.objects.get(verb=LOG_WORDS).facts
    assert sorted(json.loads(facts)) == ["before", "decided", "posts", "versions"]
    assert MARK not in facts
    assert "Heron" not in facts
