"""Who says whether they come, for whom, and who reads it (domain, section 5)."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import HERE, Kind, State, SuspendedFrom
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office, is_staff_here, may_see_people
from meetings.models.sessions import Session
from meetings.policies.timetable import runs_session
from meetings.returning import is_return_session
from people.decisions import YES, Decision, no


def stands_to_come(membership: Membership) -> Decision:
    """Whether somebody in this standing comes to sessions at all. No query.

    Active, prospective, on a break (own coming only), suspended from the board only, and staff. Inactive: see
    `may_say_coming`.
    """
    if membership.kind == Kind.STAFF:
        return is_staff_here(membership)
    if membership.is_as_active or membership.state in {State.PROSPECTIVE, State.ON_A_BREAK}:
        return YES
    return no(_("This is not open to you as things stand now."))


def may_say_coming(membership: Membership, session: Session) -> Decision:
    """Say whether one comes to this session oneself. Inactive: only to the one they asked to come back to; a query."""
    if session.community_id != membership.community_id:
        return no(_("There is no such session here."))
    if membership.state == State.INACTIVE and is_return_session(membership, session):
        return YES
    return stands_to_come(membership)


def may_say_for(membership: Membership, about: Membership, session: Session, now: datetime) -> Decision:
    """Put down what somebody said by telephone: whoever runs the session, for a member who is here in any standing."""
    belongs = about.community_id == session.community_id and about.kind == Kind.MEMBER and about.state in HERE
    if not belongs:
        return no(_("This is only for members of this place."))
    return runs_session(membership, session, now)


def may_see_who_comes(membership: Membership) -> Decision:
    """By name: whoever sees who is here at all. Others see how many. No query."""
    return may_see_people(membership)


def may_say_away(membership: Membership) -> Decision:
    """Say that one is away for a time: every member who belongs here but those suspended from everything. No query."""
    if membership.kind == Kind.STAFF:
        return no(_("This is for members."))
    if membership.state in HERE and membership.suspended_from != SuspendedFrom.EVERYTHING:
        return YES
    return no(_("This is not open to you as things stand now."))


def may_say_away_for(membership: Membership, now: datetime) -> Decision:
    """Put down that a member is away, in hospital for instance: staff, and the Top Three in office. One query at most.

    With the second step given: it is about somebody else's health.
    """
    return acts_as_staff(membership, now) if membership.is_staff else acts_in_office(membership, now)


def may_choose_reminders(membership: Membership) -> Decision:
    """Choose when to be reminded: whoever comes to sessions. No query."""
    return stands_to_come(membership)
