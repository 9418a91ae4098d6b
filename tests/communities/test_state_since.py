"""Since when somebody has stood as they do: written with every step, whoever made the membership."""

from datetime import timedelta

import pytest

import clock
from communities.lifecycle import State
from communities.models import Membership, StateSince
from communities.services import change_state, join, propose_invitation, send_invitation
from tests.cast import Cast, sitting_now
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def states_of(member: Membership) -> list[tuple[str, int]]:
    """Each state with how many days ago it began."""
    now = clock.now()
    return [(row.state, (now - row.since).days) for row in StateSince.objects.filter(membership=member)]


def test_every_step_leaves_a_row_and_the_first_also_says_how_they_stood_before(cast: Cast, time_machine) -> None:
    change_state(membership=cast.heron, verb="begin_break", by="site")
    time_machine.shift(timedelta(days=3))
    change_state(membership=cast.heron, verb="end_break", by="site")
    assert states_of(cast.heron) == [(State.ACTIVE, 243), (State.ON_A_BREAK, 3), (State.ACTIVE, 0)]


def test_two_steps_at_one_moment_keep_their_order(cast: Cast) -> None:
    for verb in ("begin_break", "end_break", "begin_break"):
        change_state(membership=cast.heron, verb=verb, by="site")
    assert [state for state, _days in states_of(cast.heron)] == ["active", "on_a_break", "active", "on_a_break"]


def test_whoever_comes_in_has_a_row_from_the_first_moment(cast: Cast) -> None:
    invitation = propose_invitation(by=cast.heron, label="the one from choir")
    token = send_invitation(invitation=invitation, by=sitting_now(cast.wren))
    member = join(token=token, person=cast.stranger, display_name="Robin")
    assert states_of(member) == [(State.PROSPECTIVE, 0)]


def test_step_that_another_release_took_without_a_row_is_made_good(cast: Cast, time_machine) -> None:
    change_state(membership=cast.heron, verb="begin_break", by="site")
    time_machine.shift(timedelta(days=2))
    Membership.objects.filter(pk=cast.heron.pk).update(state=State.ACTIVE, state_since=clock.now())
    time_machine.shift(timedelta(days=1))
    change_state(membership=cast.heron, verb="make_inactive", by="site")
    assert [state for state, _days in states_of(cast.heron)] == ["active", "on_a_break", "active", "inactive"]
