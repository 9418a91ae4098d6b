"""Who sees votes and who votes (domain, section 5: active, on the electoral roll; staff where a rule lets them)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import Kind
from communities.models import Membership
from communities.policies import takes_part
from elections.lifecycle import PollState
from elections.models import Elector, Poll
from people.decisions import YES, Conflict, Decision, no

FEWEST_FOR_SECRET = 5


def may_see_polls(membership: Membership) -> Decision:
    """Members who take part see what is voted on; of staff only those who are on its roll. No query."""
    if takes_part(membership):
        return YES
    return no(_("Votes are for active members."))


def may_vote(membership: Membership, line: Elector | None) -> Decision:
    """Whether this member may vote on it: on the roll, and still taking part. No query."""
    if line is None:
        return no(
            _("You are not among those who vote on this. Who votes was settled when it opened, or it is about you.")
        )
    if not membership.is_as_active:
        return no(_("You can vote again when you are back."))
    return YES


def check_in_time(poll: Poll, now: datetime) -> None:
    """Raise `Conflict` where a vote no longer takes ballots, by the database's clock (safety checks, 4.5)."""
    if poll.state == PollState.CANCELLED:
        raise Conflict(_("This vote was called off, so nobody's vote counts."))
    if poll.state != PollState.OPEN or now >= poll.closes_at:
        raise Conflict(_("This vote has closed. A vote that comes after that can't count, however little later it is."))


def secret_is_possible(electorate: Collection[Membership]) -> bool:
    """Whether a vote among these can be secret: not with fewer than 5 members (domain, section 2)."""
    return sum(member.kind == Kind.MEMBER for member in electorate) >= FEWEST_FOR_SECRET
