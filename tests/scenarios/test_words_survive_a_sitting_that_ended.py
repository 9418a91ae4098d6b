"""Heron writes for an hour at night, the sitting ends, and nothing is lost: one post, with every letter of it."""

from django.contrib.sessions.models import Session
from django.test import Client

from boards.models import Post
from tests.answers.forms import form_to, form_with, read
from tests.cast import PASSWORD, client_of

WORDS = "I could not say it in the group.\r\n\r\nSo I say it here. 💜 "
NEW = "/c/fellside/board/new/"


def test_a_sitting_ends_while_heron_writes_and_the_words_reach_the_board_once(cast):
    browser = client_of(cast.heron, csrf=True)
    form = form_with(browser.get(NEW), "form_key") | {"title": "After the group", "text": WORDS}

    Session.objects.all().delete()
    stopped = browser.post(NEW, form)
    assert stopped.status_code == 403
    assert "Your words are safe here" in stopped.content.decode()

    back = signed_in_with(browser, stopped, cast.heron.person.sign_in_name)
    assert back.redirect_chain[-1][0] == "/your-words/"
    again = form_to(back, NEW)
    assert again["text"] == WORDS
    assert again["form_key"] == form["form_key"]

    assert browser.post(NEW, again).status_code == 302
    assert browser.post(NEW, again).status_code == 302
    post = Post.objects.get(author=cast.heron)
    assert post.text == WORDS.replace("\r\n", "\n")
    assert "So I say it here" not in browser.get("/your-words/").content.decode()


def test_the_writing_page_itself_has_the_words_too(cast):
    browser = client_of(cast.heron, csrf=True)
    form = form_with(browser.get(NEW), "form_key") | {"title": "After the group", "text": WORDS}
    Session.objects.all().delete()
    signed_in_with(browser, browser.post(NEW, form), cast.heron.person.sign_in_name)
    for _ in range(2):  # a page that got lost on a bad line can be asked for again
        shown = form_with(browser.get(NEW), "form_key")
        assert (shown["title"], shown["text"]) == ("After the group", WORDS)


def test_heron_was_signed_in_again_in_another_window_meanwhile(cast):
    browser = client_of(cast.heron, csrf=True)
    form = form_with(browser.get(NEW), "form_key") | {"title": "After the group", "text": WORDS}
    Session.objects.all().delete()
    action, carried = way_to_sign_in(browser.post(NEW, form))
    browser.cookies["sessionid"] = client_of(cast.heron).cookies["sessionid"].value
    browser.post(action, carried)
    assert form_to(browser.get("/your-words/"), NEW)["text"] == WORDS


def way_to_sign_in(page) -> tuple[str, dict[str, str]]:
    reader = read(page)
    place = next(n for n, action in enumerate(reader.actions) if action.startswith("/accounts/login/"))
    return reader.actions[place], reader.forms[place]


def signed_in_with(browser: Client, page, name: str):
    """Follow the page's way to the sign-in page and give name and password there."""
    action, carried = way_to_sign_in(page)
    asked = browser.post(action, carried)
    reader = read(asked)
    place = next(n for n, fields in enumerate(reader.forms) if "password" in fields)
    answers = reader.forms[place] | {"login": name, "password": PASSWORD}
    answers.pop("remember", None)
    return browser.post(reader.actions[place] or action, answers, follow=True)
