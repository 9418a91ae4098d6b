"""Posts that nobody writes by hand: made to mislead, to vanish, or to keep the server busy."""

import sys

import pytest

from boards.markdown import render

LONG = 10_000
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
    """Twice as long is about twice the work, never four times (how long it takes: bench/markdown.py)."""
    render("once, to be warm")
    assert calls_for(filled(piece)) < 2.6 * calls_for(filled(piece)[: LONG // 2])


@pytest.mark.parametrize("piece", SLOW)
def test_no_post_is_a_load_for_the_phones_of_those_who_read_it(piece: str) -> None:
    assert len(render(filled(piece))) < 10 * LONG


def calls_for(text: str) -> int:
    """How many calls, of Python or below it, rendering takes: a measure of work that no busy machine changes."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        render(text)
    finally:
        sys.setprofile(before)
    return count
