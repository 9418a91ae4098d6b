"""What is held besides words: rules of a community, each on or off (domain, sections 2 and 6)."""

from datetime import time, timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards import screening
from boards.models import Post, PostVersion
from boards.screening.findings import SELF_HARM, THREAT
from boards.services import take_back
from communities.models import Rule
from tests.cast import Cast, on_duty
from tests.steps import HELD, NOON, changed, decided, fresh, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def rule(cast: Cast, **values: object) -> None:
    for key, value in values.items():
        Rule.objects.update_or_create(community=cast.fellside, key=key, defaults={"value": value, "since": clock.now()})


def rules_named(post: Post) -> list[str]:
    return [found["rule"] for found in PostVersion.objects.get(post=post, number=post.version).findings]


def test_first_two_posts_of_a_member_are_held_and_the_third_is_not(cast: Cast) -> None:
    rule(cast, hold_first_posts=True)
    on_duty(cast.wren)
    posts = [start(cast.heron) for _ in range(3)]
    assert [post.state for post in posts] == ["held", "held", "accepted"]
    assert rules_named(posts[0]) == ["first_posts"]


def test_first_posts_are_not_held_while_nobody_looks(cast: Cast) -> None:
    rule(cast, hold_first_posts=True)
    on_duty(cast.wren, 2, starts=time(18), ends=time(20))
    assert start(cast.heron).state == "accepted"


def test_first_posts_are_not_held_where_the_rule_is_off(cast: Cast) -> None:
    on_duty(cast.wren)
    assert start(cast.heron).state == "accepted"


def test_post_taken_back_was_not_one_of_the_first(cast: Cast) -> None:
    rule(cast, hold_first_posts=True)
    on_duty(cast.wren)
    take_back(post=start(cast.heron), by=cast.heron)
    assert [start(cast.heron).state for _ in range(3)] == ["held", "held", "accepted"]


def test_own_hours_do_not_count_as_somebody_looking(cast: Cast) -> None:
    rule(cast, hold_first_posts=True)
    on_duty(cast.wren)
    assert start(cast.wren).state == "accepted"


def test_second_post_changed_once_somebody_looks_is_still_one_of_the_first(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    rule(cast, hold_first_posts=True)
    on_duty(cast.wren, 2, starts=time(12, 1), ends=time(20))
    posts = [start(cast.heron) for _ in range(2)]
    time_machine.shift(timedelta(minutes=1))
    assert changed(posts[1], cast.heron).state == "held"


@pytest.fixture
def talk(cast: Cast, time_machine: TimeMachineFixture) -> Post:
    """Eight posts to and fro by Heron and Moss; the opening is returned."""
    rule(cast, hold_to_and_fro=True)
    opening = start(cast.heron)
    for n in range(7):
        time_machine.shift(timedelta(minutes=6))
        assert reply(cast.moss if n % 2 == 0 else cast.heron, opening.thread).state == "accepted"
    time_machine.shift(timedelta(minutes=6))
    return opening


def test_ninth_post_to_and_fro_by_the_same_two_is_held(cast: Cast, talk: Post) -> None:
    post = reply(cast.heron, talk.thread)
    assert (post.state, rules_named(post)) == ("held", ["to_and_fro"])


def test_somebody_else_in_between_lets_it_go_on(cast: Cast, talk: Post) -> None:
    assert reply(cast.fern, talk.thread).state == "accepted"
    assert reply(cast.heron, talk.thread).state == "accepted"


def test_to_and_fro_is_forgotten_after_a_day(cast: Cast, talk: Post, time_machine: TimeMachineFixture) -> None:
    time_machine.shift(timedelta(hours=24))
    assert reply(cast.heron, talk.thread).state == "accepted"


def test_to_and_fro_is_not_held_where_the_rule_is_off(cast: Cast, talk: Post) -> None:
    rule(cast, hold_to_and_fro=False)
    assert reply(cast.heron, talk.thread).state == "accepted"


@pytest.mark.parametrize("off", ["hold_imminent_threat", "hold_account_of_self_harm"])
def test_words_are_asked_about_by_the_rules_that_are_on(cast: Cast, monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    asked: list[tuple[str, frozenset[str]]] = []
    monkeypatch.setattr(screening, "screen", lambda text, *, rules: asked.append((text, rules)) or ())
    rule(cast, **{off: False})
    start(cast.heron, "Rain", "Tea")
    # Title and text are read as one.
    left = {"hold_imminent_threat": SELF_HARM, "hold_account_of_self_harm": THREAT}[off]
    assert asked == [("Tea\nRain", frozenset({left}))]


def test_worrying_title_alone_is_held(cast: Cast) -> None:
    assert start(cast.heron, "Rain", f"Tea, {HELD}").state == "held"


def test_release_before_the_end_of_the_pause_waits_for_it_and_after_it_does_not(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    soon, late = start(cast.heron, HELD), start(cast.moss, HELD)
    time_machine.shift(timedelta(minutes=2))
    decided(soon, "release", cast.wren)
    time_machine.shift(timedelta(minutes=58))
    decided(late, "release", cast.wren)
    assert fresh(soon).visible_at == soon.pause_ends_at
    assert fresh(late).visible_at == clock.now()


def test_coming_back_from_hidden_leaves_the_time_as_it_was(cast: Cast, bring, time_machine: TimeMachineFixture) -> None:
    post = bring("hidden", cast.heron)
    time_machine.shift(timedelta(hours=3))
    decided(post, "put_back", cast.ash)
    assert fresh(post).visible_at == post.visible_at == post.pause_ends_at


def test_change_after_a_release_is_screened_and_rests_anew(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, HELD)
    decided(post, "release", cast.wren)
    time_machine.shift(timedelta(minutes=4))
    assert changed(post, cast.heron, "Calmer").visible_at == clock.now() + timedelta(minutes=5)
    assert changed(post, cast.heron, HELD).state == "held"
