"""Opening a plan, looking, suggesting and closing at the same moment: one is first, nothing is read after the end."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import IntegrityError
from django.http import Http404

from crisisplans.lifecycle import OpeningKind
from crisisplans.link_words import LinkWords
from crisisplans.models import Opening, OutsideLink, Plan, ReviewDone, Suggestion
from crisisplans.services import close_opening, looking
from crisisplans.services.looking import note_look
from crisisplans.services.reviewing import record_review
from crisisplans.services.sharing import open_by_link, open_to_members
from crisisplans.services.suggesting import accept_suggestion, suggest, take_back_suggestion
from tests.crisisplans.opening import HOURS, OPEN_PARTS, opened, plan_of
from tests.races.race import Race, both_ways, lost


class OnAPlan(Race):
    """A race about Heron's plan; what an earlier run of it left is closed."""

    plan: Plan

    def prepare(self) -> None:
        found = Plan.objects.filter(person=self.cast.heron.person).first()
        self.plan = found or plan_of(self.cast.heron)
        self.before = set(Opening.objects.values_list("pk", flat=True))
        self.moment.shift(timedelta(minutes=5))

    def made(self) -> int:
        return Opening.objects.exclude(pk__in=self.before).count()


class TheSameOpeningTwice(OnAPlan):
    def jobs(self) -> list[Callable[[], Any]]:
        facts = {"kind": OpeningKind.REVIEW, "parts": OPEN_PARTS, "readers": [self.cast.fern], "lasts": HOURS}
        return [partial(open_to_members, by=self.cast.heron, plan=self.plan, **facts)] * 2

    def held(self, outcomes: list[Any]) -> bool:
        return self.made() == 1


class TheSameLinkTwice(OnAPlan):
    def prepare(self) -> None:
        super().prepare()
        self.key = uuid4()

    def jobs(self) -> list[Callable[[], Any]]:
        facts = {"parts": OPEN_PARTS, "words": LinkWords("my GP"), "lasts": HOURS, "form_key": self.key}
        return [partial(open_by_link, person=self.cast.heron.person, plan=self.plan, **facts)] * 2

    def held(self, outcomes: list[Any]) -> bool:
        if any(isinstance(fault, IntegrityError) for fault in outcomes):
            return False
        links = OutsideLink.objects.exclude(opening__in=self.before).count()
        return self.made() == links == 1 and len({one.token for one in outcomes}) == 1


class LookAgainstClose(OnAPlan):
    """Whoever looks has the opening before them when it is closed."""

    def prepare(self) -> None:
        super().prepare()
        self.opening, self.late = opened(self.cast.heron, self.cast.fern, plan=self.plan), False
        keep = looking._keep

        def kept(opening: Opening, *rest: Any) -> None:
            keep(opening, *rest)
            self.late = Opening.objects.filter(pk=opening.pk).exclude(closed_at=None).exists()

        self.patch.setattr(looking, "_keep", kept)

    def jobs(self) -> list[Callable[[], Any]]:
        def look() -> Any:
            try:
                return note_look(by=self.cast.fern, pk=self.opening.pk, now=self.moment())
            except Http404:
                return None

        return [look, partial(close_opening, opening=self.opening, by="test", why="test")]

    def held(self, outcomes: list[Any]) -> bool:
        return not self.late


class OfASuggestion(OnAPlan):
    def prepare(self) -> None:
        super().prepare()
        opening = opened(self.cast.heron, self.cast.fern, plan=self.plan)
        self.row = suggest(by=self.cast.fern, pk=opening.pk, part="well", text=f"Some words {uuid4()}")

    def accepting(self) -> Callable[[], Any]:
        row = Suggestion.objects.select_related("opening__plan").get(pk=self.row.pk)
        said = {"text": None, "seen_version": 1, "agreed": True}
        return partial(accept_suggestion, person=self.cast.heron.person, suggestion=row, **said)

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(map(lost, outcomes)) == [False, True]


class AcceptAgainstTakingBack(OfASuggestion):
    def jobs(self) -> list[Callable[[], Any]]:
        return [self.accepting(), partial(take_back_suggestion, by=self.cast.fern, pk=self.row.pk)]


class AcceptTwice(OfASuggestion):
    def jobs(self) -> list[Callable[[], Any]]:
        return [self.accepting(), self.accepting()]


class TwoPutDownOneReview(OnAPlan):
    def prepare(self) -> None:
        super().prepare()
        self.opening = opened(self.cast.heron, self.cast.fern, self.cast.moss, plan=self.plan)
        for reader in (self.cast.fern, self.cast.moss):
            note_look(by=reader, pk=self.opening.pk, now=self.moment())

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(record_review, by=reader, pk=self.opening.pk) for reader in (self.cast.fern, self.cast.moss)]

    def held(self, outcomes: list[Any]) -> bool:
        broken = [fault for fault in outcomes if isinstance(fault, IntegrityError)]
        return not broken and ReviewDone.objects.filter(opening=self.opening).count() == 1


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    TheSameOpeningTwice, TheSameLinkTwice, LookAgainstClose, AcceptAgainstTakingBack, AcceptTwice, TwoPutDownOneReview
)
