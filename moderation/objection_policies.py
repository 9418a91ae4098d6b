"""Who may object, who hears it, and who brings it to the community meeting (domain, sections 4.11 and 5)."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.policies import acts_in_office, stands_in
from moderation.cases import Case
from moderation.circle import Circle
from moderation.lifecycle import OPEN_STATES, ObjectionState
from moderation.models import Objection
from moderation.readers import supervises
from people.decisions import YES, Decision, no


def may_object(membership: Membership, case: Case, last: Objection | None) -> Decision:
    """Everybody about themselves, in every state but died, also after leaving: once to each decision. No query.

    `last`: their newest objection to it. What was heard goes on to the community meeting, not round again.
    """
    if case.about.pk != membership.pk or membership.kind != Kind.MEMBER or membership.state == State.DIED:
        return no(_("You can object to what was decided about you."))
    if last is not None and last.state not in OPEN_STATES and last.made_at >= case.at:
        return no(_("Your objection to this has been heard. You can bring it to the community meeting."))
    return YES


def may_hear(membership: Membership, circle: Circle, now: datetime) -> Decision:
    """Somebody else than those who decided, without a conflict, with the second step given. One query.

    The Top Three in office (or caretakers); an alternate where too few of those are left.
    """
    stands_in_here = circle.stands_in(membership.pk)
    if not (office := stands_in(membership, now) if stands_in_here else acts_in_office(membership, now)):
        return office
    if not circle.includes(membership.pk):
        return no(_("This one is not yours to hear. Others of you look at it."))
    return YES


def may_be_asked_to_hear(membership: Membership) -> Decision:
    """Whether objections may ever be theirs to hear: those in office and their alternates. No query: by the door."""
    if supervises(membership.everybodys_offices, membership.pk):
        return YES
    return no(_("Objections go to those who look after this place."))


def acts_on_objections(membership: Membership, now: datetime) -> Decision:
    """Whether the second step was given that hearing asks for. One query."""
    return acts_in_office(membership, now) if membership.decides else stands_in(membership, now)


def may_bring_on(membership: Membership, objection: Objection) -> Decision:
    """Its maker, once it was heard and the decision stands: to the community meeting. No query."""
    if objection.by_id == membership.pk and objection.state == ObjectionState.STANDS:
        return YES
    return no(_("This can't be done any more."))


def may_withdraw(membership: Membership, objection: Objection) -> Decision:
    """Its maker, while it is open. No query."""
    if objection.by_id == membership.pk and objection.state in OPEN_STATES:
        return YES
    return no(_("This can't be done any more."))
