"""The rules: pure functions from a studied text to at most one finding."""

import math
from collections.abc import Callable

from . import data
from .budget import Budget
from .families import Family
from .findings import SELF_HARM, THREAT, Finding
from .study import Found, Study

Rule = Callable[[Study, Budget], Finding | None]

TOGETHER_WITHIN = 40
FEWEST_TOGETHER = 2
HEAVY_FROM = -0.8
HEAVIER_BY_DOUBLING = 1.3
QUIETER_BY_DOUBLING = 0.8
SMALL_SIGNS = Family("small_signs", THREAT, "signs")


def imminent_threat(text: Study, budget: Budget) -> Finding | None:
    """Words that may mean an imminent threat to oneself or to others (domain, section 6)."""
    spoke = _speaks(text, THREAT, budget)
    if spoke is None and text.heaviest() >= heavy_from(text):
        spoke = SMALL_SIGNS
    return _finding(spoke, urgency=2)


def heavy_from(text: Study) -> float:
    """From which weight one window is heavy: the more windows a text has, the likelier one is so by chance.

    It depends on how many there are and never on what the others say.
    """
    return HEAVY_FROM + HEAVIER_BY_DOUBLING * _doublings(text)


def _doublings(text: Study) -> float:
    return math.log2(max(1, text.reading.sentences_read()))


def account_of_self_harm(text: Study, budget: Budget) -> Finding | None:
    """Words that may tell of self-harm (domain, section 6)."""
    return _finding(_speaks(text, SELF_HARM, budget), urgency=1)


RULES: dict[str, Rule] = {THREAT: imminent_threat, SELF_HARM: account_of_self_harm}


def _finding(spoke: Family | None, *, urgency: int) -> Finding | None:
    return Finding(spoke.rule, data.reasons()[spoke.reason], urgency, spoke.name) if spoke else None


def _speaks(text: Study, rule: str, budget: Budget) -> Family | None:
    """The family that asks for a look: the first strong one, or the later of two different weak ones close together."""
    believed = [one for one in text.found if one.family.rule == rule and not one.damped]
    strong = (one for one in believed if one.family.strong)
    first = next((one.family for one in strong if _believed(text, one, budget)), None)
    return first or _together(text, [one for one in believed if not one.family.strong], budget)


def _believed(text: Study, one: Found, budget: Budget) -> bool:
    # Quiet phrases turn up by chance, too, the more sentences there are; plain ones do not.
    limit = one.family.doubted_below + (QUIETER_BY_DOUBLING * _doublings(text) if one.family.quiet else 0.0)
    return not text.weighs_less(one.match, limit, budget)


def _together(text: Study, weak: list[Found], budget: Budget) -> Family | None:
    last_said: dict[str, int] = {}
    for one in weak:
        if not _believed(text, one, budget):
            continue
        last_said[one.family.name] = one.match.end
        together = [name for name, at in last_said.items() if one.match.end - at <= TOGETHER_WITHIN]
        if len(together) >= FEWEST_TOGETHER:
            return one.family
    return None
