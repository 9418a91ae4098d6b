"""The set the rules were developed on: floors below which they may not fall back.

These figures say nothing about words nobody has seen; test_held_out.py does.
"""

from pathlib import Path

import pytest

from boards.screening import screen

SET = Path(__file__).parents[3] / "boards" / "screening" / "development"


def lines(name: str) -> list[str]:
    return [line for line in (SET / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize(("name", "fewest"), [("threat", 250), ("self_harm", 120), ("harmless", 500)])
def test_development_set_is_broad_and_says_nothing_twice(name, fewest):
    said = lines(name)

    assert len(said) >= fewest
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(("name", "floor"), [("threat", 0.98), ("self_harm", 0.97)])
def test_grave_words_are_held(name, floor):
    said = lines(name)
    missed = [line for line in said if not screen(line)]

    assert 1 - len(missed) / len(said) >= floor, missed


def test_harmless_words_are_seldom_held():
    said = lines("harmless")
    held = [line for line in said if screen(line)]

    assert len(held) / len(said) <= 0.06, held
