"""What is being written is kept for its author alone until it is sent, let go, or 30 days old (ADR 0015)."""

import json
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from boards.models import Draft, DraftWords, Post, Thread
from boards.queries import drafts_of
from boards.services import OnPage, write_post
from tests.answers.forms import form_to
from tests.boards.drafting import JSON, NEW, WAITING, keep, texts, writing
from tests.boards.test_how_many_queries import spent
from tests.cast import Cast, client_of
from tests.scenarios.test_words_survive_a_sitting_that_ended import signed_in_with
from tests.steps import NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def post_in(cast: Cast) -> str:
    """The address of a thread that is on the board."""
    thread = start(cast.wren).thread
    Thread.objects.update(shown_from=cast.wren.joined_at)
    Post.objects.update(visible_at=cast.wren.joined_at)
    return f"/c/fellside/board/{thread.pk}/"


# Kept, and found again.


@pytest.mark.parametrize("where", ["new", "reply", "change"])
def test_draft_saved_without_script_is_in_the_box_when_its_author_comes_back(cast: Cast, where: str) -> None:
    browser = client_of(cast.heron, csrf=True)
    address = {
        "new": lambda: NEW,
        "reply": lambda: post_in(cast),
        "change": lambda: f"{WAITING}{start(cast.heron, 'The first words').pk}/change/",
    }[where]()
    words = {"text": "Not ready yet.\n\nPerhaps tomorrow.", "cover": "food", "save_draft": "1"}
    words |= {} if where == "reply" else {"title": "Half a title"}
    saved = browser.post(address, writing(browser, address) | words)
    assert saved.status_code == 302
    assert saved["Location"].startswith(address)
    there = browser.get(saved["Location"].partition("#")[0]).content.decode()
    assert "Saved. Only you can see it." in there
    again = browser.get(address).content.decode()
    assert "You were writing this" in again
    assert "Go on, or let it go." in again
    back = writing(browser, address)
    assert back["text"].replace("\r\n", "\n") == words["text"]
    assert back["cover"] == "food"
    assert back.get("title", "Half a title") == "Half a title"
    assert Post.objects.filter(author=cast.heron, text=words["text"]).count() == 0


def test_draft_without_a_title_or_words_is_kept_as_it_is(cast: Cast) -> None:
    browser = client_of(cast.heron)
    browser.post(NEW, writing(browser) | {"title": "Only a title", "text": "", "save_draft": "1"})
    assert [draft.words for draft in drafts_of(cast.heron)] == [DraftWords("Only a title")]
    browser.post(NEW, writing(browser) | {"title": "", "text": " \n", "save_draft": "1"})
    assert drafts_of(cast.heron) == []


