"""Who may do what in a community. Plain functions; every "no" has a reason that can be shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import DECIDING_OFFICES, HERE, Kind, Office, State, SuspendedFrom
from communities.models import Membership
from communities.queries import has_died, members_of_kind, offices_of, rules_of
from people import sittings
from people.decisions import YES, Decision, no
from people.models import Person

# With fewer active members there is nobody yet to vote (domain, section 2, "Starting one").
FEWEST_TO_VOTE = 5


def holds_office(membership: Membership, now: datetime) -> Decision:
    """Whether the member is one of the Top Three (or a caretaker) at this moment: enough to look. One query."""
    if offices_of(membership, now) & DECIDING_OFFICES:
        return YES
    return no(_("Only the Top Three can do this while they are in office."))


def acts_in_office(membership: Membership, now: datetime) -> Decision:
    """Whether the member may act as one of the Top Three (or a caretaker) at this moment.

    In office, active, and with the second step given within 12 hours (safety checks 1.9, 1.14). One query.
    """
    held = holds_office(membership, now)
    return _second_step(membership, now) if held else held


def stands_in(membership: Membership, now: datetime) -> Decision:
    """Whether the member may act as an alternate at this moment, with the second step given. One query."""
    if Office.ALTERNATE in offices_of(membership, now):
        return _second_step(membership, now)
    return no(_("Only alternates can do this while they are in office."))


def acts_as_staff(membership: Membership, now: datetime) -> Decision:
    """Whether this is staff of the community acting with the second step given within 12 hours. No query."""
    works_here = is_staff_here(membership)
    return _second_step(membership, now) if works_here else works_here


def is_staff_here(membership: Membership) -> Decision:
    """Whether this is staff of the community now. No query."""
    if membership.kind == Kind.STAFF and membership.state == State.ACTIVE:
        return YES
    return no(_("Only staff can do this."))


def _second_step(membership: Membership, now: datetime) -> Decision:
    if not sittings.fresh(membership.sitting, now):
        return no(
            _("Please give your second sign-in step again first. It keeps everybody safe."),
            remedy="second_step",
        )
    return YES


def may_set_hours(membership: Membership, now: datetime) -> Decision:
    """Staff set cover hours; the Top Three, caretakers and alternates set duty hours. One query for members."""
    if membership.kind == Kind.STAFF:
        return is_staff_here(membership)
    if offices_of(membership, now) & (DECIDING_OFFICES | {Office.ALTERNATE}):
        return YES
    return no(_("Hours are for the Top Three, their alternates and staff."))


def takes_part(membership: Membership) -> bool:
    """Whether somebody is a member like any other in all but the board: active, or suspended from the board only
    (domain, section 5). No query."""
    return membership.kind == Kind.MEMBER and membership.is_as_active


def may_propose_invitation(membership: Membership) -> Decision:
    """Any active member may propose somebody; suspended from the board only, one is as an active member elsewhere."""
    if takes_part(membership):
        return YES
    return no(_("Members of the community can invite somebody."))


def two_may_admit(membership: Membership) -> Decision:
    """Whether two who look after the place admit somebody together: not where the rules have a vote for it, once there
    are five members to vote (domain, sections 2 and 5). At most two queries."""
    if not rules_of(membership.community).admission_vote:
        return YES
    active = members_of_kind(membership.community, Kind.MEMBER).count()
    if active < FEWEST_TO_VOTE:
        return YES
    return no(_("Here members vote on who joins. Any member can propose it."))


def may_take_break(membership: Membership) -> Decision:
    """A break is every member's own: it begins and ends with a button, nobody deciding."""
    return YES if membership.kind == Kind.MEMBER else no(_("A break is for members."))


def may_have_own_data(person: Person) -> Decision:
    """Oneself, in every state but died: then somebody else holds the phone (domain, section 5). One query."""
    return no(_("This can't be done any more.")) if has_died(person) else YES


def may_leave(membership: Membership) -> Decision:
    """Leaving is everybody's own, members and staff, away or suspended too, nobody deciding (domain, sections 5, 6)."""
    return YES if membership.state in HERE else no(_("You have left already."))


def opens_ways_back(membership: Membership, now: datetime) -> Decision:
    """Whether the page of ways back is for them: staff and the Top Three in office. One query for members."""
    return is_staff_here(membership) if membership.is_staff else holds_office(membership, now)


def may_begin_way_back(membership: Membership, now: datetime) -> Decision:
    """Staff, or the Top Three in office, acting with their second step given. One query for members."""
    return acts_as_staff(membership, now) if membership.is_staff else acts_in_office(membership, now)


def may_read_rules(membership: Membership) -> Decision:
    """ "How we run this place" is for everybody here but those suspended from everything (domain, section 5)."""
    if membership.suspended_from == SuspendedFrom.EVERYTHING:
        return no(_("This page is closed to you for now."))
    return YES


def needs_welcome(membership: Membership) -> bool:
    """Whether the first visit is still to come: the front page then leads to the welcome, once. No query."""
    return membership.welcomed_at is None and membership.state in {State.PROSPECTIVE, State.ACTIVE}


def may_see_people(membership: Membership) -> Decision:
    """The list of who is here: active members, members suspended from the board only, and staff."""
    if membership.is_as_active:
        return YES
    return no(_("This page is for active members."))
