"""Two pages of one person save at one moment: nothing that was saved is lost, and one hears of the other (ADR 0031)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from crisisplans.models import PlanVersion
from crisisplans.services.drafts import keep_draft
from people.decisions import Conflict
from tests.cast import Cast
from tests.crisisplans.writing import kept, page, save, text_of
from tests.races.at_once import Moment
from tests.races.test_two_at_once_on_a_post import FREE, LOCKED, Patch, Race, fails_without_locks


class TwoPartsAtOnce(Race):
    """Different parts: both stand, each in a version of its own."""

    meets = ("crisisplans.services.saving.hold",)

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

    meets = ("crisisplans.services.drafts._draft_of",)

    def prepare(self) -> None:
        save(self.cast.heron, "well", "Before")

    def jobs(self) -> list[Callable[[], Any]]:
        def keep(text: str) -> Callable[[], Any]:
            ways = {"person": self.cast.heron.person, "kind": "crisis", "part": "safe", "seen_version": 1}
            return partial(keep_draft, fields={"text": text}, page=page(text), **ways)

        return [keep("From the phone"), keep("From the library")]

    def held(self, outcomes: list[Any]) -> bool:
        return set(kept(self.cast.heron, "safe")) == {"From the phone", "From the library"}


RACES = [TwoPartsAtOnce, OnePartTwice, TwoPagesKeep]


@pytest.mark.parametrize("kind", RACES)
def test_nothing_is_lost_between_two_pages(cast: Cast, moment: Moment, monkeypatch: Patch, kind: type[Race]) -> None:
    race = kind(cast, moment, monkeypatch)
    assert [race.run(LOCKED) for _ in range(2)] == [True] * 2


@pytest.mark.parametrize("kind", RACES)
def test_without_locks_it_would_be(cast: Cast, moment: Moment, monkeypatch: Patch, kind: type[Race]) -> None:
    race = kind(cast, moment, monkeypatch)
    fails_without_locks(monkeypatch, lambda: race.run(FREE))
