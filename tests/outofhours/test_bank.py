"""The bank of lead service users: registering, the training signed off by two, stepping down and coming back."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from communities.models import KeepApart, Membership
from communities.services import change_state
from notices.models import Notice
from outofhours.lifecycle import PLACE_STEPS, Item, PlaceState
from outofhours.models import BankPlace, BankTerm, SignOff
from outofhours.queries import in_bank, is_in_bank
from outofhours.services import come_back, register_for_training, set_learnt, sign_off, step_down
from outofhours.training import TEXTS
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.communities.said import words
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def learnt(member: Membership) -> BankPlace:
    """Somebody who has registered and ticked the whole checklist."""
    register_for_training(by=member)
    return set_learnt(by=member, items=list(Item))


def ready(cast: Cast, member: Membership) -> BankPlace:
    """Somebody whom Wren and Dale have signed off."""
    place = learnt(member)
    sign_off(place=place, by=sitting_now(cast.wren))
    assert sign_off(place=place, by=sitting_now(cast.dale))
    return BankPlace.objects.get(pk=place.pk)


def names(cast: Cast) -> list[str]:
    return [term.place.membership.display_name for term in in_bank(cast.fellside, clock.now())]


def test_two_sign_off_and_then_somebody_is_in_the_bank(cast: Cast) -> None:
    place = learnt(cast.heron)
    assert names(cast) == []
    assert not sign_off(place=place, by=sitting_now(cast.wren))
    assert not sign_off(place=place, by=sitting_now(cast.wren))
    assert sign_off(place=place, by=sitting_now(cast.dale))
    assert names(cast) == ["Heron"]
    assert list(SignOff.objects.order_by("pk").values_list("signs_as", flat=True)) == ["top_three", "staff"]
    assert Notice.objects.filter(kind="training_signed", person=cast.heron.person).count() == 1
    assert not Notice.objects.filter(kind="training_waits", withdrawn_at=None).exists()


def test_two_of_staff_are_not_enough(cast: Cast) -> None:
    place = learnt(cast.heron)
    assert not sign_off(place=place, by=sitting_now(cast.dale))
    assert not sign_off(place=place, by=sitting_now(cast.glen))
    assert sign_off(place=place, by=sitting_now(cast.ash))


def test_a_lead_service_user_signs_without_a_second_step(cast: Cast) -> None:
    ready(cast, cast.heron)
    place = learnt(cast.moss)
    assert not sign_off(place=place, by=cast.heron)
    assert sign_off(place=place, by=sitting_now(cast.glen))
    assert SignOff.objects.filter(signs_as="lsu").count() == 1


@pytest.mark.parametrize("key", ["heron", "moss", "linden", "rowan", "otter", "bramble"])
def test_nobody_else_signs_off_nor_for_themselves(cast: Cast, key: str) -> None:
    place = learnt(cast.heron)
    with pytest.raises(Refused):
        sign_off(place=place, by=sitting_now(cast[key]))


@pytest.mark.parametrize("key", ["wren", "dale"])
def test_the_top_three_and_staff_give_their_second_step(cast: Cast, key: str) -> None:
    with pytest.raises(Refused) as refused:
        sign_off(place=learnt(cast.heron), by=cast[key])
    assert refused.value.remedy == "second_step"


def test_one_of_the_top_three_does_not_sign_their_own(cast: Cast) -> None:
    with pytest.raises(Refused):
        sign_off(place=learnt(cast.wren), by=sitting_now(cast.wren))


def test_a_checklist_that_is_not_whole_is_not_signed(cast: Cast) -> None:
    place = learnt(cast.heron)
    set_learnt(by=cast.heron, items=list(Item)[:7])
    with pytest.raises(Refused):
        sign_off(place=place, by=sitting_now(cast.wren))


def test_stepping_down_and_coming_back_need_no_reason_and_nobody(cast: Cast, time_machine: TimeMachineFixture) -> None:
    ready(cast, cast.heron)
    time_machine.shift(timedelta(days=3))
    step_down(by=cast.heron)
    assert names(cast) == []
    time_machine.shift(timedelta(days=300))
    come_back(by=cast.heron)
    assert names(cast) == ["Heron"]
    assert BankTerm.objects.count() == 2
    assert BankTerm.objects.order_by("pk").first().ended_at is not None


def test_who_was_still_learning_takes_it_up_again(cast: Cast) -> None:
    register_for_training(by=cast.heron)
    set_learnt(by=cast.heron, items=[Item.PAIR])
    step_down(by=cast.heron)
    assert come_back(by=cast.heron).state == PlaceState.LEARNING
    assert BankPlace.objects.get().learnt.count() == 1


@pytest.mark.parametrize(("away", "back"), [("begin_break", "end_break"), ("make_inactive", "welcome_back")])
def test_the_bank_ends_with_being_away_and_coming_back_is_ones_own(
    cast: Cast, time_machine: TimeMachineFixture, away: str, back: str
) -> None:
    ready(cast, cast.heron)
    time_machine.shift(timedelta(days=1))
    change_state(membership=cast.heron, verb=away, by="site")
    assert names(cast) == []
    time_machine.shift(timedelta(days=1))
    change_state(membership=cast.heron, verb=back, by="site")
    assert names(cast) == []
    come_back(by=cast.heron)
    assert names(cast) == ["Heron"]
    first = BankTerm.objects.order_by("pk").first()
    assert first.ended_at == clock.now()
    with pytest.raises(Conflict):
        come_back(by=cast.heron)


def test_suspension_ends_it_at_once(cast: Cast) -> None:
    ready(cast, cast.heron)
    until = clock.now() + timedelta(days=3)
    change_state(membership=cast.heron, verb="suspend", by="site", suspended_from="board", suspended_until=until)
    assert not is_in_bank(cast.heron, clock.now())
    with pytest.raises(Refused):
        come_back(by=cast.heron)


# State x verb x role: what one's own place lets one do, and nobody else in any state.
OWN = {
    ("none", "register"),
    ("none", "tick_refused"),
    ("learning", "register"),
    ("learning", "tick"),
    ("learning", "step_down"),
    ("learning", "sign"),
    ("ready", "register"),
    ("ready", "step_down"),
    ("stepped_down", "register"),
    ("stepped_down", "come_back"),
}


def bring(cast: Cast, member: Membership, state: str) -> None:
    if state in {"learning", "stepped_down_learning"}:
        learnt(member)
    if state in {"ready", "stepped_down"}:
        ready(cast, member)
    if state == "stepped_down":
        step_down(by=member)


VERBS = {
    "register": lambda cast, by: register_for_training(by=by),
    "tick": lambda cast, by: set_learnt(by=by, items=[Item.PAIR]),
    "step_down": lambda cast, by: step_down(by=by),
    "come_back": lambda cast, by: come_back(by=by),
    "sign": lambda cast, by: sign_off(place=BankPlace.objects.get(membership=by), by=sitting_now(cast.ash)),
}


@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize("state", ["none", *PlaceState.values])
def test_place_state_by_verb(cast: Cast, state: str, verb: str) -> None:
    bring(cast, cast.heron, state)
    try:
        VERBS[verb](cast, cast.heron)
        done = True
    except (Refused, Conflict, BankPlace.DoesNotExist):
        done = False
    assert done is ((state, verb) in OWN)


@pytest.mark.parametrize("key", ["finch", "hazel", "sorrel", "bramble", "thorn", "dale"])
def test_the_bank_is_for_active_members(cast: Cast, key: str) -> None:
    for verb in ("register", "come_back", "step_down", "tick"):
        with pytest.raises(Refused):
            VERBS[verb](cast, cast[key])


def test_every_step_of_the_table_is_used_and_every_part_has_its_words() -> None:
    assert set(PLACE_STEPS) == {"sign_off", "step_down", "come_back", "take_up_again"}
    assert list(TEXTS) == list(Item)


def test_two_kept_apart_do_not_meet_here_and_neither_is_told(cast: Cast) -> None:
    ready(cast, cast.moss)
    place = learnt(cast.heron)
    now = clock.now()
    KeepApart.objects.create(
        community=cast.fellside,
        asker=cast.heron,
        other=cast.moss,
        state="in_force",
        asked_at=now,
        since=now,
        begun_by=cast.heron,
    )
    assert "Heron" not in words(client_of(cast.moss).get("/c/fellside/bank/"))
    assert client_of(cast.moss).post(f"/c/fellside/bank/training/{place.pk}/").status_code == 404
    with pytest.raises(Conflict):
        sign_off(place=place, by=cast.moss)
    assert "Heron" in words(client_of(cast.wren).get("/c/fellside/bank/"))


def test_another_communitys_place_is_missing(cast: Cast) -> None:
    place = learnt(cast.heron)
    for slug in ("riverside", "fellside"):
        assert client_of(cast.otter).post(f"/c/{slug}/bank/training/{place.pk}/").status_code == 404
    assert not SignOff.objects.exists()


def test_pages_lead_from_registering_to_the_bank(cast: Cast) -> None:
    heron = client_of(cast.heron)
    assert "Nobody yet." in words(heron.get("/c/fellside/bank/"))
    heron.post("/c/fellside/bank/", {"verb": "register"})
    page = heron.get("/c/fellside/bank/training/").content.decode()
    assert page.count('type="checkbox"') == len(Item)
    heron.post("/c/fellside/bank/training/", {"items": Item.values})
    assert "All is ticked." in words(heron.get("/c/fellside/bank/training/"))
    place = BankPlace.objects.get()
    for key in ("wren", "glen"):
        client = client_of(cast[key])
        assert "Yes, I have talked it through with Heron" in words(client.get("/c/fellside/bank/"))
        client.post(f"/c/fellside/bank/training/{place.pk}/")
    said = words(client_of(cast.moss).get("/c/fellside/bank/"))
    assert "In the bank now" in said
    assert "Heron" in said
    assert client_of(cast.wren).post(f"/c/fellside/bank/training/{place.pk}/").status_code == 409


def test_how_far_somebody_is_stays_theirs_and_the_signers(cast: Cast) -> None:
    learnt(cast.heron)
    assert "Heron" not in words(client_of(cast.moss).get("/c/fellside/bank/"))
    register_for_training(by=cast.fern)
    assert "Fern" not in words(client_of(cast.wren).get("/c/fellside/bank/"))


def test_a_community_without_a_bank_says_so(cast: Cast) -> None:
    cast.fellside.preset = "crisis_house"
    cast.fellside.save()
    client = client_of(cast.heron)
    assert "Our rules have no bank" in words(client.get("/c/fellside/bank/"))
    assert client.post("/c/fellside/bank/", {"verb": "register"}).status_code == 403
    assert not BankPlace.objects.exists()


def test_it_is_on_record_without_what_was_ticked_and_costs_the_same(cast: Cast, django_assert_max_num_queries) -> None:
    for key in ("heron", "moss", "fern"):
        ready(cast, cast[key])
    for key in ("clover", "rowan"):
        learnt(cast[key])
    entries = Entry.objects.filter(subject__startswith="bank place")
    assert {entry.verb for entry in entries} == {"register for training", "tick training", "sign off training"}
    assert not any(item in entry.facts for entry in entries for item in Item.values)
    client = client_of(cast.wren)
    with django_assert_max_num_queries(15):
        client.get("/c/fellside/bank/")
    with django_assert_max_num_queries(10):
        client.get("/c/fellside/bank/training/")
