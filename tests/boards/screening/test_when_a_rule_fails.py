"""A rule that fails, hangs or is not there holds the text, and the others still speak (safety checks, 6.4)."""

import logging

import pytest

from boards.screening import LONGEST, TextTooLong, engine, screen
from boards.screening.budget import LOOK_AT_CLOCK_EVERY, Budget, OverBudget
from boards.screening.findings import FAILED, SELF_HARM, THREAT, Finding
from boards.screening.rules import imminent_threat

SAID = "I am going to kill myself tonight"


def fails(text, budget):
    raise ZeroDivisionError(SAID)


def hangs(text, budget):
    while True:
        budget.spend()


def test_a_failing_rule_holds():
    found = engine.run("a quiet day", {"broken": fails})

    assert [(finding.rule, finding.phrase) for finding in found] == [(FAILED, "broken")]


def test_a_hanging_rule_holds():
    found = engine.run("a quiet day", {"endless": hangs})

    assert [(finding.rule, finding.phrase) for finding in found] == [(FAILED, "endless")]


def test_the_other_rules_speak_beside_a_failing_one():
    found = engine.run(SAID, {"broken": fails, "endless": hangs, THREAT: imminent_threat})

    assert {finding.rule for finding in found} == {FAILED, THREAT}


def test_a_rule_nobody_knows_holds():
    assert [finding.rule for finding in screen("a quiet day", rules=frozenset({"no_such_rule"}))] == [FAILED]


def test_a_text_that_cannot_be_read_is_held(monkeypatch):
    monkeypatch.setattr(engine, "study", fails)

    assert [finding.rule for finding in screen("a quiet day")] == [FAILED]


def test_time_ends_a_rule_too():
    budget = Budget(steps=10**9, seconds=-1)

    with pytest.raises(OverBudget):
        budget.spend(LOOK_AT_CLOCK_EVERY)


def test_the_log_never_holds_a_members_words(caplog):
    with caplog.at_level(logging.DEBUG):
        engine.run(SAID, {"broken": fails})

    assert "ZeroDivisionError" in caplog.text
    assert "kill" not in caplog.text


def test_a_text_too_long_is_refused_and_one_just_short_enough_is_not():
    assert screen(" " * LONGEST) == ()
    with pytest.raises(TextTooLong) as refused:
        screen(" " * (LONGEST + 1))
    assert refused.value.length == LONGEST + 1


def test_only_the_rules_asked_for_speak():
    both = screen("I cut myself last night and tonight I am going to kill myself")

    assert {finding.rule for finding in both} == {THREAT, SELF_HARM}
    assert screen(SAID, rules=frozenset()) == ()
    only = screen("I cut myself last night", rules=frozenset({SELF_HARM}))
    assert [finding.rule for finding in only] == [SELF_HARM]


def test_a_finding_says_a_reason_and_never_the_words():
    finding = screen(SAID)[0]

    assert finding == Finding(THREAT, finding.reason, 2, "taking_own_life")
    assert finding.reason.endswith("Please read it soon.")
    assert "myself" not in finding.reason
