"""Who asks when others can meet, who answers, and who makes sessions of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.policies import is_staff_here, takes_part
from meetings.lifecycle.polls import TimesState
from meetings.models.polls import TimePoll
from meetings.policies.timetable import may_keep_timetable
from people.decisions import YES, Decision, no


def may_see_polls(membership: Membership) -> Decision:
    """What is asked, and how many can when: active, prospective, suspended from the board only, and staff. No query."""
    return is_staff_here(membership) if membership.is_staff else may_answer(membership)


def may_answer(membership: Membership) -> Decision:
    """Whoever comes to groups: active, prospective, suspended from the board only. Staff don't answer. No query."""
    comes = membership.is_as_active or membership.state == State.PROSPECTIVE
    if membership.kind == Kind.MEMBER and comes:
        return YES
    return no(_("This is for members."))


def may_ask_times(membership: Membership) -> Decision:
    """Ask the others: any member who takes part, as for starting a group that members lead. No query."""
    return YES if takes_part(membership) else no(_("Active members can ask this."))


def may_mark(membership: Membership, poll: TimePoll, now: datetime) -> Decision:
    """Answer one poll, until it is over. No query."""
    if poll.community_id != membership.community_id:
        return no(_("There is no such thing here."))
    return may_answer(membership) and is_asked(poll, now)


def may_run_poll(membership: Membership, poll: TimePoll, now: datetime) -> Decision:
    """Change its times, make sessions of it, call it off: whoever asked while they take part, and those who keep the
    timetable. One query at most.
    """
    if poll.community_id != membership.community_id:
        return no(_("There is no such thing here."))
    if poll.made_by_id == membership.pk and may_ask_times(membership):
        return YES
    return may_keep_timetable(membership, now)


def is_asked(poll: TimePoll, now: datetime) -> Decision:
    """Whether a poll can still be answered: neither made into sessions nor called off, and its time not over."""
    if poll.state == TimesState.OPEN and now < poll.until:
        return YES
    return no(_("This is not asked any more."))
