"""Muting a person, a thread, a word for oneself: it changes what one meets, and nobody can tell (domain, section 9)."""

import re
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.models import Mute, Post, Thread
from boards.plain_words import text_of, words_of
from boards.queries import Mutes, board_page, mutes_of, mutes_of_each, new_in, threads_with_new, unanswered
from boards.services import mark_all_read, mute_author, mute_thread, mute_word
from boards.services.muting import MOST
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
LATER = timedelta(minutes=6)
BOARD = "/c/fellside/board/"
MUTED = "Somebody you muted wrote here|A post with a word you muted"
FOLD = re.compile(rf'<details class="fold"><summary>(?:{MUTED}).*?</details>', re.DOTALL)


@pytest.fixture
def talk(cast: Cast, time_machine: TimeMachineFixture) -> Thread:
    """A thread of Heron's with an answer of Moss's."""
    thread = start(cast.heron, "Hello from me", title="Tea").thread
    time_machine.shift(LATER)
    reply(cast.moss, thread, "An answer from Moss")
    time_machine.shift(LATER)
    return thread


def answer_in(thread: Thread) -> Post:
    return Post.objects.get(thread=thread, is_opening=False)


def folded(page: str) -> str:
    return " ".join(FOLD.findall(page))


def test_posts_of_a_muted_person_are_folded_for_oneself_alone(cast: Cast, talk: Thread) -> None:
    fern, page = client_of(cast.fern), f"{BOARD}{talk.pk}/"
    assert "Mute this person" in fern.get(page).content.decode()
    asked = fern.get(f"{BOARD}posts/{answer_in(talk).pk}/mute/").content.decode()
    assert "Mute Moss?" in asked
    assert fern.post(f"{BOARD}posts/{answer_in(talk).pk}/mute/").status_code == 302
    mine = fern.get(page).content.decode()
    assert "Somebody you muted wrote here" in folded(mine)
    assert "An answer from Moss" in folded(mine)
    assert "Hello from me" not in folded(mine)
    for other in (cast.clover, cast.moss, cast.wren):
        assert not FOLD.search(client_of(other).get(page).content.decode())


def test_thread_begun_by_a_muted_person_shows_neither_title_nor_name(cast: Cast, talk: Thread) -> None:
    mute_author(by=cast.fern, post=Post.objects.get(thread=talk, is_opening=True))
    fern = client_of(cast.fern)
    for path in (BOARD, "/c/fellside/"):
        page = fern.get(path).content.decode()
        assert "A thread by somebody you muted" in page
        assert "Tea" not in page
        assert "Heron" not in page
    thread = fern.get(f"{BOARD}{talk.pk}/").content.decode()
    assert "Tea" not in FOLD.sub("", thread)
    assert "<h2>Tea</h2>" in folded(thread)


@pytest.mark.parametrize("word", ["answer", "ANSWER", "Ánswer", "answer from", "“answer”"])
def test_posts_with_a_muted_word_are_folded(cast: Cast, talk: Thread, word: str) -> None:
    fern = client_of(cast.fern)
    assert fern.post("/c/fellside/muted/", {"word": word}).status_code == 302
    page = fern.get(f"{BOARD}{talk.pk}/").content.decode()
    assert "A post with a word you muted" in folded(page)
    assert "An answer from Moss" in folded(page)
    assert "Hello from me" not in folded(page)


@pytest.mark.parametrize("word", ["answ", "from answer", "answers", "anan"])
def test_other_words_fold_nothing(cast: Cast, talk: Thread, word: str) -> None:
    mute_word(by=cast.fern, word=word)
    assert not FOLD.search(client_of(cast.fern).get(f"{BOARD}{talk.pk}/").content.decode())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It was **hos**pital food", "hospital"),
        ("One\n\nTwo", "one two"),
        ("- tea\n- rain", "rain"),
        ("a&b", "b"),
        ("Don’t go", "don't"),
        ("[a link](https://example.org/kettle)", "link"),
    ],
)
def test_words_are_met_as_they_are_read(cast: Cast, time_machine: TimeMachineFixture, text: str, word: str) -> None:
    post = start(cast.heron, text)
    mute_word(by=cast.fern, word=word)
    assert mutes_of(cast.fern).folds(post, cast.fern) == "word"
    assert mutes_of(cast.heron).folds(post, cast.heron) == ""


