"""Runs rules over a text. Whatever goes wrong in one, the text is held and the others still run (6.4)."""

import logging
from collections.abc import Callable, Mapping

from . import data
from .budget import Budget
from .findings import FAILED, LONGEST, Finding, TextTooLong
from .rules import RULES, Rule
from .study import Study, study

log = logging.getLogger(__name__)


def run(
    text: str,
    rules: Mapping[str, Rule | None],
    *,
    budget: Callable[[], Budget] = Budget,
) -> tuple[Finding, ...]:
    """Every finding of these rules, a failed rule's too; empty means clear.

    Raises TextTooLong over LONGEST characters, and nothing else.
    """
    if len(text) > LONGEST:
        raise TextTooLong(len(text))
    try:
        studied = study(text, budget())
    except Exception as error:  # whatever it was, the text must wait for a person
        return (_failed("reading", error),)
    findings = (_one(name, rule, studied, budget()) for name, rule in sorted(rules.items()))
    return tuple(finding for finding in findings if finding is not None)


def _one(name: str, rule: Rule | None, studied: Study, budget: Budget) -> Finding | None:
    if rule is None:
        return _failed(name, LookupError("no such rule"))
    try:
        return rule(studied, budget)
    except Exception as error:  # one rule's failure is a hold, not an end
        return _failed(name, error)


def _failed(name: str, error: Exception) -> Finding:
    # Only the kind of error is written down: its text could hold a member's words.
    log.error("screening: %s failed with %s", name, type(error).__name__)
    return Finding(FAILED, data.reasons()["failed"], 1, name)


def screen(text: str, *, rules: frozenset[str] = frozenset(RULES)) -> tuple[Finding, ...]:
    """Ask the named rules whether a person should look at this text before others read it.

    For posts, titles, edits, chat and reports alike (safety checks, 6.5). Empty means clear. Raises
    TextTooLong over LONGEST characters; a rule that fails, hangs or is unknown holds the text instead.
    """
    return run(text, {name: RULES.get(name) for name in rules})
