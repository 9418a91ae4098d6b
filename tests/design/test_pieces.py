"""Components that are functions say what they are given, and nothing that somebody wrote becomes a tag."""

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from peernet.gallery_samples import NIGHT

EVIL = '<script>"&'


def shown(component: str, **variables: object) -> str:
    return render_to_string(f"components/{component}.html", variables).strip()


@pytest.mark.parametrize("name", ["name", "role"])
def test_person_tag_escapes_what_it_is_given(name: str) -> None:
    assert "&lt;script&gt;&quot;&amp;" in shown("person_tag", **{"name": "Moss", name: EVIL})


def test_person_tag_says_only_what_is_so() -> None:
    assert shown("person_tag", name="Moss") == '<span class="who"><span class="who__name">Moss</span></span>'
    everything = shown("person_tag", name="Moss", role="Top Three", away=True, you=True)
    assert [word in everything for word in (">you<", ">Top Three<", ">away<")] == [True] * 3


@pytest.mark.parametrize("name", ["href", "title", "author", "excerpt", "new", "role"])
def test_thread_row_escapes_what_it_is_given(name: str) -> None:
    row = shown("thread_row", **{"href": "/", "title": "T", "author": "Moss", "at": NIGHT, name: EVIL})
    assert "<script" not in row
    assert "&lt;script&gt;&quot;&amp;" in row


@pytest.mark.parametrize(
    ("replies", "words"), [(0, "Nobody has answered yet"), (1, ">1 answer<"), (2, ">2 answers<"), ("", "")]
)
def test_thread_row_says_how_often_it_was_answered(replies: object, words: str) -> None:
    row = shown("thread_row", href="/", title="T", author="Moss", replies=replies)
    assert words in row
    assert ("answer" in row) == bool(words)


@pytest.mark.parametrize("name", ["author", "html", "role", "permalink", "heading", "cover"])
def test_post_escapes_what_it_is_given(name: str) -> None:
    post = shown("post", **{"state": "on_board", "author": "Moss", "at": NIGHT, "html": "Hello", name: EVIL})
    assert "<script" not in post
    assert "&lt;script&gt;&quot;&amp;" in post


def test_links_of_a_post_escape_what_they_are_given() -> None:
    post = shown("post", state="on_board", author=EVIL, at=NIGHT, actions=[{"href": EVIL, "label": EVIL}])
    assert "<script" not in post
    assert post.count("&lt;script&gt;&quot;&amp;") == 4


def test_post_shows_sanitised_words_as_they_are() -> None:
    assert "<p>Hello</p>" in shown("post", state="on_board", author="Moss", at=NIGHT, html=mark_safe("<p>Hello</p>"))
