"""Who may stand, nominate, step down and step in. Plain functions; every "no" has a reason that can be shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.policies import takes_part
from elections.lifecycle import ElectionState
from elections.models import Election
from elections.seats.bench import Bench
from people.decisions import YES, Decision, no


def may_follow_elections(membership: Membership) -> Decision:
    """Who sees who stands: members who take part, and on a break, who are at home here too. No query."""
    on_a_break = membership.kind == Kind.MEMBER and membership.state == State.ON_A_BREAK
    if on_a_break or takes_part(membership):
        return YES
    return no(_("Elections are for members."))


def may_nominate(membership: Membership, election: Election, now: datetime) -> Decision:
    """Who puts names forward, their own or another's: whoever could vote, while people can stand. No query."""
    if not takes_part(membership):
        return no(_("Active members can put a name forward."))
    if election.state != ElectionState.NOMINATING or now >= _closes(election):
        return no(_("The time to stand is over. There will be another election."))
    return YES


def _closes(election: Election) -> datetime:
    return election.nominations_close_at or election.opened_at


def may_be_chosen(candidate: Membership, bench: Bench) -> Decision:
    """Who can hold a seat: active members, but for those whose seat goes on beyond this election. No query."""
    if candidate.kind != Kind.MEMBER or candidate.state != State.ACTIVE:
        return no(_("Only somebody who is an active member can stand."))
    if bench.seat_that_goes_on(candidate.pk):
        return no(_("Whoever holds a seat that goes on does not stand in this election."))
    return YES
