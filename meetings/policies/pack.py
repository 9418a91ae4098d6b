"""Who brings something of their own to a meeting, who puts it all in order, and whose plan a session may look at."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from communities.models import Membership
from communities.policies import takes_part
from crisisplans.policies import may_open_here
from meetings.lifecycle.timetable import Role
from meetings.models import CommunityMeeting, Session, SessionRole
from meetings.policies.community_meeting import is_of, may_plan
from people.decisions import YES, Decision, no

# People sit down before the hour.
OPENS_BEFORE = timedelta(minutes=15)


def is_on(session: Session, now: datetime) -> bool:
    """Whether people may be sitting there: from a quarter of an hour before its time to its end. No query."""
    return session.starts_at - OPENS_BEFORE <= now < session.ends_at


def may_add_item(membership: Membership) -> Decision:
    """Bring something in one's own words, without a thread: members who take part. No query."""
    return YES if takes_part(membership) else no(_("Members bring things to a meeting."))


def may_arrange(membership: Membership, meeting: CommunityMeeting, now: datetime) -> Decision:
    """Put its agenda in order and give each thing a time: whoever may plan it, and its chair. Two queries at most."""
    plans = is_of(membership, meeting) and may_plan(membership, now)
    if plans or plans.remedy:
        return plans
    return YES if takes_part(membership) and is_chair(membership, meeting) else plans


def is_chair(membership: Membership, meeting: CommunityMeeting) -> bool:
    """Whether this member is the chair of the session in which it is held. One query."""
    rows = SessionRole.objects.filter(session__meeting=meeting, role=Role.CHAIR, membership=membership)
    return bool(rows.exists())


def may_ask_review(membership: Membership, session: Session, now: datetime) -> Decision:
    """Ask for a look at one's plan with the group: whoever may open it to people here, for a session still to come."""
    if session.community_id != membership.community_id or not session.takes_place or session.has_begun(now):
        return no(_("This can be asked for a session that is still to come."))
    return may_open_here(membership)


def may_open_in(membership: Membership, session: Session, now: datetime) -> Decision:
    """Open one's own plan for those who are there: from a little before a session begins to its end. No query."""
    if session.community_id != membership.community_id or not session.takes_place:
        return no(_("This session does not take place."))
    if not is_on(session, now):
        return no(_("You can open your plan here while the session is on."))
    return may_open_here(membership)
