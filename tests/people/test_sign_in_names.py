import random

import pytest

from people import sign_in_names
from people.models import Person

WORDS = sign_in_names.WORDS.read_text().split()
# Pieces of words that have no place in a name somebody gets on a bad day.
HURTFUL = [
    "kill",
    "dead",
    "death",
    "die",
    "hang",
    "rope",
    "blade",
    "knife",
    "cut",
    "scar",
    "blood",
    "pill",
    "drug",
    "gun",
    "shoot",
    "drown",
    "poison",
    "hurt",
    "pain",
    "cry",
    "fear",
    "sad",
    "mad",
    "fat",
    "ugly",
    "sick",
    "weak",
    "hate",
    "hell",
    "devil",
    "ghost",
    "grave",
    "coffin",
    "burn",
    "stab",
    "razor",
    "needle",
    "bridge",
    "cliff",
    "rail",
    "noose",
    "drunk",
    "wine",
    "beer",
    "vodka",
    "gin",
    "rape",
    "slave",
    "war",
    "bomb",
    "ex",
    "naked",
    "crazy",
    "insane",
    "stupid",
    "dumb",
    "lonely",
    "alone",
    "lost",
    "fail",
    "dark",
]


def test_words_are_plain_and_many():
    assert len(WORDS) >= 1000
    assert len(set(WORDS)) == len(WORDS)
    assert sorted(WORDS) == WORDS
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 8 for word in WORDS)


def test_words_do_not_hurt():
    assert not set(WORDS) & set(HURTFUL)


def test_a_name_is_three_words_and_two_digits():
    for seed in range(200):
        *words, number = sign_in_names.make(random.Random(seed)).split("-")
        assert len(words) == 3
        assert set(words) <= set(WORDS)
        assert 10 <= int(number) <= 99
        assert int(number) not in sign_in_names.NOT_THESE


@pytest.mark.parametrize(
    "typed",
    ["Amber-Lantern-Field-42", " amber lantern field 42 ", "ámber–lantern‑fíeld_42", "ＡＭＢＥＲ-lantern-field-42"],
)
def test_a_name_typed_in_another_way_is_the_same_name(typed: str):
    assert sign_in_names.folded(typed) == "amber-lantern-field-42"


def test_every_made_name_is_stored_as_it_is_typed():
    for seed in range(200):
        made = sign_in_names.make(random.Random(seed))
        assert sign_in_names.folded(made) == made
        assert len(made) <= Person._meta.get_field("sign_in_name").max_length
