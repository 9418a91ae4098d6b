"""The life cycle of a membership, state by state and verb by verb (domain, sections 3 and 5)."""

from datetime import timedelta

import pytest
import time_machine

import clock
from audit.queries import entries_about
from communities.lifecycle import DECIDING_OFFICES, STEPS, Office, State, SuspendedFrom
from communities.models import Membership, TermOfOffice
from communities.policies import acts_as_staff, acts_in_office, may_set_hours
from communities.queries import deciders, is_open_for_writing, officers, offices_of
from communities.services import change_state, end_term, start_term
from people.decisions import Conflict
from tests.cast import Cast, sitting_now

# Written by hand from the domain paper, apart from the code's own table: what each verb makes of each state.
ALLOWED = {
    ("prospective", "admit"): "active",
    ("prospective", "leave"): "left",
    ("prospective", "record_death"): "died",
    ("active", "begin_break"): "on_a_break",
    ("active", "make_inactive"): "inactive",
    ("active", "suspend"): "suspended",
    ("active", "leave"): "left",
    ("active", "record_death"): "died",
    ("on_a_break", "end_break"): "active",
    ("on_a_break", "make_inactive"): "inactive",
    ("on_a_break", "suspend"): "suspended",
    ("on_a_break", "leave"): "left",
    ("on_a_break", "record_death"): "died",
    ("inactive", "welcome_back"): "active",
    ("inactive", "suspend"): "suspended",
    ("inactive", "leave"): "left",
    ("inactive", "record_death"): "died",
    ("suspended", "suspend"): "suspended",
    ("suspended", "end_suspension"): "active",
    ("suspended", "leave"): "left",
    ("suspended", "record_death"): "died",
    ("left", "join_again"): "prospective",
    ("left", "record_death"): "died",
}


def in_state(membership: Membership, state: str) -> Membership:
    suspended = state == State.SUSPENDED
    membership.state = state
    membership.suspended_from = SuspendedFrom.BOARD if suspended else ""
    membership.suspended_until = clock.now() + timedelta(days=7) if suspended else None
    membership.save()
    return membership


@pytest.mark.parametrize("state", [str(state) for state in State])
@pytest.mark.parametrize("verb", sorted(STEPS))
def test_step_follows_the_table_and_is_recorded_or_changes_nothing(cast: Cast, state: str, verb: str) -> None:
    member = in_state(cast.heron, state)
    more = {"suspended_from": "board", "suspended_until": clock.now() + timedelta(days=7)} if verb == "suspend" else {}
    target = ALLOWED.get((state, verb))
    if target is None:
        with pytest.raises(Conflict):
            change_state(membership=member, verb=verb, by="site", **more)
        assert Membership.objects.get(pk=member.pk).state == state
        assert not entries_about(cast.fellside.chain, member.ref).exists()
        return
    changed = change_state(membership=member, verb=verb, by="site", **more)
    assert changed.state == Membership.objects.get(pk=member.pk).state == target
    assert [entry.verb for entry in entries_about(cast.fellside.chain, member.ref)] == [verb.replace("_", " ")]


def test_every_verb_of_the_table_is_tested() -> None:
    assert {verb for _state, verb in ALLOWED} == set(STEPS)


@pytest.mark.parametrize("verb", ["begin_break", "make_inactive", "suspend", "leave", "record_death"])
def test_leaving_active_ends_the_office_and_coming_back_does_not_restore_it(cast: Cast, verb: str) -> None:
    more = {"suspended_from": "board", "suspended_until": clock.now() + timedelta(days=7)} if verb == "suspend" else {}
    away = change_state(membership=cast.wren, verb=verb, by="site", **more)
    assert offices_of(away, clock.now()) == frozenset()
    in_state(away, State.ACTIVE)
    assert offices_of(away, clock.now()) == frozenset()


def test_term_ends_by_itself_to_the_second(cast: Cast) -> None:
    term = TermOfOffice.objects.get(membership=cast.wren)
    with time_machine.travel(term.ends_at - timedelta(seconds=1), tick=False):
        assert acts_in_office(sitting_now(cast.wren), clock.now())
        assert deciders(cast.fellside, clock.now()).count() == 3
    with time_machine.travel(term.ends_at, tick=False):
        assert not acts_in_office(sitting_now(cast.wren), clock.now())
        # Ash's term ran as long; Juniper stays alone, so the board closes for writing.
        assert list(deciders(cast.fellside, clock.now())) == [cast.juniper]
        assert not is_open_for_writing(cast.fellside, clock.now())


def test_term_that_begins_later_gives_nothing_before(cast: Cast) -> None:
    now = clock.now()
    start_term(
        membership=cast.heron,
        office=Office.TOP_THREE,
        by="site",
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=181),
    )
    assert offices_of(cast.heron, now) == frozenset()
    assert offices_of(cast.heron, now + timedelta(days=1)) == {Office.TOP_THREE}


def test_stepping_down_ends_a_term_at_once_and_is_recorded_once(cast: Cast) -> None:
    term = TermOfOffice.objects.get(membership=cast.ash)
    end_term(term=term, by=cast.ash.ref)
    end_term(term=term, by=cast.ash.ref)
    assert offices_of(cast.ash, clock.now()) == frozenset()
    assert [entry.verb for entry in entries_about(cast.fellside.chain, cast.ash.ref)] == ["end term"]


def test_caretaker_holds_the_top_threes_duties_without_an_end(cast: Cast) -> None:
    later = clock.now() + timedelta(days=700)
    assert offices_of(cast.otter, later) & DECIDING_OFFICES
    assert is_open_for_writing(cast.riverside, later)


def test_one_persons_office_is_of_one_community_only(cast: Cast) -> None:
    start_term(membership=cast.moss, office=Office.TOP_THREE, by="site", ends_at=None)
    assert offices_of(cast.moss, clock.now())
    assert not offices_of(cast.pebble, clock.now())


@pytest.mark.parametrize(
    ("name", "acts"), [("wren", True), ("otter", True), ("rowan", False), ("linden", False), ("heron", False)]
)
def test_acting_in_office_needs_office_and_a_second_step(cast: Cast, name: str, acts: bool) -> None:
    now = clock.now()
    without = acts_in_office(cast[name], now)
    assert not without
    assert (without.remedy == "second_step") is acts
    assert bool(acts_in_office(sitting_now(cast[name]), now)) is acts


def test_second_step_is_asked_for_again_after_twelve_hours(cast: Cast) -> None:
    now = clock.now()
    assert acts_in_office(sitting_now(cast.wren, at=now - timedelta(hours=11, minutes=59)), now)
    late = acts_in_office(sitting_now(cast.wren, at=now - timedelta(hours=12)), now)
    assert (bool(late), late.remedy) == (False, "second_step")
    assert acts_as_staff(cast.dale, now).remedy == "second_step"
    assert acts_as_staff(sitting_now(cast.dale), now)
    assert not acts_as_staff(sitting_now(cast.wren), now)


def test_hours_are_for_those_who_look(cast: Cast) -> None:
    may = {name for name, member in cast.everybody.items() if may_set_hours(member, clock.now())}
    assert may == {"wren", "ash", "juniper", "rowan", "otter", "kestrel", "dale", "glen", "marsh"}


def test_rules_page_knows_every_seat(cast: Cast) -> None:
    held = [(term.membership.display_name, term.office) for term in officers(cast.fellside, clock.now())]
    assert sorted(held) == [
        ("Ash", "top_three"),
        ("Juniper", "top_three"),
        ("Rowan", "alternate"),
        ("Wren", "top_three"),
    ]
