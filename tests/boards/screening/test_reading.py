"""However a word is written, it is read as the word it is."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.screening import LONGEST, screen
from boards.screening.budget import Budget
from boards.screening.letters import CACHE_LIMIT, Folding, fold
from boards.screening.reading import read
from boards.screening.segment import segment
from boards.screening.spelling import SlipIndex, one_slip, without_one


def words(text: str) -> list[str]:
    return read(text, Budget()).words


@pytest.mark.parametrize(
    "written",
    [
        "kill myself",
        "KILL MYSELF",
        "k i l l  m y s e l f",
        "k.i.l.l m.y.s.e.l.f",
        "k-i-l-l myself",
        "k_i_l_l myself",
        "k1ll my5elf",
        "k*ll myself",
        "kiiillll myselffff",
        "kil myslef",
        "killmyself",
        "kill my self",
        "𝓴𝓲𝓵𝓵 𝓶𝔂𝓼𝓮𝓵𝓯",
        "ⓚⓘⓛⓛ myself",
        "кill mуself",  # Cyrillic letters among them
        "k\u0301i\u0301ll my\u200bself",
        "ｋｉｌｌ ｍｙｓｅｌｆ",
        "**kill myself**",
        "kms",
    ],
)
def test_a_disguised_word_is_read_as_itself(written):
    assert words(written) == ["kill", "myself"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("I won’t", ["i", "will", "not"]),
        ("i wont", ["i", "will", "not"]),
        ("I'm gonna", ["i", "am", "going", "to"]),
        ("2nite", ["tonight"]),
        ("tonihgt", ["tonight"]),
        ("goodby every1", ["goodbye", "everyone"]),
        ("💊💊💊", ["pillssign"]),
        ("bring a bill for the skill", ["bring", "bill", "for", "skill"]),
        ("together with the therapist", ["together", "with", "therapist"]),
    ],
)
def test_words_of_texts_and_misspelt_ones_are_said_in_full(written, read_as):
    assert words(written) == read_as


def test_quotation_marks_that_are_never_closed_quote_nothing():
    assert not any(read('he said "I will', Budget()).quoted)
    assert read('he said "hush" again', Budget()).quoted == [False, False, True, False]


@given(st.text(max_size=300))
def test_any_text_is_read_with_lists_of_one_length(text):
    reading = read(text, Budget())

    sizes = {len(reading.words), len(reading.terms), len(reading.sentences), len(reading.stretches)}
    assert sizes == {len(reading.words)} == {len(reading.clauses)} == {len(reading.quoted)}
    assert reading.sentences == sorted(reading.sentences)


@given(st.text(max_size=300))
def test_screening_never_raises_and_says_the_same_twice(text):
    assert screen(text) == screen(text)


@given(st.text(max_size=200))
def test_folded_text_is_folded_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=string.ascii_letters + " .,'", max_size=200))
def test_capitals_change_nothing(text):
    assert words(text.upper()) == words(text.lower())


@given(st.text(alphabet=string.ascii_lowercase + " ", max_size=100), st.sampled_from("\u0301\u200b\u00ad\ufe0f\u0338"))
def test_marks_and_invisible_signs_change_nothing(text, mark):
    assert words("".join(f"{letter}{mark}" for letter in text)) == words(text)


def test_rare_letters_cannot_fill_the_memory():
    table = Folding()
    for code in range(0x4E00, 0x4E00 + CACHE_LIMIT + 10):
        table[code]

    assert len(table) <= CACHE_LIMIT


@given(st.text(alphabet="abcde", min_size=1, max_size=8), st.data())
def test_a_word_one_slip_away_is_found(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcde"))
    index = SlipIndex([word])

    assert index.nearest(word[:at] + letter + word[at + 1 :]) == word
    assert index.nearest(word[:at] + letter + word[at:]) == word
    if len(word) > 1:
        assert index.nearest(word[:at] + word[at + 1 :]) == word
        swapped = word[: max(at - 1, 0)] + word[max(at - 1, 0) : at + 1][::-1] + word[at + 1 :]
        assert index.nearest(swapped) == word


@given(st.text(alphabet="ab", max_size=6), st.text(alphabet="ab", max_size=6))
def test_one_slip_is_the_same_both_ways(left, right):
    assert one_slip(left, right) == one_slip(right, left)


@given(st.text(alphabet="ab", min_size=1, max_size=6))
def test_leaving_out_one_letter_is_one_slip(word):
    assert all(one_slip(word, shorter) for shorter in without_one(word))


@given(st.text(alphabet=string.ascii_lowercase, max_size=60))
def test_cutting_letters_into_words_loses_none(letters):
    assert "".join(segment(letters, {"kill", "myself", "i", "want", "to", "die"})) == letters


def test_the_longest_text_is_read():
    assert screen("a" * LONGEST) == ()
