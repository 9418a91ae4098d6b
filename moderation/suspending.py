"""Who may decide on somebody's place here. Plain functions; every "no" has a reason that can be shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.policies import acts_in_office
from communities.queries import apart_from
from people.decisions import YES, Decision, no

SUSPENDABLE = frozenset({State.ACTIVE, State.ON_A_BREAK, State.INACTIVE})


def may_decide_about(membership: Membership, about: Membership, now: datetime) -> Decision:
    """The Top Three in office (or caretakers) about another member of their community, not in a conflict.

    Never about oneself (domain, section 4.3). Why somebody is in a conflict is not said: one answer for all of it.
    Two queries.
    """
    if not (office := acts_in_office(membership, now)):
        return office
    if about.community_id != membership.community_id:
        return no(_("This person is not here."))
    if about.pk == membership.pk or about.pk in apart_from(membership, now):
        return no(_("This one is for the others of you."))
    return YES


def can_be_suspended(about: Membership) -> Decision:
    """A member who has come in and not left. Staff and those who are new are not suspended. No query."""
    if about.kind == Kind.MEMBER and about.state in SUSPENDABLE:
        return YES
    return no(_("This can't be done for this person."))


def may_read_letter(membership: Membership) -> Decision:
    """The letter about one's own place: every member, so that it can still be read when it is over. No query."""
    if membership.kind == Kind.MEMBER and membership.state != State.PROSPECTIVE:
        return YES
    return no(_("There is no letter for you."))


def may_ask_to_return(membership: Membership) -> Decision:
    """Somebody suspended, at any time (domain, section 5). No query."""
    if membership.state == State.SUSPENDED:
        return YES
    return no(_("Your place here is open to you. There is nothing to ask for."))
