"""All that is found out about a text once, for every rule to use."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from . import data
from .budget import Budget
from .damping import Harmless, damped
from .evidence import COST_OF_WORD, Signs, Weighed, features, weigh, weigh_all
from .families import Family, grave_families, grave_phrases, harmless_phrases
from .match import Match
from .reading import Reading, read

CLOSE = 6
WINDOWS_OF_A_WORD = 4
SAID_JUST_NOW = 8
MOST_DAMPED = 150
COST_OF_DAMPING = 8


@dataclass(frozen=True)
class Found:
    """A phrase that was found, and whether something close by makes it harmless."""

    match: Match
    family: Family
    damped: bool


@dataclass(frozen=True)
class Study:
    """A text's reading, the phrases found in it, and the weight of each of its windows."""

    reading: Reading
    found: list[Found]
    signs: Signs
    weighed: list[Weighed]

    def heaviest(self) -> float:
        """The weight of the heaviest window; minus infinity if there is none."""
        return max((window.weight for window in self.weighed), default=float("-inf"))

    def weighs_less(self, match: Match, limit: float, budget: Budget) -> bool:
        """Whether every window that holds the end of the match, and the words close by, weigh less."""
        first = bisect_right(self.weighed, match.end, key=lambda window: window.end)
        after = self.weighed[first : first + WINDOWS_OF_A_WORD]
        around = [window.weight for window in after if window.start <= match.end]
        return bool(around) and max(around) < limit and self._close_by(match, budget) < limit

    def _close_by(self, match: Match, budget: Budget) -> float:
        reading = self.reading
        reach = range(max(0, match.start - CLOSE), min(len(reading.words), match.end + CLOSE + 1))
        same = reading.stretches[match.end]
        places = [at for at in reach if reading.stretches[at] == same]
        budget.spend(len(places) * COST_OF_WORD)
        signs = features([reading.words[at] for at in places])
        return weigh(signs.union(*(self.signs.get(at, ()) for at in places)), data.weights())


def study(text: str, budget: Budget) -> Study:
    """Read, search and weigh a text once."""
    reading, found, signs = look(text, budget)
    return Study(reading, found, signs, weigh_all(reading, signs, data.weights(), budget))


def look(text: str, budget: Budget) -> tuple[Reading, list[Found], Signs]:
    """Read a text and find the phrases in it, before anything is weighed."""
    reading = read(text, budget)
    harmless = Harmless.find(reading, harmless_phrases(), budget)
    found = list(_search(reading, harmless, budget))
    return reading, found, _signs(found, harmless)


def _search(reading: Reading, harmless: Harmless, budget: Budget) -> Iterator[Found]:
    """Each family's phrases, but not again within a few words of one that nothing made harmless."""
    left = MOST_DAMPED
    said: dict[str, int] = {}
    families = grave_families()
    for match in grave_phrases().find(reading, budget):
        family = families[match.phrase.family]
        if match.end - said.get(family.name, -SAID_JUST_NOW - 1) <= SAID_JUST_NOW:
            continue
        budget.spend(COST_OF_DAMPING)
        # So many that each was made harmless is no longer believed: a person looks.
        lifted = left > 0 and damped(match, family.damped_by, reading, harmless)
        left -= lifted
        if not lifted:
            said[family.name] = match.end
        yield Found(match, family, lifted)


def _signs(found: list[Found], harmless: Harmless) -> Signs:
    """What was found, as signs to be weighed: a family, a family made harmless, a kind of harmless phrase."""
    signs: Signs = {}
    for one in found:
        signs.setdefault(one.match.end, set()).add(f"{'~' if one.damped else '!'}{one.family.name}")
    for kind, end in harmless.ends():
        signs.setdefault(end, set()).add(f"%{kind}")
    return signs
