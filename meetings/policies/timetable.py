"""Who knows the timetable, keeps it, starts a group, and runs one session (domain, section 5)."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import State
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office, is_staff_here, takes_part
from meetings.lifecycle.timetable import GroupState, Role
from meetings.models import Group, Session, Venue
from meetings.roles import roles_in
from people.decisions import YES, Decision, no

# Who of a session's three takes its register and writes its logbook.
RUNS = (Role.CHAIR, Role.SECRETARY)


def may_see_timetable(membership: Membership) -> Decision:
    """Active, prospective, on a break, suspended from the board only, staff; inactive: what one may come back to.

    Which sessions somebody inactive sees, `queries.sessions_seen` says. No query.
    """
    if membership.is_staff:
        return is_staff_here(membership)
    if membership.is_as_active or membership.state in {State.PROSPECTIVE, State.ON_A_BREAK, State.INACTIVE}:
        return YES
    return no(_("The timetable is for members and staff."))


def knows_groups(membership: Membership) -> Decision:
    """The groups' own pages and the places: whoever sees the whole timetable. No query."""
    if membership.state == State.INACTIVE:
        return no(_("This is for members and staff."))
    return may_see_timetable(membership)


def may_keep_timetable(membership: Membership, now: datetime) -> Decision:
    """Staff, and the Top Three in office (or caretakers), with the second step given. One query for members."""
    return acts_as_staff(membership, now) if membership.is_staff else acts_in_office(membership, now)


def may_start_group(membership: Membership, now: datetime) -> Decision:
    """Any member who takes part starts a group that members lead; every other kind: whoever keeps the timetable.

    To start one, to ask for times and to look after what one started is no office; who is suspended from the board only
    does it like an active member (domain, section 5). Chair, secretary and housekeeper are one (`may_have_turns`).
    """
    if takes_part(membership):
        return YES
    return may_keep_timetable(membership, now)


def is_ours(membership: Membership, thing: Group | Session | Venue) -> Decision:
    """Whether it is the member's own community's; else it is not there for them. No query."""
    return YES if thing.community_id == membership.community_id else no(_("There is no such thing here."))


def may_change_group(membership: Membership, group: Group, now: datetime) -> Decision:
    """Whoever keeps the timetable, and of a group that members lead whoever started it. One query at most."""
    if not (ours := is_ours(membership, group)):
        return ours
    if group.state == GroupState.ENDED:
        return no(_("This group has ended. You can start it anew."))
    return _leads_or_keeps(membership, group, now)


def may_change_session(membership: Membership, session: Session, now: datetime) -> Decision:
    """Move one session, call it off or hold it after all: as for its group, until it is over. One query at most."""
    if not (ours := is_ours(membership, session)):
        return ours
    if session.is_over(now):
        return no(_("This is over. It can't be changed any more."))
    if session.meeting_id is not None:
        return may_keep_timetable(membership, now)
    return _leads_or_keeps(membership, session.group or session, now)


def _leads_or_keeps(membership: Membership, thing: Group | Session, now: datetime) -> Decision:
    started = thing.member_led and thing.made_by_id == membership.pk
    if started and takes_part(membership):
        return YES
    return may_keep_timetable(membership, now)


def runs_session(membership: Membership, session: Session, now: datetime) -> Decision:
    """Take its register, write its logbook, read the words of apologies: its chair, secretary and facilitator, staff.

    Of a group that members lead also whoever started it: somebody can always take the register. Members while they are
    active, staff with the second step given. One query for members.
    """
    if not (ours := is_ours(membership, session)):
        return ours
    if membership.is_staff:
        return acts_as_staff(membership, now)
    if membership.state != State.ACTIVE:
        return no(_("This is for those who run the session."))
    thing = session.group or session
    if thing.member_led and thing.made_by_id == membership.pk:
        return YES
    roles = roles_in(session)
    if any(role in roles and roles[role].pk == membership.pk for role in RUNS):
        return YES
    return no(_("This is for the chair and the secretary of this session, and staff."))
