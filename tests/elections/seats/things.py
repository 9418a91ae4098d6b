"""Something at each address of elections and seats, put there without asking the services."""

from datetime import timedelta

import clock
from communities.lifecycle import Office
from communities.models import Membership, TermOfOffice
from elections.lifecycle import ElectionKind, ElectionState, StandingState
from elections.models import Election, Nomination

SEATS = {
    "elections:answer_nomination",
    "elections:election",
    "elections:elections",
    "elections:nominate",
    "elections:own_nominations",
    "elections:seats",
    "elections:stand",
    "elections:stand_in",
    "elections:step_down",
}


def things_at(name: str, whose: Membership) -> dict[str, object]:
    """What the address of this name needs, of this member's where it is somebody's own."""
    if name == "elections:step_down":
        return {"pk": _term(whose).pk}
    if name == "elections:answer_nomination":
        return {"pk": _nomination(whose).pk}
    if name in {"elections:election", "elections:stand", "elections:nominate"}:
        return {"pk": _election(whose).pk}
    return {}


def _election(whose: Membership) -> Election:
    now = clock.now()
    made = {"kind": ElectionKind.BY_ELECTION, "opened_at": now, "nominations_close_at": now + timedelta(days=7)}
    state = ElectionState.NOMINATING
    return Election.objects.get_or_create(community=whose.community, state=state, defaults=made)[0]


def _nomination(whose: Membership) -> Nomination:
    now = clock.now()
    made = {"proposed_by": whose, "state": StandingState.STANDING, "made_at": now, "changed_at": now}
    return Nomination.objects.get_or_create(election=_election(whose), candidate=whose, defaults=made)[0]


def _term(whose: Membership) -> TermOfOffice:
    """One that they hold, or one that is over."""
    return whose.terms.first() or TermOfOffice.objects.create(
        membership=whose,
        office=Office.ALTERNATE,
        starts_at=clock.now() - timedelta(days=9),
        ends_at=clock.now() - timedelta(days=2),
    )
