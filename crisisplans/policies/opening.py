"""Who may open a plan to others, and who may look at what was opened (domain, section 4.5)."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import Kind, State, SuspendedFrom
from communities.models import Membership
from communities.policies import acts_as_staff
from crisisplans.models import Opening
from crisisplans.queries.opened import OPENS_FROM, readings_at
from people.decisions import YES, Decision, no


def may_read(membership: Membership, opening: Opening, now: datetime) -> Decision:
    """Whether this member may read what the opening holds, at this moment: its readers, as `readings_at` has them, and
    of staff only with the second step given (safety checks, 1.1, 1.9). Nobody else, whatever their office. One query.
    """
    if not readings_at(now).filter(opening=opening, membership=membership).exists():
        return no(_("This is not open to you."))
    return may_look_now(membership, now)


def may_look_now(membership: Membership, now: datetime) -> Decision:
    """Whether somebody to whom a plan is open may look in this sitting: staff give a second step first. No query."""
    return acts_as_staff(membership, now) if membership.is_staff else YES


def may_have_plans_opened(membership: Membership) -> Decision:
    """Whether anything can be open to this member at all: those who are here and active, staff too. No query."""
    return YES if membership.state == State.ACTIVE else no(_("This is for those who are here now."))


def may_open_here(membership: Membership) -> Decision:
    """Whether a member may open their own plan to people of this community. No query.

    Somebody new before they are admitted (that is what a review is for), away by their own choice, or suspended from
    the board only, who is everything else as before (domain, section 5). The plan itself stays everybody's own.
    """
    from_board = membership.state == State.SUSPENDED and membership.suspended_from == SuspendedFrom.BOARD
    if membership.kind == Kind.MEMBER and (membership.state in OPENS_FROM or from_board):
        return YES
    return no(_("You can't open your plan to people here for now. It stays yours."))
