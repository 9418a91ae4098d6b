"""Opening a meeting in the room, and ending it: between the two, staff may read the copies made for it."""

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle import MEETING_STEPS, ItemKind, ItemState, MeetingState
from meetings.models import AgendaItem, CommunityMeeting, Look
from meetings.policies import may_end, may_open, may_read_copies
from meetings.queries import lock_coming, lock_meeting
from meetings.services.settling import end, settle
from people.decisions import Conflict, require
from people.transitions import target


@transaction.atomic
def open_meeting(*, meeting: CommunityMeeting, by: Membership) -> CommunityMeeting:
    """Open a meeting at its time: what waits on the agenda is before it now, and its copies may be read.

    The Top Three in office, or an alternate; never staff. Twice is once. Raises `Refused`, and `Conflict` when it was
    called off or is over, or another one is open.
    """
    member = lock_membership(by)
    now = clock.now()
    settle(member.community, now)
    others = lock_coming(member.community)
    row = lock_meeting(meeting.pk)
    require(may_open(member, row, now))
    if row.state == MeetingState.OPEN:
        return row
    if any(other.state == MeetingState.OPEN for other in others):
        raise Conflict(_("Another meeting is open. Please end it first."))
    row.state = target(MEETING_STEPS, "open", row.state, said=_("This meeting has changed meanwhile."))
    row.opened_at, row.opened_by = now, member
    row.save(update_fields=["state", "opened_at", "opened_by"])
    items = AgendaItem.objects.waiting().filter(community=member.community).update(meeting=row)
    facts = {"items": items}
    record(chain=member.community.chain, verb="open meeting", actor=member.ref, subject=row.ref, at=now, facts=facts)
    return row


@transaction.atomic
def end_meeting(*, meeting: CommunityMeeting, by: Membership) -> CommunityMeeting:
    """End a meeting: copies are closed at once, what it did not come to waits for the next.

    Those in office and staff. Twice is once. Raises `Refused`, and `Conflict` for one that is not open.
    """
    member = lock_membership(by)
    row = lock_meeting(meeting.pk)
    now = clock.now()
    require(may_end(member, row, now))
    if row.state == MeetingState.ENDED:
        return row
    if row.state != MeetingState.OPEN:
        raise Conflict(_("This meeting is not open."))
    end(row, now, by=member.ref, now=now)
    return row


def note_look(*, meeting: CommunityMeeting, by: Membership) -> None:
    """Note that somebody reads the pack of an open meeting: each look of staff at copies is a row the community sees.

    Called before they are shown. Members read them as they read the board, without a row; and where nothing was copied
    nobody looks at anything of the board. Raises `Refused`.
    """
    if by.is_staff:
        _note_look_of_staff(meeting, by)
    else:
        require(may_read_copies(by, meeting, clock.now()))


@transaction.atomic
def _note_look_of_staff(meeting: CommunityMeeting, by: Membership) -> None:
    # Against the end of the meeting: whoever is noted here reads what was still open.
    row = lock_meeting(meeting.pk)
    now = clock.now()
    require(may_read_copies(by, row, now))
    if AgendaItem.objects.filter(meeting=row, kind=ItemKind.COPY).exclude(state=ItemState.WITHDRAWN).exists():
        Look.objects.create(meeting=row, by=by, at=now)
        record(chain=by.community.chain, verb="look at copies", actor=by.ref, subject=row.ref, at=now)
