"""“Erase my posts here”: from every state of a post, for everybody but the dead, whatever comes in between."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from time_machine import TimeMachineFixture

import clock
from audit import erasures
from audit.models import Entry
from audit.queries import verify
from boards.models import Change, Draft, DraftWords, Erasing, Explanation, Post, PostVersion, PostWords
from boards.services import erase_due, take_back, write_post
from moderation.models import PostDecision
from moderation.queries import access_post, queue
from moderation.services import change_standing, erase_own_posts, go_on_with_erasings, leave
from moderation.services import erasing as moderated
from peernet.fitness import verbatim
from people.decisions import Refused
from tests.at_once import at_once
from tests.cast import Cast, client_of, sitting_now
from tests.steps import HELD, NOON, decided, fresh, reply, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)
WORDS = "words of my own"
GONE_AT_ONCE = (
    "pause",
    "board",
    "returned",
    "hidden",
    "hidden_a_day",
    "removed",
    "removed_from_hold",
    "taken_back",
)
KEPT_72_HOURS = ("held", "released_in_pause", "taken_back_held")


def words_left(author: int) -> list[str]:
    """Everything of this author's that still holds a word, anywhere in the database."""
    left = [f"{post.title}{post.text}{post.html}{post.cover}" for post in Post.objects.filter(author=author)]
    versions = PostVersion.objects.filter(post__author=author)
    left += [f"{row.title}{row.text}{row.cover}{row.salt}{row.findings or ''}" for row in versions]
    left += Explanation.objects.filter(post__author=author).values_list("words", flat=True)
    left += PostDecision.objects.filter(post__author=author).values_list("words", flat=True)
    left += map(str, PostWords.objects.filter(rowid__in=Post.objects.filter(author=author).values("pk")))
    return [text for text in left if text]


@pytest.fixture
def whole_after() -> Callable[[], list[str]]:
    return lambda: [*map(str, verify()), *verbatim.words_are_those_recorded(), *verbatim.decisions_are_those_recorded()]


@pytest.mark.parametrize("state", GONE_AT_ONCE)
def test_post_in_this_state_is_blank_at_once_and_the_record_holds(
    cast: Cast, bring: Callable[..., Post], whole_after: Callable[[], list[str]], state: str
) -> None:
    post = bring(state, cast.heron, WORDS, "A title of my own")
    erasing = erase_own_posts(by=cast.heron)
    assert words_left(cast.heron.pk) == []
    assert (fresh(post).state, erasing.done_at is not None) == ("erased", True)
    assert whole_after() == []
    assert queue(sitting_now(cast.wren), clock.now()) == []


@pytest.mark.parametrize("state", KEPT_72_HOURS)
def test_held_post_is_taken_back_readable_for_seventy_two_hours_and_then_blank(
    cast: Cast,
    bring: Callable[..., Post],
    whole_after: Callable[[], list[str]],
    time_machine: TimeMachineFixture,
    state: str,
) -> None:
    post = bring(state, cast.heron, WORDS)
    erasing = erase_own_posts(by=cast.heron)
    assert (fresh(post).state, erasing.done_at) == ("taken_back", None)
    time_machine.shift(timedelta(hours=72) - timedelta(minutes=1))
    assert go_on_with_erasings() == 1
    assert WORDS in access_post(cast.wren, post.pk, clock.now()).text
    time_machine.shift(timedelta(minutes=1))
    assert go_on_with_erasings() == 0
    assert (fresh(post).state, words_left(cast.heron.pk)) == ("erased", [])
    with pytest.raises(Http404):
        access_post(cast.wren, post.pk, clock.now())
    assert whole_after() == []


