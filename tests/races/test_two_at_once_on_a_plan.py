"""Two pages of one person save at one moment: nothing that was saved is lost, and one hears of the other (ADR 0031)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from crisisplans.models import PlanVersion
from crisisplans.services.drafts import keep_draft
from people.decisions import Conflict
from tests.crisisplans.writing import kept, page, save, text_of
from tests.races.race import Race, both_ways


class TwoPartsAtOnce(Race):
    """Different parts: both stand, each in a version of its own."""

    def prepare(self) -> None:
        save(self.cast.heron, "well", "Before")
        save(self.cast.heron, "people", "Before")
        self.seen = PlanVersion.objects.latest("number").number

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(save, self.cast.heron, part, "After", self.seen) for part in ("well", "people")]

    def held(self, outcomes: list[Any]) -> bool:
        both = {text_of(self.cast.heron, part) for part in ("well", "people")}
        return both == {"After"} and all(isinstance(outcome, PlanVersion) for outcome in outcomes)


class OnePartTwice(TwoPartsAtOnce):
    """The same part: one is saved, the other is shown what was."""

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(save, self.cast.heron, "well", text, self.seen) for text in ("Phone", "Library")]

    def held(self, outcomes: list[Any]) -> bool:
        told = [isinstance(outcome, Conflict) for outcome in outcomes]
        return sum(told) == 1 and text_of(self.cast.heron, "well") == ("Library" if told[0] else "Phone")


class TwoPagesKeep(Race):
    """Both are kept."""

    def prepare(self) -> None:
        save(self.cast.heron, "well", "Before")

    def jobs(self) -> list[Callable[[], Any]]:
        def keep(text: str) -> Callable[[], Any]:
            ways = {"person": self.cast.heron.person, "kind": "crisis", "part": "safe", "seen_version": 1}
            return partial(keep_draft, fields={"text": text}, page=page(text), **ways)

        return [keep("From the phone"), keep("From the library")]

    def held(self, outcomes: list[Any]) -> bool:
        return set(kept(self.cast.heron, "safe")) == {"From the phone", "From the library"}


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(TwoPartsAtOnce, OnePartTwice, TwoPagesKeep)
