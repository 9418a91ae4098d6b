"""`peernet screen` answers one line for each line."""

from boards.screening import LONGEST
from boards.screening.command import lines


def test_each_line_is_answered_in_order():
    said = ["Lovely group today\n", "I am going to kill myself tonight\n", "\n", "x" * (LONGEST + 1)]

    assert list(lines(said)) == ["clear", "held imminent_threat:taking_own_life", "clear", "held too_long"]


def test_all_rules_that_held_are_named():
    answer = next(lines(["I cut myself last night and tonight I am going to kill myself"]))

    assert answer.startswith("held ")
    assert {part.split(":")[0] for part in answer.removeprefix("held ").split(", ")} == {
        "imminent_threat",
        "account_of_self_harm",
    }


def test_lines_are_answered_as_they_come():
    def endless():
        while True:
            yield "a quiet day"

    answers = lines(endless())

    assert next(answers) == next(answers) == "clear"
