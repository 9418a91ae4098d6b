"""Two at once on the rota: one takes a time over, and two who take over from each other do not wait for ever."""

from datetime import date, time, timedelta
from threading import Barrier

import pytest

import clock
from communities import turns
from communities.models import Asking, Hours
from communities.services import ask_others, rota, take_over
from tests.at_once import at_once
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def a_turn(cast: Cast, key: str) -> tuple[int, date]:
    on = clock.now().date() + timedelta(days=3)
    row = Hours.objects.create(
        membership=cast[key], what="turn", weekday=on.weekday(), on=on, starts=time(19), ends=time(23)
    )
    return row.pk, on


def asked(cast: Cast, key: str) -> Asking:
    pk, on = a_turn(cast, key)
    return ask_others(by=cast[key], pk=pk, on=on)


def test_two_who_take_a_time_at_once_are_one(cast: Cast) -> None:
    asking = asked(cast, "wren")
    people = [cast.ash, cast.juniper]
    found = at_once(*(lambda by=by: take_over(asking=asking, by=by) for by in people))
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "NoneType"]
    assert Hours.objects.filter(what="turn").count() == 1
    assert Asking.objects.get().taken_by in people


def test_two_who_take_over_from_each_other_both_do(cast: Cast) -> None:
    one, other = asked(cast, "wren"), asked(cast, "ash")
    found = at_once(
        lambda: take_over(asking=one, by=cast.ash),
        lambda: take_over(asking=other, by=cast.wren),
    )
    # Whoever is first has both times; the second then gives one of them.
    assert all(str(type(fault).__name__) in {"NoneType", "Conflict"} for fault in found)
    assert Asking.objects.filter(state="taken").count() >= 1


@pytest.mark.postgres_only
def test_without_the_lock_two_take_the_same_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asking = asked(cast, "wren")
    meeting = Barrier(2)

    def both_look_first(pk: int) -> Asking:
        row = Asking.objects.select_related("by__community", "by__person", "to").get(pk=pk)
        meeting.wait(timeout=10)
        return row

    monkeypatch.setattr("communities.asking.lock_membership", lambda member: member)
    monkeypatch.setattr(turns, "lock_asking", both_look_first)
    monkeypatch.setattr(rota, "_take_out", lambda look: None)
    at_once(*(lambda by=by: take_over(asking=asking, by=by) for by in (cast.ash, cast.juniper)))
    assert Hours.objects.filter(what="turn").exclude(membership=cast.wren).count() == 2
