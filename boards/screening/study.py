"""All that is found out about a text once, for every rule to use."""

from bisect import bisect_right
from dataclasses import dataclass

from . import data
from .budget import Budget
from .damping import Harmless
from .evidence import COST_OF_WORD, Weighed, features, weigh, weigh_all
from .families import harmless_phrases
from .match import Match
from .reading import Reading, read

CLOSE = 6
WINDOWS_OF_A_WORD = 4


@dataclass(frozen=True)
class Study:
    """A text's reading, its harmless phrases, and the weight of each of its windows."""

    reading: Reading
    harmless: Harmless
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
        close = [reading.words[at] for at in reach if reading.stretches[at] == same]
        budget.spend(len(close) * COST_OF_WORD)
        return weigh(features(close), data.weights())


def study(text: str, budget: Budget) -> Study:
    """Read and weigh a text once."""
    reading = read(text, budget)
    harmless = Harmless.find(reading, harmless_phrases(), budget)
    return Study(reading, harmless, weigh_all(reading, data.weights(), budget))
