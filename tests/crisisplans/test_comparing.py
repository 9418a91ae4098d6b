"""Two versions compared in words: nothing of either is missing, and no text keeps a processor for long."""

import random
import time

import pytest

from crisisplans.comparing import in_words
from crisisplans.parts import LONGEST_TEXT

# Far above what any takes, far below the minutes that one of these once took.
SECONDS = 3.0


def told(before: str, after: str) -> tuple[str, str]:
    """Both texts as the pieces have them."""
    pieces = in_words(before, after)
    old = "".join(piece.text for piece in pieces if piece.how != "new")
    return old, "".join(piece.text for piece in pieces if piece.how != "gone")


def test_words_that_came_and_went_are_marked_and_no_others() -> None:
    pieces = in_words("I sing in the kitchen", "I hum in the kitchen, loudly")
    assert [(piece.how, piece.text) for piece in pieces] == [
        ("same", "I"),
        ("gone", " sing"),
        ("new", " hum"),
        ("same", " in the"),
        ("gone", " kitchen"),
        ("new", " kitchen, loudly"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n" * 3000, "b\na\n" * 1500),
        ("a " * 3000, "a b " * 1500),
        ("a\n" * 3000, "a\n" * 2999 + "b"),
        ("\n" * 6000, " " * 6000),
        ("x" * 6000, ""),
        (" one\r\n two\u2028three ", "one \ttwo\n\n three"),
    ],
)
def test_no_text_takes_long_and_both_are_whole(before: str, after: str) -> None:
    began = time.perf_counter()
    assert told(before[:LONGEST_TEXT], after[:LONGEST_TEXT]) == (before[:LONGEST_TEXT], after[:LONGEST_TEXT])
    assert time.perf_counter() - began < SECONDS


def test_a_long_text_of_every_day_is_still_compared_word_by_word() -> None:
    drawn = random.Random(5)
    often = ["the", "a", "to", "and", "I", "my", "when", "it"]
    words = [drawn.choice(often) if drawn.random() < 0.3 else f"word{drawn.randrange(400)}" for _ in range(1000)]
    before = " ".join(words)
    pieces = in_words(before, before.replace(f" {words[500]} ", " otherwise ", 1))
    assert [piece.text for piece in pieces if piece.how == "new"] == [" otherwise"]
