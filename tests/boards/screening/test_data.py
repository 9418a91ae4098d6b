"""The data is whole: every word can be found, every reason exists, the weights are what learning makes."""

import pytest

from boards.screening import data, learn, screen
from boards.screening.damping import WAYS
from boards.screening.families import grave_families, harmless_phrases
from boards.screening.lexicon import lexicon
from boards.screening.phrases import FILES, phrases_of

FILLERS = frozenset(data.words()["fillers"].split())


def test_every_family_has_a_reason_and_known_ways_of_damping():
    for family in grave_families().values():
        assert family.reason in data.reasons()
        assert set(family.damped_by) <= set(WAYS)


def test_every_way_beside_has_harmless_phrases_of_its_name():
    names = {family["name"] for family in data.families("harmless")}

    assert {"figure", "attribution", "past", "over_now"} <= names
    assert set(WAYS) - {"figure", "negation", "quotation", "past"} <= names
    assert harmless_phrases()


@pytest.mark.parametrize("name", FILES)
def test_no_phrase_is_empty_and_none_waits_for_a_filler(name):
    for family in data.families(name):
        for phrase in phrases_of(family["name"], tuple(family["phrases"])):
            assert phrase.elements
            assert not any(FILLERS & element.words for element in phrase.elements)


def test_family_names_are_used_once():
    names = [family["name"] for file in FILES for family in data.families(file)]

    assert len(names) == len(set(names))


def test_ordinary_words_are_left_alone():
    known = lexicon()

    assert all(known.resolve(word) == (word,) for word in data.ordinary() if word not in known.spoken)


def test_weights_were_learnt_from_the_development_set_as_it_is():
    """Learning takes a minute and a half: `python -m boards.screening.learn` after any change of what it reads."""
    assert (data.HERE / learn.LEARNT_FROM).read_text(encoding="utf-8") == learn.fingerprint()


def test_learning_finds_the_grave_window_and_is_the_same_each_time():
    grave = [["goodbye", "everyone"], ["goodbye", "tonight"], ["goodbye"]]
    harmless = [["tea", "everyone"], ["tea", "tonight"], ["tea"]]
    first = learn.learn(grave, harmless)
    assert first == learn.learn(grave, harmless)
    assert first["goodbye"] > 0 > first["tea"]
    assert "tea" not in learn.heaviest_window("Lovely tea today. Goodbye everyone.", first)[:1]


def test_reasons_claim_nothing():
    said = " ".join(data.reasons().values()).lower()

    assert not any(word in said for word in ("detect", "risk", "prevent", "protect", "safe from"))


def test_a_greeting_a_title_and_nothing_are_clear():
    for said in ("", "Hello", "Hello all", "Thursday", "Bus times", "Thank you all", "Tea?", "Can't sleep"):
        assert screen(said) == (), said
