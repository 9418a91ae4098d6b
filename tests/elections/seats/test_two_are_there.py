"""Two who can decide are always there: who steps in, when, and who is told (domain, section 2)."""

from datetime import timedelta

import pytest
from django.db import transaction
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from communities.lifecycle import Office
from communities.models import Membership, TermOfOffice
from communities.queries import is_open_for_writing
from communities.services import end_break
from elections.lifecycle import ElectionKind
from elections.models import Election, StandIn
from elections.seats.services import offer_to_stand_in, recall, stand, step_down
from elections.services import cast_vote
from moderation.services import change_standing, leave
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast
from tests.elections.seats.steps import (
    NOON,
    deciding,
    end,
    in_office,
    make_active,
    opened,
    the_job_runs,
    to_the_count,
    to_the_vote,
    vote,
    weeks,
)

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def give_back(cast: Cast, *keys: str) -> None:
    for key in keys:
        step_down(term=cast[key].terms.get(), by=cast[key])


def test_two_of_three_are_enough_and_nobody_steps_in(cast: Cast) -> None:
    give_back(cast, "wren")
    assert deciding(cast.fellside) == {"ash", "juniper"}
    assert in_office(cast.fellside, Office.ALTERNATE) == {"rowan"}


@pytest.mark.parametrize("verb", ["step_down", "leave", "begin_break", "suspend", "record_death", "recall"])
def test_alternate_steps_in_in_the_same_transaction_whatever_ended_the_office(cast: Cast, verb: str) -> None:
    give_back(cast, "wren")
    with transaction.atomic():
        if verb == "step_down":
            give_back(cast, "ash")
        elif verb == "recall":
            recall(membership=cast.ash, by="motion:1", now=clock.now())
        else:
            until = {"suspended_from": "board", "suspended_until": clock.now() + timedelta(days=9)}
            change_standing(membership=cast.ash, verb=verb, by="site", **(until if verb == "suspend" else {}))
        assert deciding(cast.fellside) == {"juniper", "rowan"}
    assert in_office(cast.fellside, Office.CARETAKER) == {"rowan"}
    told = Notice.objects.filter(kind="standing_in").values_list("person", flat=True)
    assert list(told) == [cast.rowan.person_id]
    assert Notice.objects.filter(kind="seats_changed", person=cast.heron.person, key__contains=":term-").exists()
    assert not Notice.objects.filter(kind="too_few").exists()
    assert verify() == []


