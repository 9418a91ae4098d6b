"""The rules: pure functions from a reading to at most one finding."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import data
from .budget import Budget
from .damping import Harmless, damped
from .evidence import COST_OF_WORD, Weighed, features, weigh, weigh_all
from .findings import SELF_HARM, THREAT, Finding
from .match import Match, Matcher
from .phrases import phrases_of
from .reading import Reading

Rule = Callable[[Reading, Budget], Finding | None]

HELD_AT = 2
TOGETHER_WITHIN = 40
MOST_DAMPED = 150
COST_OF_DAMPING = 8
DOUBTED_BELOW = -2.0
CLOSE = 6
HEAVY_FROM = 0.6
SMALL_SIGNS = "small_signs"


@dataclass(frozen=True)
class Family:
    """A family of phrases: its reason, how much it weighs, what can make it harmless.

    `doubted_below`: it holds only where the words around it do not all weigh less than this.
    """

    name: str
    reason: str
    weight: int = HELD_AT
    damped_by: tuple[str, ...] = ()
    doubted_below: float = DOUBTED_BELOW


@dataclass(frozen=True)
class RuleData:
    """One rule's families and the matcher over all their phrases."""

    families: dict[str, Family]
    matcher: Matcher


@cache
def rule_data(*files: str) -> RuleData:
    """The families of the named data files, made ready once."""
    written = data.families(*files)
    families = {family["name"]: _family(family) for family in written}
    phrases = [phrase for family in written for phrase in phrases_of(family["name"], tuple(family["phrases"]))]
    return RuleData(families, Matcher(phrases, crosses=True))


def _family(written: dict[str, Any]) -> Family:
    return Family(
        name=written["name"],
        reason=written["reason"],
        weight=written.get("weight", HELD_AT),
        damped_by=tuple(written["damped_by"]),
        doubted_below=written.get("doubted_below", DOUBTED_BELOW),
    )


@cache
def harmless_matcher() -> Matcher:
    """Over all harmless phrases. They never reach over the end of a sentence."""
    written = data.families("harmless")
    phrases = [phrase for family in written for phrase in phrases_of(family["name"], tuple(family["phrases"]))]
    return Matcher(phrases, crosses=False)


def imminent_threat(reading: Reading, budget: Budget) -> Finding | None:
    """Words that may mean an imminent threat to oneself or to others (domain, section 6)."""
    weighed = weigh_all(reading, data.weights(), budget)
    spoke = _speaks(reading, rule_data("threat_self", "threat_others", "understated"), weighed, budget)
    if spoke is None and any(window.weight >= HEAVY_FROM for window in weighed):
        spoke = Family(SMALL_SIGNS, "signs")
    return Finding(THREAT, data.reasons()[spoke.reason], 2, spoke.name) if spoke else None


def account_of_self_harm(reading: Reading, budget: Budget) -> Finding | None:
    """Words that may tell of self-harm (domain, section 6)."""
    spoke = _speaks(reading, rule_data("self_harm"), weigh_all(reading, data.weights(), budget), budget)
    return Finding(SELF_HARM, data.reasons()[spoke.reason], 1, spoke.name) if spoke else None


RULES: dict[str, Rule] = {THREAT: imminent_threat, SELF_HARM: account_of_self_harm}


def _speaks(reading: Reading, rule: RuleData, weighed: list[Weighed], budget: Budget) -> Family | None:
    """The family that asks for a look: a strong one, or the later of two different weak ones close together."""
    last_weak: dict[str, int] = {}
    for match, family in _undamped(reading, rule, budget):
        if _doubted(match, family, reading, weighed, budget):
            continue
        if family.weight >= HELD_AT:
            return family
        last_weak[family.name] = match.end
        near = [name for name, at in last_weak.items() if match.end - at <= TOGETHER_WITHIN]
        if len(near) >= HELD_AT:
            return family
    return None


def _doubted(match: Match, family: Family, reading: Reading, weighed: list[Weighed], budget: Budget) -> bool:
    """Whether the words close by, and every window that holds the end of the match, weigh harmless."""
    first = bisect_right(weighed, match.end, key=lambda window: window.end)
    around = [window.weight for window in weighed[first : first + 4] if window.start <= match.end]
    if not around or max(around) >= family.doubted_below:
        return False
    close = [
        reading.words[at]
        for at in range(max(0, match.start - CLOSE), min(len(reading.words), match.end + CLOSE + 1))
        if reading.stretches[at] == reading.stretches[match.end]
    ]
    budget.spend(len(close) * COST_OF_WORD)
    return weigh(features(close), data.weights()) < family.doubted_below


def _undamped(reading: Reading, rule: RuleData, budget: Budget) -> Iterator[tuple[Match, Family]]:
    harmless = Harmless.find(reading, harmless_matcher(), budget)
    left = MOST_DAMPED
    for match in _by_weight(rule.matcher.find(reading, budget), rule):
        family = rule.families[match.phrase.family]
        budget.spend(COST_OF_DAMPING)
        # So many that each was made harmless is no longer believed: a person looks.
        if left and damped(match, family.damped_by, reading, harmless):
            left -= 1
            continue
        yield match, family


def _by_weight(matches: Iterable[Match], rule: RuleData) -> Iterator[Match]:
    """Strong ones first as they come; weak ones after them, in order, so that the plainest reason is given."""
    weak: list[Match] = []
    for match in matches:
        if rule.families[match.phrase.family].weight >= HELD_AT:
            yield match
        else:
            weak.append(match)
    yield from weak
