"""Words that lie covered until somebody taps, where their author says so (ADR 0015)."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

from audit.commitments import matches
from boards import screening
from boards.markdown import render
from boards.models import Post, PostVersion, committed_words
from boards.services import change_post, erase_due, take_back, write_post
from communities.models import Membership
from peernet.fitness.verbatim import words_are_those_recorded
from tests.answers.forms import form_with
from tests.boards.test_erasing import MONTH
from tests.cast import Cast, client_of, sitting_now
from tests.steps import HELD, NOON, decided, fresh, sent_again

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
NEW, BOARD, WAITING = "/c/fellside/board/new/", "/c/fellside/board/", "/c/fellside/waiting/"
WORDS = "What I ate, and what I did not."
SUMMARY = "<summary>Covered by its author: food. Tap to read.</summary>"
COVERED = re.compile(r"<details[^>]*>\s*" + re.escape(SUMMARY) + r'<div class="prose">.*?</div>\s*</details>', re.S)


def covered(by: Membership, text: str = WORDS, cover: str = "food") -> Post:
    return write_post(by=by, title="After lunch", text=text, cover=cover, form_key=uuid4())


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_cover_is_written_on_the_page_and_its_readers_tap_without_script(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    author = client_of(cast.heron, csrf=True)
    form = form_with(author.get(NEW), "form_key") | {"title": "After lunch", "text": WORDS, "cover": " food \r\n"}
    assert author.post(NEW, form).status_code == 302
    post = Post.objects.get()
    assert post.cover == "food"
    assert COVERED.search(shown(author, f"{WAITING}{post.pk}/"))
    time_machine.shift(600)
    for name in ("moss", "heron", "wren"):
        page = shown(client_of(cast[name]), f"{BOARD}{post.thread_id}/")
        assert COVERED.search(page)
        assert WORDS not in COVERED.sub("", page)


def test_post_without_a_cover_is_simply_there(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = covered(cast.heron, cover="")
    time_machine.shift(600)
    page = shown(client_of(cast.moss), f"{BOARD}{post.thread_id}/")
    assert "Covered by its author" not in page
    assert WORDS in page


@pytest.mark.parametrize("place", ["one", "waiting", "thread", "take-back"])
def test_own_words_are_covered_as_others_will_meet_them(
    cast: Cast, time_machine: TimeMachineFixture, place: str
) -> None:
    opening = covered(cast.heron)
    time_machine.shift(600)
    reply = write_post(by=cast.heron, thread=opening.thread, text=WORDS, cover="food", form_key=uuid4())
    address = {
        "one": f"{WAITING}{reply.pk}/",
        "waiting": WAITING,
        "thread": f"{BOARD}{opening.thread_id}/",
        "take-back": f"{WAITING}{reply.pk}/take-back/",
    }[place]
    page = shown(client_of(cast.heron), address)
    assert COVERED.search(page)
    assert WORDS not in COVERED.sub("", page)


def test_moderators_tap_too_and_see_what_every_version_was_covered_with(cast: Cast) -> None:
    post = covered(cast.heron, f"{WORDS} {HELD}")
    change_post(post=post, by=cast.heron, seen_version=1, title="After lunch", text=f"Other {HELD}", cover="hospital")
    page = shown(client_of(sitting_now(cast.wren)), f"/c/fellside/moderation/{post.pk}/")
    assert COVERED.search(page)
    assert "Covered by its author: hospital. Tap to read." in page
    assert WORDS not in COVERED.sub("", page)


def test_no_list_and_no_search_shows_covered_words(cast: Cast, time_machine: TimeMachineFixture) -> None:
    covered(cast.heron, f"{WORDS} Marzipan, mostly.")
    time_machine.shift(600)
    reader = client_of(cast.moss)
    for address in ("/c/fellside/", BOARD, "/c/fellside/search/?q=marzipan", "/notices/"):
        page = shown(reader, address)
        assert "mostly" not in page, address


def test_cover_can_be_changed_in_the_pause_and_taken_away(cast: Cast) -> None:
    post = covered(cast.heron)
    author = client_of(cast.heron)
    address = f"{WAITING}{post.pk}/change/"
    form = form_with(author.get(address), "form_key")
    assert form["cover"] == "food"
    author.post(address, form | {"cover": "food and hospital"})
    assert fresh(post).cover == "food and hospital"
    author.post(address, form_with(author.get(address), "form_key") | {"cover": ""})
    assert fresh(post).cover == ""
    assert list(PostVersion.objects.order_by("number").values_list("cover", flat=True)) == [
        "food",
        "food and hospital",
        "",
    ]
    assert list(words_are_those_recorded()) == []


def test_the_same_words_under_another_cover_are_another_change(cast: Cast) -> None:
    post = covered(cast.heron)
    for _ in range(2):  # the same form, sent twice
        change_post(post=post, by=cast.heron, seen_version=1, title="After lunch", text=WORDS, cover="hospital")
    assert (fresh(post).version, fresh(post).cover) == (2, "hospital")
    key = uuid4()
    for cover in ("food", "food", "hospital"):
        write_post(by=cast.moss, title="A", text=WORDS, cover=cover, form_key=key)
    assert Post.objects.filter(author=cast.moss).count() == 2


@pytest.mark.parametrize("field", ["title", "text", "cover"])
def test_title_text_and_cover_are_all_screened(cast: Cast, field: str) -> None:
    words = {"title": "A", "text": WORDS, "cover": "food"} | {field: HELD}
    held = write_post(by=cast.heron, form_key=uuid4(), **words)
    assert held.state == "held"
    calm = covered(cast.heron)
    later = change_post(post=calm, by=cast.heron, seen_version=1, **words)
    assert later.state == "held"


def test_title_cover_and_text_are_screened_as_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(screening, "screen", lambda text, rules: read.append(text) or ())
    covered(cast.heron)
    write_post(by=cast.heron, title="A", text=WORDS, form_key=uuid4())
    assert read == [f"After lunch\nfood\n{WORDS}", f"A\n{WORDS}"]


@pytest.mark.parametrize("cover", ["a" * 61, "two\nlines"])
def test_cover_that_is_no_short_line_is_not_taken(cast: Cast, cover: str) -> None:
    with pytest.raises(ValidationError):
        covered(cast.heron, cover=cover)
    author = client_of(cast.heron)
    form = {"title": "A", "text": WORDS, "cover": "a" * 61, "form_key": str(uuid4())}
    answer = author.post(NEW, form)
    assert "60 letters at most" in answer.content.decode()
    back = form_with(answer, "form_key")
    assert (back["cover"], back["text"]) == ("a" * 61, WORDS)
    assert not Post.objects.exists()


def test_cover_counts_in_the_length_of_a_post(cast: Cast) -> None:
    most = screening.LONGEST - len("After lunch") - len("food") - 2
    assert covered(cast.heron, "a" * most)
    with pytest.raises(ValidationError):
        covered(cast.heron, "a" * (most + 1))


def test_nothing_in_a_cover_is_markup(cast: Cast, time_machine: TimeMachineFixture) -> None:
    nasty = "</summary></details><script>broken</script>"
    post = covered(cast.heron, "**bold** </details><script>broken</script>", cover=nasty)
    time_machine.shift(600)
    page = shown(client_of(cast.moss), f"{BOARD}{post.thread_id}/")
    assert "<script>broken" not in page
    assert "<strong>bold</strong>" in page
    assert page.count("</details>") == page.count("<details")
    assert "<details" not in render("<details><summary>x</summary></details>")


# The record.


def test_commitment_holds_the_cover_and_old_versions_still_verify(cast: Cast) -> None:
    covered(cast.heron)
    covered(cast.moss, cover="")
    old = PostVersion.objects.get(post__author=cast.moss)
    assert matches(f"{old.title}\n{old.text}", commitment=old.commitment, salt=old.salt)
    assert list(words_are_those_recorded()) == []


@pytest.mark.parametrize("table", ["boards_postversion", "boards_post"])
def test_cover_that_was_changed_behind_the_sites_back_is_found(cast: Cast, table: str) -> None:
    covered(cast.heron)
    covered(cast.moss, cover="")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET cover = 'forged'")
    assert len(list(words_are_those_recorded())) >= 2


PLAIN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
LINE = st.text(st.characters(exclude_characters="\0\n", exclude_categories=["Cs"]))


POST = st.tuples(LINE, PLAIN, LINE)


@given(POST, POST)
def test_no_two_posts_are_committed_to_alike(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert (committed_words(*one) == committed_words(*other)) == (one == other)


def test_release_before_can_still_write(cast: Cast) -> None:
    # It names neither of the new columns.
    post = covered(cast.heron, cover="")
    with connection.cursor() as cursor:
        for table in ("boards_post", "boards_postversion"):
            columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
            old = ", ".join(name for name in columns if name not in {"id", "cover", "page_key"})
            new = old.replace("form_key", "page_of_another").replace("number", "number + 5")
            values = new.replace("page_of_another", f"'{uuid4().hex}'").replace("is_opening", "false")
            cursor.execute(f"INSERT INTO {table} ({old}) SELECT {values} FROM {table} WHERE id = %s", [
                post.pk if table == "boards_post" else PostVersion.objects.get(post=post, number=1).pk
            ])  # fmt: skip
    assert set(Post.objects.values_list("cover", flat=True)) == {""}
    assert set(PostVersion.objects.values_list("cover", flat=True)) == {""}


def test_erasing_takes_the_cover_too(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = covered(cast.heron)
    take_back(post=post, by=cast.heron)
    time_machine.shift(MONTH)
    erase_due()
    assert fresh(post).cover == ""
    assert PostVersion.objects.get().cover == ""


def test_same_words_returned_twice_need_two_whatever_covers_them(cast: Cast) -> None:
    post = covered(cast.heron, f"{WORDS} {HELD}")
    decided(post, "return", cast.wren)
    sent_again(post, cast.heron, f"{WORDS} {HELD}")
    assert fresh(post).cover == ""
    outcome = decided(post, "return", cast.ash)
    assert not outcome.done