def test_held_words_that_outlived_the_thirty_days_go_too(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    post = bring("released_in_pause", cast.heron, WORDS)
    PostVersion.objects.filter(post=post).update(was_held=True)
    take_back(post=post, by=cast.heron)
    Post.objects.filter(pk=post.pk).update(was_held=False)
    time_machine.shift(timedelta(days=31))
    erase_due()
    assert fresh(post).state == "erased"
    assert words_left(cast.heron.pk)
    assert erase_own_posts(by=cast.heron).done_at
    assert words_left(cast.heron.pk) == []


def test_places_stay_titles_go_and_open_pages_are_told(cast: Cast, time_machine: TimeMachineFixture) -> None:
    opening = start(cast.heron, WORDS, "HERON-TITLE")
    time_machine.shift(timedelta(minutes=6))
    reply(cast.moss, opening.thread, "An answer that stays")
    time_machine.shift(timedelta(minutes=6))
    erase_own_posts(by=cast.heron)
    moss = client_of(cast.moss)
    shown = moss.get(reverse("boards:thread", args=["fellside", opening.thread_id])).content.decode()
    assert "An answer that stays" in shown
    assert WORDS not in shown
    for path in (
        "/c/fellside/",
        reverse("boards:board", args=["fellside"]),
        reverse("boards:thread", args=["fellside", opening.thread_id]),
    ):
        assert "HERON-TITLE" not in moss.get(path).content.decode()
    assert [(row.post_id, row.kind) for row in Change.objects.all()] == [(opening.pk, "blanked")]


def test_drafts_of_that_time_go_with_it(cast: Cast) -> None:
    draft = Draft(membership=cast.heron, form_key=uuid4(), saved_at=clock.now())
    draft.words = DraftWords(text=WORDS)
    draft.save()
    erase_own_posts(by=cast.heron)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["hazel", "sorrel", "bramble", "thorn", "willow"])
def test_somebody_away_suspended_or_gone_erases_too(cast: Cast, key: str) -> None:
    member = cast[key]
    post = start(cast.heron, WORDS)
    Post.objects.filter(pk=post.pk).update(author=member)
    answer = client_of(member).post("/accounts/yours/fellside/erase/")
    assert answer.status_code == 302
    assert fresh(post).text == ""


def test_only_ones_own_posts_in_that_one_community_go(cast: Cast, time_machine: TimeMachineFixture) -> None:
    mine, others = start(cast.moss, WORDS), start(cast.heron, "Heron's own")
    elsewhere = start(cast.pebble, "The same person elsewhere")
    erase_own_posts(by=cast.moss)
    assert [fresh(post).text for post in (mine, others, elsewhere)] == ["", "Heron's own", "The same person elsewhere"]


