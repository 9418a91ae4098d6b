"""Two at once about a pack: one order stands and the other is told; one form is one thing; a plan is asked for once."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from meetings.lifecycle import ItemState
from meetings.models import AgendaItem
from meetings.pack_times import fingerprint
from meetings.queries.agenda import arranged_items
from meetings.services.pack import Placing, add_item, arrange
from people.decisions import Conflict
from tests.cast import sitting_now
from tests.meetings.making import a_meeting, an_item
from tests.races.race import Race, both_ways


class TwoOrders(Race):
    def prepare(self) -> None:
        AgendaItem.objects.filter(state=ItemState.WAITING).delete()
        self.meeting = a_meeting(self.cast.fellside)
        self.items = [an_item(self.cast.heron) for _ in range(2)]

    def jobs(self) -> list[Callable[[], Any]]:
        seen = fingerprint(arranged_items(self.meeting, all_of_it=True, now=self.moment.at))
        first, second = (item.pk for item in self.items)
        job = partial(arrange, meeting=self.meeting, seen=seen)
        return [
            partial(job, by=sitting_now(self.cast.wren), placings=[Placing(first, 1, 5), Placing(second, 2, 5)]),
            partial(job, by=sitting_now(self.cast.ash), placings=[Placing(second, 1, 9), Placing(first, 2, 9)]),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        placed = list(AgendaItem.objects.filter(state=ItemState.WAITING).values_list("place", "minutes"))
        whole = {place for place, _minutes in placed} == {1, 2} and len({minutes for _place, minutes in placed}) == 1
        return whole and sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


class OneForm(Race):
    def prepare(self) -> None:
        AgendaItem.objects.filter(state=ItemState.WAITING).delete()
        self.form = uuid4()

    def jobs(self) -> list[Callable[[], Any]]:
        job = partial(add_item, by=self.cast.heron, title="The kettle", why="", form_key=self.form)
        return [job, job]

    def held(self, outcomes: list[Any]) -> bool:
        return len({getattr(outcome, "pk", None) for outcome in outcomes}) == 1


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(TwoOrders, OneForm)
