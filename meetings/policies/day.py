"""Who has a turn at chairing, writing and looking after the room, and who changes the order of the day."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from communities.lifecycle import Kind, State
from communities.models import Membership
from meetings.models.groups import Group
from meetings.models.sessions import Session
from meetings.policies.timetable import may_change_group, may_keep_timetable, runs_session
from people.decisions import YES, Decision, no

# People are there a little before it begins.
IN_THE_ROOM = timedelta(minutes=30)


def may_have_turns(membership: Membership) -> Decision:
    """Chair, secretary and housekeeper are active members: an office, which a suspension from the board takes too
    (domain, section 5 names them beside the Top Three). No query."""
    if membership.kind == Kind.MEMBER and membership.state == State.ACTIVE:
        return YES
    return no(_("This is for active members."))


def may_take_turn(membership: Membership, session: Session, now: datetime) -> Decision:
    """Take a turn that nobody has, in a session that is not over and takes place. No query."""
    if session.community_id != membership.community_id:
        return no(_("There is no such session here."))
    if not session.takes_place or session.is_over(now):
        return no(_("This session is over, or was called off."))
    return may_have_turns(membership)


def may_hand_turn(membership: Membership, session: Session, now: datetime) -> Decision:
    """Write down who does it after all: whoever runs the session, from half an hour before it to its end."""
    if not is_in_the_room(session, now):
        return no(_("This is written down in the room, when the session is about to begin."))
    return runs_session(membership, session, now)


def is_in_the_room(session: Session, now: datetime) -> bool:
    """Whether people are together for it: from half an hour before to its end. No query."""
    return session.takes_place and session.starts_at - IN_THE_ROOM <= now < session.ends_at


def may_write_order(membership: Membership, group: Group | None, now: datetime) -> Decision:
    """The community's order: whoever keeps the timetable. A group's own: whoever keeps that. One query at most."""
    return may_change_group(membership, group, now) if group else may_keep_timetable(membership, now)


def may_say_topic(membership: Membership, session: Session, now: datetime) -> Decision:
    """Say what a session is about: whoever runs it, until it is over. Queries as `runs_session`."""
    if session.is_over(now) or not session.takes_place:
        return no(_("This session is over, or was called off."))
    return runs_session(membership, session, now)
