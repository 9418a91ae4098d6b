"""Who may decide on somebody's place here. Plain functions; every "no" has a reason that can be shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from boards.queries.holding import stepped_aside
from communities.apart import apart_from
from communities.lifecycle import DECIDING_OFFICES, Kind, State
from communities.models import Membership
from communities.policies import acts_in_office, stands_in
from communities.queries import offices_in
from moderation.circle import Circle, Offices, circle
from people.decisions import YES, Decision, no

SUSPENDABLE = frozenset({State.ACTIVE, State.ON_A_BREAK, State.INACTIVE})


def circle_about(about: Membership, now: datetime, *, case: str = "", offices: Offices | None = None) -> Circle:
    """Who may decide about this member's place: those in office but themselves, whoever is kept apart from them, and
    whoever left this `case` to the others; alternates where fewer than two are left. Three queries, two with `offices`.
    """
    held = offices_in(about.community_id, now) if offices is None else offices
    return circle(held, without={about.pk} | apart_from(about, now) | stepped_aside({case}))


def may_decide_about(membership: Membership, about: Membership, now: datetime, *, case: str = "") -> Decision:
    """Whether this member has a say about another's place here, with the second step given (domain, section 4.3).

    Never about oneself. Why somebody is in a conflict is not said: one answer for all of it. Four queries.
    """
    if about.community_id != membership.community_id:
        return no(_("This person is not here."))
    offices = offices_in(membership.community_id, now)
    left = circle_about(about, now, case=case, offices=offices)
    decides = offices.get(membership.pk, frozenset()) & DECIDING_OFFICES
    if not left.includes(membership.pk) and decides:
        return no(_("This one is for the others of you."))
    if left.stands_in(membership.pk):
        return stands_in(membership, now)
    return acts_in_office(membership, now)


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