def test_asked_twice_it_is_one_asking_and_what_is_written_later_stays(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    bring("held", cast.heron, WORDS)
    first, again = erase_own_posts(by=cast.heron), erase_own_posts(by=cast.heron)
    assert first.pk == again.pk
    time_machine.shift(timedelta(minutes=1))
    later = start(cast.heron, "Written later")
    go_on_with_erasings()
    assert fresh(later).text == "Written later"
    assert erase_own_posts(by=cast.heron).pk != first.pk
    assert fresh(later).text == ""


def test_a_first_voice_on_a_post_that_goes_lapses(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, WORDS)
    time_machine.shift(timedelta(minutes=16))
    decided(post, "remove", cast.wren, words="quoting: words of my own")
    erase_own_posts(by=cast.heron)
    decision = PostDecision.objects.get(post=post)
    assert (decision.words, decision.lapsed_at is not None) == ("", True)


def test_the_record_says_that_it_happened_without_a_word(cast: Cast) -> None:
    post = start(cast.heron, WORDS)
    erase_own_posts(by=cast.heron)
    said = [entry.verb for entry in Entry.objects.filter(subject__in=(post.ref, cast.heron.ref)).order_by("pk")]
    assert said == ["write", "take back", "ask erasing", "erase posts of", "erase"]
    assert WORDS not in "".join(Entry.objects.values_list("facts", flat=True))


def test_the_list_is_on_the_disk_before_a_word_goes_and_names_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = start(cast.heron, WORDS, "HERON-TITLE")
    seen: list[str] = []
    stock = moderated.erase_some

    def look_first(erasing: Erasing) -> list[int]:
        seen.append(settings.ERASURE_FILE.read_text())
        return stock(erasing)

    monkeypatch.setattr(moderated, "erase_some", look_first)
    erase_own_posts(by=cast.heron)
    assert f'"membership:{cast.heron.pk}"' in seen[0]
    assert [word for word in (WORDS, "HERON-TITLE", "Heron", cast.heron.person.sign_in_name) if word in seen[0]] == []
    assert fresh(post).text == ""


def test_while_the_list_cannot_be_written_nothing_goes_and_the_asking_stands(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    post = start(cast.heron, WORDS)
    good = settings.ERASURE_FILE
    monkeypatch.setattr(settings, "ERASURE_FILE", tmp_path / "no such folder" / "erasures")
    assert erase_own_posts(by=cast.heron).done_at is None
    assert fresh(post).text == WORDS
    monkeypatch.setattr(settings, "ERASURE_FILE", good)
    assert go_on_with_erasings() == 0
    assert fresh(post).text == ""


def test_more_than_a_page_waits_for_is_finished_by_the_sweep(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moderated, "AT_ONCE", 1)
    for _ in range(30):
        start(cast.heron, WORDS)
    assert erase_own_posts(by=cast.heron).done_at is None
    assert len(words_left(cast.heron.pk)) == 10
    assert go_on_with_erasings() == 0
    assert words_left(cast.heron.pk) == []


def test_leaving_then_erasing_needs_no_membership(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, WORDS)
    time_machine.shift(timedelta(minutes=6))
    leave(by=cast.heron)
    assert fresh(post).text == WORDS
    client = client_of(cast.heron)
    assert "your 1 post there" in client.get("/accounts/yours/fellside/erase/").content.decode()
    client.post("/accounts/yours/fellside/erase/")
    assert fresh(post).text == ""


def test_nobody_who_died_is_erased_by_whoever_holds_the_phone(cast: Cast) -> None:
    post = start(cast.heron, WORDS)
    member = change_standing(membership=cast.heron, verb="record_death", by="site")
    with pytest.raises(Refused):
        erase_own_posts(by=member)
    assert fresh(post).text == WORDS


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
@pytest.mark.time_machine(NOON, tick=True)
def test_a_post_written_at_the_same_moment_is_gone_whole_or_stays_whole(cast: Cast) -> None:
    thread = start(cast.moss, "Somebody else's").thread
    Post.objects.filter(thread=thread).update(visible_at=clock.now() - timedelta(minutes=1))
    type(thread).objects.filter(pk=thread.pk).update(shown_from=clock.now() - timedelta(minutes=1))

    def write() -> Post:
        return write_post(by=cast.heron, thread=thread, text=WORDS, form_key=uuid4())

    outcomes = at_once(write, lambda: erase_own_posts(by=cast.heron), write, write)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    asked_at = Erasing.objects.get().asked_at
    for post in Post.objects.filter(author=cast.heron):
        assert (post.text == "") == (post.written_at <= asked_at)
    assert verify() == []


def test_the_held_page_says_the_seventy_two_hours_before_the_button(cast: Cast, words_hold: None) -> None:
    start(cast.heron, f"{WORDS} {HELD}")
    assert "72 hours more" in client_of(cast.heron).get("/accounts/yours/fellside/erase/").content.decode()


def test_thirty_day_erasing_is_on_the_list_too(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, WORDS)
    take_back(post=post, by=cast.heron)
    time_machine.shift(timedelta(days=30))
    erase_due()
    lines = list(erasures.read(settings.ERASURE_FILE))
    assert [line.verb for line in lines] == ["erase old words"]
    assert lines[0].told["posts"][0][0] == post.pk
