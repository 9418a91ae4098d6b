"""Two sign a training off at once: it is signed once, and there is one term."""

from threading import Barrier

import pytest

from outofhours.lifecycle import Item, PlaceState
from outofhours.models import BankPlace, BankTerm, SignOff
from outofhours.services import bank, register_for_training, set_learnt, sign_off
from tests.at_once import at_once
from tests.cast import Cast, sitting_now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(cast: Cast) -> BankPlace:
    register_for_training(by=cast.heron)
    return set_learnt(by=cast.heron, items=list(Item))


def test_two_who_sign_at_once_make_one_term(cast: Cast, place: BankPlace) -> None:
    people = [sitting_now(cast[key]) for key in ("wren", "ash")]
    found = at_once(*(lambda by=by: sign_off(place=place, by=by) for by in people))
    assert sorted(map(str, found)) == ["False", "True"]
    assert (BankTerm.objects.count(), SignOff.objects.count()) == (1, 2)
    assert BankPlace.objects.get().state == PlaceState.READY


@pytest.mark.postgres_only
def test_without_the_lock_neither_sees_the_other(cast: Cast, place: BankPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Barrier(2)

    def both_look_first(signed_now: BankPlace) -> list[SignOff]:
        meeting.wait(timeout=10)
        found = list(signed_now.sign_offs.all())
        meeting.wait(timeout=10)
        return found

    monkeypatch.setattr("communities.asking.lock_membership", lambda member: member)
    monkeypatch.setattr(bank, "lock_place", lambda member: BankPlace.objects.get(membership=member))
    monkeypatch.setattr(bank, "signed", both_look_first)
    people = [sitting_now(cast[key]) for key in ("wren", "ash")]
    at_once(*(lambda by=by: sign_off(place=place, by=by) for by in people))
    # Both have signed, and nobody noticed: they wait for ever.
    assert (SignOff.objects.count(), BankTerm.objects.count()) == (2, 0)
