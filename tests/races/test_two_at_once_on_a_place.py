"""Two at once on somebody's place here: one is first, the other is told; asked at once is asked once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from audit.queries import entries_about, verify
from communities.lifecycle import State
from communities.models import KeepApart
from communities.services import ask_apart, end_if_over
from moderation.models import ReturnAsked, ReturnVoice, Suspension
from moderation.services import ask_to_return, drop_suspension, end_what_is_over
from notices.models import Notice
from tests.cast import Cast, sitting_now
from tests.communities.test_keep_apart import says
from tests.moderation.suspending import by_two, confirmed, now_of, proposed, said
from tests.races.at_once import Moment, at_once
from tests.races.race import Race, both_ways, lost


def one_won(outcomes: list[Any]) -> bool:
    return sorted(map(lost, outcomes)) == [False, True] and not any(
        isinstance(outcome, Exception) and not lost(outcome) for outcome in outcomes
    )


class TwoConfirm(Race):
    def prepare(self) -> None:
        for rows in (ReturnVoice, ReturnAsked, Suspension):
            rows.objects.all().delete()
        self.cast.heron.state = "active"
        self.cast.heron.suspended_from, self.cast.heron.suspended_until = "", None
        self.cast.heron.save()
        self.row = proposed(self.cast.heron, self.cast.wren)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(confirmed, self.row, one) for one in (self.cast.ash, self.cast.juniper)]

    def held(self, outcomes: list[Any]) -> bool:
        told = Notice.objects.filter(person=self.cast.heron.person, kind="suspended", key=f"{self.row.ref}:told")
        return one_won(outcomes) and told.count() == 1


class ConfirmAgainstDrop(TwoConfirm):
    def jobs(self) -> list[Callable[[], Any]]:
        drop = partial(drop_suspension, suspension=self.row, by=sitting_now(self.cast.juniper))
        return [partial(confirmed, self.row, self.cast.ash), drop]

    def held(self, outcomes: list[Any]) -> bool:
        out = now_of(self.cast.heron).state == State.SUSPENDED
        self.row.refresh_from_db()
        return one_won(outcomes) and (self.row.state == "in_force") is out


class TwoSayComeBack(TwoConfirm):
    """Three even: the first is one voice, the second ends it, the third is told. Each has spoken, and looked, first."""

    meets = tuple(f"moderation.services.returning.{name}" for name in ("apart_from", "target", "record"))
    times = 2
    racers = 3

    def prepare(self) -> None:
        super().prepare()
        confirmed(self.row, self.cast.ash)
        ask_to_return(by=now_of(self.cast.heron))

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(said, self.row, one) for one in (self.cast.wren, self.cast.ash, self.cast.juniper)]

    def held(self, outcomes: list[Any]) -> bool:
        back = now_of(self.cast.heron).state == State.ACTIVE
        return back and [outcomes.count(False), outcomes.count(True), sum(map(lost, outcomes))] == [1, 1, 1]


class TwoSayApart(Race):
    def prepare(self) -> None:
        KeepApart.objects.filter(state="in_force").update(state="ended", closed_at=self.moment.at)
        self.row = ask_apart(by=self.cast.fern, other=self.cast.moss)
        says(self.row, self.cast.wren)

    def jobs(self) -> list[Callable[[], Any]]:
        return [partial(says, self.row, one) for one in (self.cast.ash, self.cast.juniper)]

    def held(self, outcomes: list[Any]) -> bool:
        return one_won(outcomes) and "in_force" in outcomes


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    TwoConfirm, ConfirmAgainstDrop, TwoSayComeBack, TwoSayApart
)


def test_the_door_and_the_sweep_at_once_end_it_once(cast: Cast, moment: Moment) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    moment.shift(timedelta(hours=73))
    outcomes = at_once(partial(end_if_over, cast.heron), end_what_is_over, partial(end_if_over, cast.heron))
    assert not [fault for fault in outcomes if isinstance(fault, Exception)]
    end_what_is_over()
    assert entries_about(cast.fellside.chain, cast.heron.ref).filter(verb="end suspension").count() == 1
    assert Notice.objects.filter(kind="suspension_over", key=f"{row.ref}:over").count() == 1
    assert verify() == []
