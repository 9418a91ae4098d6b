"""The rules: pure functions from a studied text to at most one finding."""

from collections.abc import Callable, Iterator

from . import data
from .budget import Budget
from .damping import damped
from .families import Families, Family, families
from .findings import SELF_HARM, THREAT, Finding
from .match import Match
from .study import Study

Rule = Callable[[Study, Budget], Finding | None]

TOGETHER_WITHIN = 40
FEWEST_TOGETHER = 2
SAID_JUST_NOW = 8
MOST_DAMPED = 150
COST_OF_DAMPING = 8
HEAVY_FROM = 0.6
SMALL_SIGNS = Family("small_signs", "signs")


def imminent_threat(text: Study, budget: Budget) -> Finding | None:
    """Words that may mean an imminent threat to oneself or to others (domain, section 6)."""
    spoke = _speaks(text, families("threat_self", "threat_others", "understated"), budget)
    if spoke is None and text.heaviest() >= HEAVY_FROM:
        spoke = SMALL_SIGNS
    return _finding(THREAT, spoke, urgency=2)


def account_of_self_harm(text: Study, budget: Budget) -> Finding | None:
    """Words that may tell of self-harm (domain, section 6)."""
    return _finding(SELF_HARM, _speaks(text, families("self_harm"), budget), urgency=1)


RULES: dict[str, Rule] = {THREAT: imminent_threat, SELF_HARM: account_of_self_harm}


def _finding(rule: str, spoke: Family | None, *, urgency: int) -> Finding | None:
    return Finding(rule, data.reasons()[spoke.reason], urgency, spoke.name) if spoke else None


def _speaks(text: Study, rule: Families, budget: Budget) -> Family | None:
    """The family that asks for a look: a strong one, or the later of two different weak ones close together."""
    last_said: dict[str, int] = {}
    for match, family in _by_strength(text, rule, budget):
        if match.end - last_said.get(family.name, -TOGETHER_WITHIN) <= SAID_JUST_NOW:
            continue
        if text.weighs_less(match, family.doubted_below, budget):
            continue
        if family.strong:
            return family
        last_said[family.name] = match.end
        together = [name for name, at in last_said.items() if match.end - at <= TOGETHER_WITHIN]
        if len(together) >= FEWEST_TOGETHER:
            return family
    return None


def _by_strength(text: Study, rule: Families, budget: Budget) -> Iterator[tuple[Match, Family]]:
    """What nothing makes harmless: strong ones as they come, then weak ones, so that the plainest reason is given."""
    weak: list[tuple[Match, Family]] = []
    left = MOST_DAMPED
    for match in rule.matcher.find(text.reading, budget):
        family = rule.by_name[match.phrase.family]
        if not family.strong:
            weak.append((match, family))
            continue
        budget.spend(COST_OF_DAMPING)
        # So many that each was made harmless is no longer believed: a person looks.
        if left and damped(match, family.damped_by, text.reading, text.harmless):
            left -= 1
        else:
            yield match, family
    yield from _undamped_weak(text, weak, budget)


def _undamped_weak(text: Study, weak: list[tuple[Match, Family]], budget: Budget) -> Iterator[tuple[Match, Family]]:
    tried: dict[str, int] = {}
    for match, family in weak:
        if match.end - tried.get(family.name, -TOGETHER_WITHIN) <= SAID_JUST_NOW:
            continue
        budget.spend(COST_OF_DAMPING)
        if not damped(match, family.damped_by, text.reading, text.harmless):
            tried[family.name] = match.end
            yield match, family