def test_script_is_told_where_the_draft_stands_now(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = writing(browser) | {"text": "One", "attempt": "1", "save_draft": "1"}
    first = browser.post(NEW, form, headers=JSON)
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["Cache-Control"] == "no-store"
    assert json.loads(first.content) == {
        "form_key": form["form_key"], "draft_version": 1, "apart": False, "sent": False
    }  # fmt: skip
    second = browser.post(NEW, form | {"text": "One two", "attempt": "2", "draft_version": "1"}, headers=JSON)
    assert second.json()["draft_version"] == 2
    assert texts(cast.heron) == ["One two"]


def test_text_white_space_and_line_ends_come_back_as_they_were(cast: Cast) -> None:
    browser = client_of(cast.heron)
    browser.post(NEW, writing(browser) | {"text": "  a\r\n\r\n  b \r\n", "save_draft": "1"})
    assert texts(cast.heron) == ["  a\n\n  b \n"]


def test_old_words_that_arrive_after_newer_ones_of_their_page_change_nothing(cast: Cast) -> None:
    page = OnPage(uuid4(), uuid4())
    newer = OnPage(page.form_key, page.page_key, 0, attempt=2)
    keep(cast.heron, "One two", newer)
    late = keep(cast.heron, "One", OnPage(page.form_key, page.page_key, 0, attempt=1))
    assert (late.version, texts(cast.heron)) == (1, ["One two"])


def test_pages_that_nobody_can_tell_apart_never_overtake_each_other(cast: Cast) -> None:
    key = uuid4()
    keep(cast.heron, "One two", OnPage(key, None, 0, attempt=7))
    keep(cast.heron, "One two three", OnPage(key, None, 0, attempt=3))
    assert texts(cast.heron) == ["One two three"]


def test_the_answer_that_never_came_does_not_make_a_second_draft(cast: Cast) -> None:
    page = OnPage(uuid4(), uuid4())
    keep(cast.heron, "One", OnPage(page.form_key, page.page_key, 0, attempt=1))
    again = keep(cast.heron, "Something else", OnPage(page.form_key, page.page_key, 0, attempt=2))
    assert (again.apart, texts(cast.heron)) == (False, ["Something else"])


def test_looking_for_a_draft_costs_a_thread_nothing_and_showing_it_one_query(cast: Cast) -> None:
    browser, address = client_of(cast.heron), post_in(cast)
    browser.get(address)
    without = spent(lambda: browser.get(address))
    assert len([query for query in without if query.startswith("SELECT") and "boards_draft" in query]) == 1
    browser.post(address, writing(browser, address) | {"text": "Begun", "save_draft": "1"})
    within = spent(lambda: browser.get(address))
    assert len(within) == len(without) + 1 <= 10
    sent = spent(lambda: browser.post(address, writing(browser, address)))
    assert len(sent) - len(within) <= 20


# Two pages with the same draft.


def test_two_pages_with_one_draft_lose_nothing_and_both_are_shown(cast: Cast) -> None:
    browser = client_of(cast.heron)
    browser.post(NEW, writing(browser) | {"text": "Begun", "save_draft": "1"})
    phone, library = writing(browser), writing(browser)
    assert phone["form_key"] == library["form_key"]
    assert phone["page_key"] != library["page_key"]
    browser.post(NEW, phone | {"text": "From the phone", "save_draft": "1"})
    answer = browser.post(NEW, library | {"text": "From the library", "save_draft": "1"}, follow=True)
    assert "Both are kept" in answer.content.decode()
    assert texts(cast.heron) == ["From the library", "From the phone"]
    listed = browser.get(WAITING).content.decode()
    assert "From the library" in listed
    assert "From the phone" in listed


def test_page_set_apart_goes_on_in_its_own_draft(cast: Cast) -> None:
    key, here, there = uuid4(), uuid4(), uuid4()
    keep(cast.heron, "Begun", OnPage(key, here))
    keep(cast.heron, "There", OnPage(key, there, 1, 1))
    apart = keep(cast.heron, "Here", OnPage(key, here, 1, 1))
    assert apart.apart
    # Its answer may be lost: then it names the old key once more.
    again = keep(cast.heron, "Here and on", OnPage(key, here, 1, 2))
    assert again.form_key == apart.form_key
    keep(cast.heron, "Here and further", OnPage(apart.form_key, here, again.version, 3))
    assert texts(cast.heron) == ["Here and further", "There"]


def test_words_that_only_grew_are_one_draft_whichever_page_saved_them(cast: Cast) -> None:
    key = uuid4()
    keep(cast.heron, "I wanted", OnPage(key, uuid4()))
    grown = keep(cast.heron, "I wanted to say", OnPage(key, uuid4(), 0, 1))
    assert not grown.apart
    assert texts(cast.heron) == ["I wanted to say"]


# Sent.


@pytest.mark.parametrize("way", ["new", "change", "send again"])
def test_sending_takes_the_draft_away_in_the_same_moment(cast: Cast, way: str) -> None:
    browser = client_of(cast.heron)
    address = NEW if way == "new" else f"{WAITING}{start(cast.heron, 'First').pk}/change/"
    form = writing(browser, address) | {"title": "A title", "text": "Whole"}
    browser.post(address, form | {"save_draft": "1"})
    if way == "send again":
        form = writing(browser, address)
    assert texts(cast.heron) == ["Whole"]
    assert browser.post(address, form).status_code == 302
    assert Post.objects.filter(author=cast.heron, text="Whole").count() == 1
    assert texts(cast.heron) == []


def test_post_that_cannot_be_written_leaves_its_draft(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    page = OnPage(uuid4(), uuid4())
    keep(cast.heron, "Whole", page)
    monkeypatch.setattr("boards.services.writing._keep_version", lambda *a, **k: (_ for _ in ()).throw(RuntimeError))
    with pytest.raises(RuntimeError):
        write_post(by=cast.heron, title="A title", text="Whole", form_key=page.form_key, page=page)
    assert texts(cast.heron) == ["Whole"]


def test_autosave_after_its_form_was_sent_does_not_bring_the_draft_back(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = writing(browser) | {"title": "A title", "text": "Whole"}
    browser.post(NEW, form)
    late = browser.post(NEW, form | {"text": "Who", "attempt": "7", "save_draft": "1"}, headers=JSON)
    assert late.json()["sent"] is True
    assert drafts_of(cast.heron) == []
    # The same with a changed post.
    change = f"{WAITING}{Post.objects.get(author=cast.heron).pk}/change/"
    form = writing(browser, change) | {"text": "Whole and changed"}
    browser.post(change, form)
    assert browser.post(change, form | {"text": "Wh", "save_draft": "1"}, headers=JSON).json()["sent"] is True
    assert drafts_of(cast.heron) == []


def test_sending_from_one_page_leaves_what_another_wrote_since(cast: Cast) -> None:
    key, here, there = uuid4(), uuid4(), uuid4()
    keep(cast.heron, "Begun", OnPage(key, here))
    keep(cast.heron, "Quite other words", OnPage(key, there, 1))
    write_post(by=cast.heron, title="A", text="Begun", form_key=key, page=OnPage(key, here, 1))
    assert texts(cast.heron) == ["Quite other words"]


def test_one_draft_sent_from_two_pages_is_one_post(cast: Cast) -> None:
    browser = client_of(cast.heron)
    browser.post(NEW, writing(browser) | {"title": "A", "text": "Once", "save_draft": "1"})
    one, other = writing(browser), writing(browser)
    for form in (one, other):
        assert browser.post(NEW, form).status_code == 302
    assert Post.objects.filter(author=cast.heron).count() == 1
    assert drafts_of(cast.heron) == []


def test_draft_of_a_change_still_notices_that_the_post_was_changed_elsewhere(cast: Cast) -> None:
    browser = client_of(cast.heron)
    address = f"{WAITING}{start(cast.heron, 'First').pk}/change/"
    browser.post(address, writing(browser, address) | {"text": "From the phone", "save_draft": "1"})
    other = writing(browser, address) | {"text": "From the library", "form_key": str(uuid4())}
    assert browser.post(address, other).status_code == 302
    back = writing(browser, address)
    assert (back["text"], back["version"]) == ("From the phone", "1")
    answer = browser.post(address, back)
    assert answer.status_code == 409
    assert form_to(answer, address)["text"] == "From the phone"
    # Nothing was sent, so nothing is lost.
    assert texts(cast.heron) == ["From the phone"]


# With what else keeps words.


def test_sitting_that_ends_brings_words_back_over_the_draft_and_both_go_once_sent(cast: Cast) -> None:
    browser = client_of(cast.heron, csrf=True)
    form = writing(browser) | {"title": "At night", "text": "Saved"}
    browser.post(NEW, form | {"save_draft": "1"}, headers=JSON)
    Session.objects.all().delete()
    stopped = browser.post(NEW, form | {"text": "Saved, and more"})
    assert stopped.status_code == 403
    back = signed_in_with(browser, stopped, cast.heron.person.sign_in_name)
    page = writing(browser)
    assert (page["text"], page["form_key"]) == ("Saved, and more", form["form_key"])
    assert page["page_key"] != form["page_key"]
    assert page["draft_version"] == "1"
    again = form_to(back, NEW)
    assert browser.post(NEW, again).status_code == 302
    assert Post.objects.get(author=cast.heron).text == "Saved, and more"
    assert drafts_of(cast.heron) == []
    assert writing(browser)["text"] == ""


def test_save_that_comes_after_the_sitting_ended_keeps_nothing_and_says_no(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = writing(browser) | {"text": "Words", "save_draft": "1"}
    Session.objects.all().delete()
    assert browser.post(NEW, form, headers=JSON).status_code == 403
    assert not Draft.objects.exists()


def test_database_that_is_away_fails_the_save_and_gives_the_words_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(cast.heron)
    form = writing(browser) | {"text": "Words", "save_draft": "1"}
    monkeypatch.setattr("boards.views.drafts.save_draft", lambda **k: (_ for _ in ()).throw(OperationalError("locked")))
    answer = browser.post(NEW, form)
    assert answer.status_code == 503
    assert form_to(answer, NEW)["text"] == "Words"


def test_form_without_the_newer_keys_is_still_sent_and_kept(cast: Cast) -> None:
    # A page that was opened under the release before.
    browser = client_of(cast.heron)
    key = str(uuid4())
    assert browser.post(NEW, {"text": "Words", "form_key": key, "save_draft": "1"}).status_code == 302
    assert browser.post(NEW, {"title": "A", "text": "Words", "form_key": key}).status_code == 302
    assert Post.objects.get(author=cast.heron).text == "Words"
    assert drafts_of(cast.heron) == []


def test_key_for_the_tab_is_of_one_sitting_and_only_on_writing_pages(cast: Cast) -> None:
    def key(client: Client, address: str = NEW) -> str:
        page = client.get(address).content.decode()
        return page.partition('data-draft="')[2].partition('"')[0]

    one, other = client_of(cast.heron), client_of(cast.heron)
    assert len(UUID(key(one)[:32]).hex) == 32
    assert len(key(one)) == 64
    assert key(one) == key(one)
    assert key(one) != key(other)
    assert one.session.session_key not in one.get(NEW).content.decode()
    assert key(one, "/c/fellside/") == key(one, WAITING) == ""
