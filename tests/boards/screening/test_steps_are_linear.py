"""Twice the text costs at most twice the steps, whatever it says; no clock is read."""

import pytest

from bench.screening import CASES, steps
from boards.screening import LONGEST
from boards.screening.budget import STEPS

# A little more than two: a window or a spelt-out run may lie over the middle.
AT_MOST = 2.3


@pytest.mark.parametrize("name", CASES)
def test_steps_grow_with_the_length_alone(name):
    text = CASES[name]

    half, whole = steps(text[: LONGEST // 2]), steps(text)

    assert whole <= AT_MOST * half + 100


@pytest.mark.parametrize("name", CASES)
def test_the_worst_texts_stay_well_within_the_budget(name):
    assert steps(CASES[name]) <= STEPS / 2