def test_term_that_runs_out_has_its_caretaker_to_the_second_without_any_job(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    give_back(cast, "wren")
    cast.rowan.terms.update(ends_at=None)
    ends_at = cast.ash.terms.get().ends_at
    time_machine.move_to(ends_at - timedelta(days=1), tick=False)
    the_job_runs()
    assert deciding(cast.fellside) == {"ash", "juniper"}
    told = Notice.objects.get(kind="standing_in")
    assert told.person_id == cast.rowan.person_id
    time_machine.move_to(ends_at - timedelta(milliseconds=1), tick=False)
    assert deciding(cast.fellside) == {"ash", "juniper"}
    time_machine.move_to(ends_at, tick=False)
    assert deciding(cast.fellside) == {"rowan", "juniper"}
    assert is_open_for_writing(cast.fellside, clock.now())


def test_caretaker_who_was_to_step_in_is_let_go_when_somebody_is_elected_in_time(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    give_back(cast, "wren")
    cast.rowan.terms.update(ends_at=None)
    election = to_the_vote(opened(cast.fellside), time_machine, cast.heron)
    cast.ash.terms.update(ends_at=election.poll.closes_at + timedelta(hours=1))
    vote(election, cast.moss, cast.heron)
    time_machine.move_to(election.poll.closes_at - timedelta(hours=1), tick=False)
    the_job_runs()
    assert TermOfOffice.objects.filter(membership=cast.rowan, office=Office.CARETAKER).exists()
    to_the_count(election, time_machine)
    time_machine.shift(timedelta(hours=2))
    assert in_office(cast.fellside, Office.CARETAKER) == set()
    assert deciding(cast.fellside) == {"juniper", "heron"}


def test_former_officers_step_in_only_if_they_have_said_so(cast: Cast) -> None:
    give_back(cast, "rowan", "wren", "ash")
    assert deciding(cast.fellside) == {"juniper"}
    asked = Notice.objects.filter(kind="can_you_stand_in").values_list("person", flat=True)
    assert set(asked) == {cast[key].person_id for key in ("wren", "ash", "linden")}
    offer_to_stand_in(by=cast.linden, willing=True)
    assert deciding(cast.fellside) == {"juniper", "linden"}


def test_whoever_said_so_before_steps_in_at_once(cast: Cast) -> None:
    offer_to_stand_in(by=cast.linden, willing=True)
    give_back(cast, "rowan", "wren", "ash")
    assert deciding(cast.fellside) == {"juniper", "linden"}
    assert not Notice.objects.filter(kind__in=["can_you_stand_in", "too_few"]).exists()


def test_nobody_is_left_and_those_who_could_and_staff_are_told_once(cast: Cast) -> None:
    give_back(cast, "rowan", "wren", "ash")
    for _again in range(3):
        the_job_runs()
    too_few = Notice.objects.filter(kind="too_few").values_list("person", flat=True)
    assert sorted(too_few) == sorted(cast[key].person_id for key in ("juniper", "dale", "glen"))
    assert Notice.objects.filter(kind="can_you_stand_in").count() == 3
    assert not is_open_for_writing(cast.fellside, clock.now())


def test_whoever_was_recalled_is_not_asked_and_can_not_offer_but_can_stand(cast: Cast) -> None:
    offer_to_stand_in(by=cast.ash, willing=True)
    recall(membership=cast.ash, by="motion:1", now=clock.now())
    give_back(cast, "rowan", "wren")
    assert deciding(cast.fellside) == {"juniper"}
    with pytest.raises(Refused):
        offer_to_stand_in(by=cast.ash, willing=True)
    stand(election=opened(cast.fellside), by=cast.ash)


def test_offer_made_before_a_break_does_not_outlive_it(cast: Cast) -> None:
    offer_to_stand_in(by=cast.linden, willing=True)
    change_standing(membership=cast.linden, verb="begin_break", by=cast.linden.ref)
    end_break(by=Membership.objects.get(pk=cast.linden.pk))
    give_back(cast, "rowan", "wren", "ash")
    assert deciding(cast.fellside) == {"juniper"}


@pytest.mark.parametrize("key", ["heron", "finch", "hazel", "rowan", "dale"])
def test_who_never_decided_here_can_not_offer(cast: Cast, key: str) -> None:
    with pytest.raises(Refused):
        offer_to_stand_in(by=cast[key], willing=True)
    assert not StandIn.objects.exists()


def test_office_that_begins_later_ends_too_when_its_holder_leaves(cast: Cast) -> None:
    later = TermOfOffice.objects.create(
        membership=cast.heron, office=Office.TOP_THREE, starts_at=clock.now() + timedelta(days=3)
    )
    leave(by=cast.heron)
    later.refresh_from_db()
    assert later.ended_at == clock.now()


def test_founding_caretaker_goes_and_members_choose_however_few_they_are(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    make_active(cast, "otter", "kestrel", "teal")
    leave(by=cast.otter)
    election = opened(cast.riverside)
    assert election.kind == ElectionKind.FIRST
    to_the_vote(election, time_machine, cast.teal, cast.kestrel)
    assert not election.poll or not election.poll.secret
    vote(election, cast.teal, cast.teal, cast.kestrel)
    to_the_count(election, time_machine)
    assert in_office(cast.riverside, Office.TOP_THREE) == {"teal", "kestrel"}


@pytest.fixture
def four(cast: Cast) -> Cast:
    make_active(cast, "otter", "kestrel", "teal", "plover")
    return cast


def confirmation(time: TimeMachineFixture) -> Election:
    began = min(term.starts_at for term in TermOfOffice.objects.filter(office=Office.CARETAKER))
    time.move_to(began + weeks(8) - timedelta(seconds=1), tick=False)
    the_job_runs()
    assert not Election.objects.exists()
    time.move_to(began + weeks(8), tick=False)
    the_job_runs()
    return Election.objects.get()


def test_they_vote_openly_and_not_on_themselves(four: Cast, time_machine: TimeMachineFixture) -> None:
    found = confirmation(time_machine)
    assert found.kind == ElectionKind.CONFIRMATION
    assert not found.poll.secret
    assert set(found.poll.roll.values_list("membership", flat=True)) == {four.teal.pk, four.plover.pk}


@pytest.mark.parametrize(("said", "stay"), [([0, 0], True), ([0], True), ([], True), ([1, 1], False), ([0, 1], False)])
def test_more_yes_than_no_or_nobody_says_anything_and_they_stay(
    four: Cast, time_machine: TimeMachineFixture, said: list[int], stay: bool
) -> None:
    found = confirmation(time_machine)
    for by, choice in zip((four.teal, four.plover), said, strict=False):
        cast_vote(poll=found.poll, by=by, choices=[choice])
    to_the_count(found, time_machine)
    assert found.confirmed is stay
    assert deciding(four.riverside) == {"otter", "kestrel"}
    chosen_anew = Election.objects.filter(kind=ElectionKind.FIRST)
    assert chosen_anew.exists() is not stay


def test_again_after_eight_weeks_and_not_before(four: Cast, time_machine: TimeMachineFixture) -> None:
    first = to_the_count(confirmation(time_machine), time_machine)
    time_machine.move_to(first.opened_at + weeks(8) - timedelta(seconds=1), tick=False)
    the_job_runs()
    assert Election.objects.filter(community=four.riverside).count() == 1
    time_machine.shift(timedelta(seconds=1))
    the_job_runs()
    assert Election.objects.filter(community=four.riverside).count() == 2


def test_alone_caretakers_are_confirmed_by_nobody_and_stay(cast: Cast, time_machine: TimeMachineFixture) -> None:
    make_active(cast, "otter", "kestrel")
    time_machine.shift(weeks(12))
    the_job_runs()
    assert not Election.objects.exists()
    assert deciding(cast.riverside) == {"otter", "kestrel"}


def test_terms_that_ran_out_unseen_are_followed_by_the_next_look(cast: Cast) -> None:
    end(cast.wren, cast.ash, cast.rowan)
    offer_to_stand_in(by=cast.wren, willing=True)
    assert deciding(cast.fellside) == {"juniper", "wren"}
    end(cast.juniper)
    offer_to_stand_in(by=cast.ash, willing=True)
    assert deciding(cast.fellside) == {"wren", "ash"}


def test_stepping_in_is_on_record_without_a_reason_or_a_name(cast: Cast) -> None:
    give_back(cast, "wren", "ash")
    verbs = list(Entry.objects.filter(chain=cast.fellside.chain).values_list("verb", "actor", "subject"))
    assert ("begin term", "site", cast.rowan.ref) in verbs
    assert verbs.count(("end term", cast.ash.ref, cast.ash.ref)) == 1
