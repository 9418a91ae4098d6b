"""The rows of community meetings: planned, moved, called off, each told and on record.

Called by services that have authorised it and hold the locks.
"""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from audit.services import record
from communities.models import Community
from meetings.lifecycle import MEETING_STEPS, MeetingKind
from meetings.models import CommunityMeeting
from meetings.notifications import tell_of_meeting
from people.transitions import target


class Said(NamedTuple):
    """When and where a meeting is, and what it is called for."""

    starts_at: datetime
    place: str = ""
    why: str = ""


def plan_row(community: Community, said: Said, by: str, now: datetime) -> CommunityMeeting:
    """Plan an ordinary meeting."""
    meeting = CommunityMeeting.objects.create(
        community=community, kind=MeetingKind.ORDINARY, called_by=by, planned_at=now, **said._asdict()
    )
    record_plan(meeting, now)
    return meeting


def record_plan(meeting: CommunityMeeting, now: datetime) -> None:
    """Put on record that a meeting was planned or called."""
    facts = {"kind": str(meeting.kind), "starts": meeting.starts_at.isoformat()}
    chain, by = meeting.community.chain, meeting.called_by
    record(chain=chain, verb="plan meeting", actor=by, subject=meeting.ref, at=now, facts=facts)


def move_row(meeting: CommunityMeeting, said: Said, by: str, now: datetime) -> None:
    """Give a locked meeting another time or place; everybody who may come is told. Raises `Conflict`."""
    meeting.state = target(MEETING_STEPS, "move", meeting.state, said=_changed_meanwhile())
    meeting.starts_at, meeting.place = said.starts_at, said.place
    meeting.save(update_fields=["starts_at", "place"])
    tell_of_meeting(meeting, now)
    facts = {"starts": said.starts_at.isoformat()}
    record(chain=meeting.community.chain, verb="move meeting", actor=by, subject=meeting.ref, at=now, facts=facts)


def cancel_row(meeting: CommunityMeeting, by: str, now: datetime) -> None:
    """Call a locked meeting off; everybody who may come is told. Raises `Conflict`."""
    meeting.state = target(MEETING_STEPS, "cancel", meeting.state, said=_changed_meanwhile())
    meeting.save(update_fields=["state"])
    tell_of_meeting(meeting, now)
    record(chain=meeting.community.chain, verb="cancel meeting", actor=by, subject=meeting.ref, at=now)


def _changed_meanwhile() -> str:
    return _("This meeting has changed meanwhile. Please look again.")
