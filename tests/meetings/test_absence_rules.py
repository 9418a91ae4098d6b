"""The rules about missed meetings, in each preset as the paper has them (domain, section 2)."""

import pytest
from django.core.exceptions import ValidationError

from communities.rules import KINDS

KEYS = ("absence_counts", "absence_row", "answer_days", "after_silence", "suspended_months", "return_plan")
PAPER = {
    "day_community": ("programme_days", 3, 7, "suspend", 3, False),
    "service_user_network": ("weeks", 4, 14, "inactive", 3, True),
    "crisis_house": ("nothing", 4, 14, "nothing", 3, False),
}


@pytest.mark.parametrize("preset", sorted(PAPER))
def test_presets_are_the_papers(preset: str) -> None:
    assert tuple(KINDS[key].values[preset] for key in KEYS) == PAPER[preset]


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("absence_counts", "hours"),
        ("absence_row", "1"),
        ("answer_days", "2"),
        ("after_silence", "remove"),
        ("suspended_months", "7"),
        ("return_plan", "maybe"),
    ],
)
def test_value_a_rule_cannot_have_is_turned_away(key: str, written: str) -> None:
    with pytest.raises(ValidationError):
        KINDS[key].parse(written)


@pytest.mark.parametrize("key", ["absence_counts", "after_silence"])
def test_every_value_is_said_in_plain_words(key: str) -> None:
    said = [KINDS[key].says(value) for value in KINDS[key].choices]
    assert len(set(said)) == 3
    assert all(words.endswith(".") for words in said)
