"""The queue and the page of one post, as those in office meet them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

import clock
from boards.models import Post
from boards.services import take_back
from moderation.models import PostDecision
from tests.answers.forms import form_with
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, changed, decided, fresh, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
QUEUE = "/c/fellside/moderation/"


def page_of(client: Client, post: Post) -> str:
    return client.get(f"{QUEUE}{post.pk}/").content.decode()


def test_queue_has_the_most_urgent_first_then_the_longest_waiting(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    hidden = bring("hidden", cast.moss)
    time_machine.shift(timedelta(hours=1))
    first = start(cast.heron, HELD)
    time_machine.shift(timedelta(minutes=1))
    second = start(cast.fern, HELD)
    own = start(cast.wren, HELD)
    page = client_of(cast.wren).get(QUEUE).content.decode()
    places = [page.index(f"{QUEUE}{post.pk}/") for post in (first, second, hidden)]
    assert places == sorted(places)
    assert f"{QUEUE}{own.pk}/" not in page


def test_queue_puts_what_was_hidden_for_a_day_above_what_was_hidden_lately(
    cast: Cast, bring: Callable[..., Post]
) -> None:
    long = bring("hidden_a_day", cast.moss)
    lately = bring("hidden", cast.heron)
    page = client_of(cast.wren).get(QUEUE).content.decode()
    assert page.index(f"{QUEUE}{long.pk}/") < page.index(f"{QUEUE}{lately.pk}/")
    assert page.count("Over a day: needs two of you now") == 1


def test_queue_is_the_caretakers_where_there_is_no_top_three(cast: Cast) -> None:
    post = start(cast.teal, HELD)
    page = client_of(cast.otter).get("/c/riverside/moderation/").content.decode()
    assert f"/c/riverside/moderation/{post.pk}/" in page
    decided(post, "return", cast.otter)
    told = client_of(cast.teal).get(f"/c/riverside/waiting/{post.pk}/").content.decode()
    assert "One of the caretakers" in told


@pytest.mark.parametrize(
    "who", ["heron", "rowan", "linden", "hazel", "sorrel", "bramble", "thorn", "willow", "dale", "otter", "finch"]
)
def test_moderation_is_missing_to_everybody_else(cast: Cast, who: str) -> None:
    post = start(cast.moss, HELD)
    client = client_of(cast[who])
    form = {"verb": "release", "reason": "fine", "version": "1", "state": "held", "words": ""}
    answers = [client.get(QUEUE), client.get(f"{QUEUE}{post.pk}/"), client.post(f"{QUEUE}{post.pk}/", form)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert fresh(post).state == "held"


def test_stale_second_step_is_asked_for_and_the_decision_is_not_taken(cast: Cast) -> None:
    post = start(cast.moss, HELD)
    client = client_of(cast.wren, at=clock.now() - timedelta(hours=12))
    form = {"verb": "release", "reason": "fine", "version": "1", "state": "held", "words": ""}
    answer = client.post(f"{QUEUE}{post.pk}/", form)
    assert answer.status_code == 403
    assert "second sign-in step" in answer.content.decode()
    assert fresh(post).state == "held"


def test_own_post_is_missing_from_the_pages_of_one_who_decides(cast: Cast) -> None:
    post = start(cast.wren, HELD)
    assert client_of(cast.wren).get(f"{QUEUE}{post.pk}/").status_code == 404


def test_page_says_why_it_waits_and_what_takes_two(cast: Cast) -> None:
    page = page_of(client_of(cast.wren), start(cast.moss, HELD))
    assert "It may be about danger." in page
    assert "This takes two of you" in page
    assert HELD in page


def test_words_changed_in_the_pause_and_never_held_are_not_in_the_story(cast: Cast) -> None:
    post = start(cast.heron, "Mine alone")
    changed(post, cast.heron, f"Now {HELD}")
    changed(post, cast.heron, "Calmer")
    page = page_of(client_of(cast.wren), post)
    assert "Mine alone" not in page
    assert f"Now {HELD}" in page
    assert "Calmer" in page


def test_first_voice_about_words_that_changed_since_is_not_shown_as_one_of_two(cast: Cast) -> None:
    post = start(cast.heron, HELD)
    decided(post, "remove", cast.wren)
    ash = client_of(cast.ash)
    assert "One of two has decided" in page_of(ash, post)
    changed(post, cast.heron, "Calmer")
    assert "One of two has decided" not in page_of(ash, post) + ash.get(QUEUE).content.decode()


def test_decision_without_a_choice_gives_the_words_back(cast: Cast) -> None:
    post = start(cast.heron, HELD)
    form = {"reason": "other", "words": "Dear Heron, come and talk.", "version": "1", "state": "held"}
    answer = client_of(cast.wren).post(f"{QUEUE}{post.pk}/", form)
    assert answer.status_code == 200
    assert "Dear Heron, come and talk." in answer.content.decode()
    assert not PostDecision.objects.exists()


def test_decision_for_another_state_than_the_page_showed_is_refused_by_the_form(cast: Cast) -> None:
    post = start(cast.heron, HELD)
    form = {"verb": "put_back", "reason": "other", "words": "", "version": "1", "state": "held"}
    assert client_of(cast.wren).post(f"{QUEUE}{post.pk}/", form).status_code == 200
    assert fresh(post).state == "held"


@pytest.mark.parametrize("meanwhile", ["released", "taken back", "changed", "removed"])
def test_whoever_comes_second_is_told_what_happened_and_keeps_their_words(cast: Cast, meanwhile: str) -> None:
    post = start(cast.heron, HELD)
    wren = client_of(cast.wren)
    form = form_with(wren.get(f"{QUEUE}{post.pk}/"), "version")
    if meanwhile == "released":
        decided(post, "release", cast.ash)  # and in its pause again
    elif meanwhile == "taken back":
        take_back(post=post, by=cast.heron)
    elif meanwhile == "changed":
        changed(post, cast.heron, "Calmer")
    else:
        decided(post, "remove", cast.ash)
        decided(post, "remove", cast.juniper)
    before = fresh(post).state
    answer = wren.post(f"{QUEUE}{post.pk}/", form | {"verb": "return", "reason": "other", "words": "Come and talk."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("changed this post" if meanwhile == "changed" else "Somebody was quicker") in page
    assert "Come and talk." in page
    assert fresh(post).state == before


def test_words_changed_after_a_release_are_not_shown_to_whoever_comes_second(cast: Cast) -> None:
    post = start(cast.heron, HELD)
    wren = client_of(cast.wren)
    form = form_with(wren.get(f"{QUEUE}{post.pk}/"), "version")
    decided(post, "release", cast.ash)
    changed(post, cast.heron, "Now mine alone")
    full = form | {"verb": "return", "reason": "other", "words": ""}
    answers = [
        wren.post(f"{QUEUE}{post.pk}/", full),
        wren.post(f"{QUEUE}{post.pk}/", form),
        wren.get(f"{QUEUE}{post.pk}/"),
    ]
    assert [answer.status_code for answer in answers] == [409, 404, 404]
    assert not [answer for answer in answers if "Now mine alone" in answer.content.decode()]


@pytest.mark.parametrize("state", ["pause", "taken_back", "erased"])
def test_form_about_a_post_that_nobody_was_shown_finds_it_missing(
    cast: Cast, bring: Callable[..., Post], state: str
) -> None:
    post = bring(state, cast.heron)
    form = {"verb": "release", "reason": "fine", "words": "", "version": "1", "state": "held"}
    assert client_of(cast.wren).post(f"{QUEUE}{post.pk}/", form).status_code == 404


def test_post_of_another_community_is_missing_in_address_and_form(cast: Cast) -> None:
    post = start(cast.teal, HELD)
    wren = client_of(cast.wren)
    form = {"verb": "release", "reason": "fine", "words": "", "version": "1", "state": "held"}
    for slug in ("fellside", "riverside"):
        address = f"/c/{slug}/moderation/{post.pk}/"
        assert [wren.get(address).status_code, wren.post(address, form).status_code] == [404, 404]
    assert fresh(post).state == "held"


def test_page_of_one_post_offers_each_its_verbs(cast: Cast, bring: Callable[..., Post]) -> None:
    wren = client_of(cast.wren)
    offered = {}
    for state in ("held", "board", "hidden", "removed", "returned"):
        page = page_of(wren, bring(state, cast.heron))
        offered[state] = [
            verb for verb in ("release", "return", "hide", "put_back", "remove") if f'value="{verb}"' in page
        ]
    assert offered == {
        "held": ["release", "return", "remove"],
        "board": ["hide", "remove"],
        "hidden": ["put_back", "remove"],
        "removed": [],
        "returned": [],
    }
