"""Posts that nobody writes by hand: made to mislead, to vanish, or to keep the server busy."""

import time

import pytest

from boards.markdown import render

LONG = 10_000
# Ten times what a plain post takes here, and the machine may be busy: what this stops took half a second and more.
LONGEST_TAKES = 0.3
SLOW = ["a.co ", "http://[ ", "www.a.co\n", "http://a.b/((", "a@b.co ", "[a](tel:1)", "://", "a://a ", "http://a.b/ "]


def filled(piece: str) -> str:
    return (piece * (LONG // len(piece) + 1))[:LONG]


def test_what_is_said_about_a_link_is_never_a_link_itself() -> None:
    html = render("[ring](tel:%3Ca%20href=%22https://elsewhere.example%22%3E116%20123%3C/a%3E)")
    assert html.count("<a ") == 1


@pytest.mark.parametrize("address", ["https:///elsewhere.example", "HTTP:////elsewhere.example/"])
def test_no_link_without_saying_where_it_leads(address: str) -> None:
    assert "<a " not in render(f"[tea]({address})")


@pytest.mark.parametrize("depth", [">" * 19, ">" * 30, "- " * 30, "> - 1. " * 15, ">" * 5000])
def test_words_are_shown_however_deep_they_are_quoted(depth: str) -> None:
    html = render(f"before\n\n{depth}still here")
    assert "still here" in html
    assert "before" in html
    assert html.count("<blockquote>") + html.count("<li>") < 13


def test_quotes_and_lists_as_people_write_them_stay_quotes_and_lists() -> None:
    html = render("> > she said\n> > this\n\n- one\n  - two\n    - three\n\nsee https://example.org/a")
    assert html.count("<blockquote>") == 2
    assert html.count("<li>") == 3
    assert 'href="https://example.org/a"' in html


@pytest.mark.parametrize("piece", SLOW)
def test_no_post_keeps_the_server_busy(piece: str) -> None:
    render("once, to be warm")
    began = time.thread_time()
    html = render(filled(piece))
    assert time.thread_time() - began < LONGEST_TAKES
    # Nor the phones of those who read it.
    assert len(html) < 10 * LONG
