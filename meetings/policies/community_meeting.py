"""Who knows of meetings, plans and opens them, brings something to them, and reads the copies (domain, 5 and 7)."""

from datetime import datetime

from django.utils.translation import gettext as _

from boards.models import Thread
from boards.policies import may_read_board, may_see_own_waiting
from communities.lifecycle import State
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office, is_staff_here, stands_in, takes_part
from meetings.items import way_of
from meetings.lifecycle import ItemKind, ItemState
from meetings.models import AgendaItem, CommunityMeeting
from meetings.timing import can_be_opened, is_open, takes_outcomes
from people.decisions import YES, Decision, no

# What members bring themselves; other kinds are put there, and taken off, by the app that they come from.
BROUGHT = frozenset({ItemKind.POINTER, ItemKind.COPY, ItemKind.OTHER})


def may_see_meetings(membership: Membership) -> Decision:
    """When and where the community meets: active, prospective, on a break, suspended from the board only, and staff."""
    if membership.is_staff:
        return is_staff_here(membership)
    if membership.is_as_active or membership.state in {State.PROSPECTIVE, State.ON_A_BREAK}:
        return YES
    return no(_("Meetings are for members and staff."))


def may_see_agenda(membership: Membership) -> Decision:
    """What will be talked about: active members, members suspended from the board only, and staff."""
    if takes_part(membership) or is_staff_here(membership):
        return YES
    return no(_("What will be talked about is for members and staff."))


def may_plan(membership: Membership, now: datetime) -> Decision:
    """Staff, and the Top Three in office (or caretakers), with the second step given. One query for members."""
    return acts_as_staff(membership, now) if membership.is_staff else acts_in_office(membership, now)


def is_of(membership: Membership, thing: CommunityMeeting | AgendaItem) -> Decision:
    """Whether a meeting, or an item of an agenda, is the member's own community's; else it is not there for them."""
    return YES if thing.community_id == membership.community_id else no(_("There is no such thing here."))


def may_move(membership: Membership, meeting: CommunityMeeting, now: datetime) -> Decision:
    """Give a meeting another time, or call it off: whoever may plan one. One query for members."""
    return is_of(membership, meeting) and may_plan(membership, now)


def may_open(membership: Membership, meeting: CommunityMeeting, now: datetime) -> Decision:
    """One of the Top Three, a caretaker or an alternate, about its time; never staff. Two queries at most.

    With it staff may read the copies, so it is members who open it (domain, section 7).
    """
    if membership.is_staff:
        return no(_("One of the Top Three or an alternate opens a meeting."))
    if not (runs := is_of(membership, meeting) and may_run(membership, now)):
        return runs
    if is_open(meeting, now) or can_be_opened(meeting, now):
        return YES
    return no(_("A meeting can be opened from half an hour before its time."))


def may_end(membership: Membership, meeting: CommunityMeeting, now: datetime) -> Decision:
    """Whoever may open one, and staff. Two queries at most."""
    return is_of(membership, meeting) and may_run(membership, now)


def may_run(membership: Membership, now: datetime) -> Decision:
    """Who runs a meeting: those in office, alternates and staff, with the second step given. Two queries at most."""
    if membership.is_staff:
        return acts_as_staff(membership, now)
    held = acts_in_office(membership, now)
    return held if held or held.remedy else stands_in(membership, now)


def may_bring(membership: Membership, thread: Thread, now: datetime) -> Decision:
    """A thread as a pointer: its own author; any thread: the Top Three in office. One query for another's."""
    if not (reads := may_read_board(membership)):
        return reads
    return YES if thread.author_id == membership.pk else acts_in_office(membership, now)


def may_withdraw(membership: Membership, item: AgendaItem, now: datetime) -> Decision:
    """What members brought, while it waits: whoever brought it, or the Top Three in office. One query at most."""
    if not (here := is_of(membership, item)):
        return here
    if item.kind not in BROUGHT or item.state != ItemState.WAITING:
        return no(_("This can't be taken off the agenda any more."))
    if item.by_id == membership.pk and takes_part(membership):
        return YES
    return acts_in_office(membership, now)


def may_note_outcome(membership: Membership, item: AgendaItem, now: datetime) -> Decision:
    """Those in office and staff, for a meeting that was opened, until a week after; nobody about their own case."""
    if not (runs := is_of(membership, item) and may_run(membership, now)):
        return runs
    if membership.pk in way_of(item).keeps_out(item):
        return no(_("This one is not yours to write down. Somebody else writes down what was agreed."))
    if item.state != ItemState.WAITING or item.meeting is None or not takes_outcomes(item.meeting, now):
        return no(_("What came of this can be written down once the meeting is open, and for a week after."))
    return YES


def may_read_copies(membership: Membership, meeting: CommunityMeeting, now: datetime) -> Decision:
    """Active members, and staff with the second step given, from the opening of the meeting to its end. No query."""
    if not is_open(meeting, now):
        return no(_("Words from the board can be read here only while the meeting is open."))
    return acts_as_staff(membership, now) if membership.is_staff else may_read_board(membership)


def may_answer_copy(membership: Membership) -> Decision:
    """Say yes or no to one's own post in a copy: whoever may have written here, also away or suspended. No query."""
    return may_see_own_waiting(membership)


def sees_all_of_agenda(membership: Membership) -> bool:
    """Whether items that others meet only at the opening are shown to them before: those in office and staff."""
    return membership.is_staff or membership.decides