def test_title_with_a_muted_word_is_folded_in_lists_but_ones_own_never(cast: Cast, talk: Thread) -> None:
    for member in (cast.fern, cast.heron):
        mute_word(by=member, word="tea")
    assert "A thread with a word you muted" in client_of(cast.fern).get(BOARD).content.decode()
    assert "Tea" in client_of(cast.heron).get(BOARD).content.decode()


def test_muted_thread_leaves_ones_own_lists_counts_and_unanswered_and_nobody_elses(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    thread = start(cast.heron, title="Who is there?").thread
    time_machine.shift(LATER)
    fern = client_of(cast.fern)
    assert fern.post(f"{BOARD}{thread.pk}/mute/").status_code == 302
    now = clock.now()
    assert [row.thread for row in board_page(cast.fern, now).rows] == []
    assert unanswered(cast.fern, now) == []
    assert new_in(cast.fern, [thread.pk], now)[0][thread.pk].posts == 0
    assert threads_with_new(cast.fern, now) == 0
    assert "Who is there?" not in fern.get("/c/fellside/").content.decode()
    assert "You have muted this thread." in fern.get(f"{BOARD}{thread.pk}/").content.decode()
    for other in (cast.clover, cast.heron, cast.wren):
        assert [row.thread for row in board_page(other, now).rows] == [thread]
        assert [row.thread for row in unanswered(other, now)] == [thread]
    assert threads_with_new(cast.clover, now) == 1


def test_posts_of_a_muted_person_are_not_new(cast: Cast, talk: Thread, time_machine: TimeMachineFixture) -> None:
    mark_all_read(by=cast.fern)
    mute_author(by=cast.fern, post=answer_in(talk))
    reply(cast.moss, talk, "Again from Moss")
    time_machine.shift(LATER)
    now = clock.now()
    assert new_in(cast.fern, [talk.pk], now)[0][talk.pk].posts == 0
    assert threads_with_new(cast.fern, now) == 0
    assert 'id="new"' not in client_of(cast.fern).get(f"{BOARD}{talk.pk}/").content.decode()
    assert new_in(cast.clover, [talk.pk], now)[0][talk.pk].posts > 0


def test_page_of_mutes_shows_each_and_ends_it(cast: Cast, talk: Thread) -> None:
    fern = client_of(cast.fern)
    mute_author(by=cast.fern, post=answer_in(talk))
    mute_thread(by=cast.fern, thread=talk)
    mute_word(by=cast.fern, word="Kettle")
    page = fern.get("/c/fellside/muted/").content.decode()
    assert all(words in page for words in ("Moss", "Tea", "kettle"))
    for mute in Mute.objects.filter(membership=cast.fern):
        assert fern.post(f"/c/fellside/muted/{mute.pk}/end/").status_code == 302
    assert mutes_of(cast.fern) == Mutes()
    assert not FOLD.search(fern.get(f"{BOARD}{talk.pk}/").content.decode())


def test_each_meets_their_own_mutes_only(cast: Cast, talk: Thread) -> None:
    mine = mute_word(by=cast.fern, word="kettle")
    assert "kettle" not in client_of(cast.moss).get("/c/fellside/muted/").content.decode()
    assert client_of(cast.moss).post(f"/c/fellside/muted/{mine.pk}/end/").status_code == 404
    assert mutes_of_each({cast.fern.pk, cast.moss.pk}) == {cast.fern.pk: mutes_of(cast.fern)}


def test_nobody_is_told_and_nothing_is_on_record(cast: Cast, talk: Thread) -> None:
    entries, notices = Entry.objects.count(), Notice.objects.count()
    moss = client_of(cast.moss)
    paths = ("/c/fellside/", BOARD, f"{BOARD}{talk.pk}/", "/c/fellside/waiting/", "/c/fellside/rules/")
    for path in paths:
        moss.get(path)  # what there is to read is read
    before = [bare(moss.get(path).content.decode()) for path in paths]
    mute_author(by=cast.fern, post=answer_in(talk))
    mute_thread(by=cast.clover, thread=talk)
    mute_word(by=cast.wren, word="answer")
    assert [bare(moss.get(path).content.decode()) for path in paths] == before
    assert (Entry.objects.count(), Notice.objects.count()) == (entries, notices)


def bare(page: str) -> str:
    """A page without what differs each time: its forms' own tokens and keys."""
    return "\n".join(line for line in page.splitlines() if not re.search(r"csrfmiddlewaretoken|_key|data-draft", line))


def test_queue_of_those_who_decide_is_never_muted(cast: Cast, talk: Thread) -> None:
    mute_author(by=cast.wren, post=answer_in(talk))
    mute_thread(by=cast.wren, thread=talk)
    mute_word(by=cast.wren, word="hold")
    held = reply(cast.moss, talk, HELD)
    wren = client_of(cast.wren)
    assert f"/c/fellside/moderation/{held.pk}/" in wren.get("/c/fellside/moderation/").content.decode()
    page = wren.get(f"/c/fellside/moderation/{held.pk}/").content.decode()
    assert HELD in page
    assert not FOLD.search(page)


def test_nobody_mutes_themselves_a_stranger_or_what_they_cannot_see(cast: Cast, talk: Thread) -> None:
    heron = client_of(cast.heron)
    own, held = Post.objects.get(thread=talk, is_opening=True), reply(cast.moss, talk, HELD)
    for post in (own, held):
        assert heron.post(f"{BOARD}posts/{post.pk}/mute/").status_code == 404
    teal = client_of(cast.teal)
    for path in (f"posts/{answer_in_board(talk).pk}/mute/", f"{talk.pk}/mute/"):
        assert teal.post(f"/c/riverside/board/{path}").status_code == 404
    with pytest.raises(Refused):
        mute_author(by=cast.teal, post=own)
    with pytest.raises(Refused):
        mute_thread(by=cast.teal, thread=talk)
    assert not Mute.objects.exists()


def answer_in_board(thread: Thread) -> Post:
    return Post.objects.get(thread=thread, is_opening=False, state="accepted")


def test_muting_twice_is_once(cast: Cast, talk: Thread) -> None:
    for _ in range(2):
        mute_author(by=cast.fern, post=answer_in(talk))
        mute_thread(by=cast.fern, thread=talk)
        mute_word(by=cast.fern, word="Tea!")
        mute_word(by=cast.fern, word=" tea")
    assert Mute.objects.count() == 3


@pytest.mark.parametrize("word", ["", "   ", "!?", "👀", "x" * 41, "ﷺ" * 10, "a\0b"])
def test_word_that_could_stand_in_no_post_comes_back_with_a_reason(cast: Cast, word: str) -> None:
    answer = client_of(cast.fern).post("/c/fellside/muted/", {"word": word})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Mute.objects.exists()


def test_there_is_an_end_to_mutes(cast: Cast) -> None:
    rows = [Mute(membership=cast.fern, word=f"word{n}", since=clock.now()) for n in range(MOST)]
    Mute.objects.bulk_create(rows)
    with pytest.raises(Refused):
        mute_word(by=cast.fern, word="another")
    mute_word(by=cast.fern, word="word7")


def test_markup_is_read_as_a_reader_sees_it() -> None:
    assert text_of("<p>One <strong>two</strong>three</p><ul><li>four</li><li>five &amp; six</li></ul>") == (
        "One twothree four five & six"
    )
    assert words_of("Don’t  ÉCOUTE — ½ x_y 12") == ["dont", "ecoute", "12", "x", "y", "12"]
