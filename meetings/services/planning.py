"""Planning a meeting, calling a special one, moving it and calling it off."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Community, Membership
from communities.queries import lock_membership
from meetings.lifecycle import MEETING_STEPS, MeetingKind, MeetingState
from meetings.models import CommunityMeeting
from meetings.notifications import tell_of_meeting
from meetings.policies import may_move, may_plan
from meetings.queries import lock_meeting
from meetings.services.settling import settle
from meetings.timing import next_evening
from people.decisions import Conflict, Refused, require
from people.transitions import target


class Said(NamedTuple):
    """When and where a meeting is, and what it is called for."""

    starts_at: datetime
    place: str = ""
    why: str = ""


@transaction.atomic
def plan_meeting(
    *, by: Membership, starts_at: datetime, place: str = "", kind: str = MeetingKind.ORDINARY, why: str = ""
) -> CommunityMeeting:
    """Plan the next meeting, or call a special one. Staff, and the Top Three in office.

    The same time twice is one meeting. Raises `Refused`, also for a time that has passed; `Conflict` where a special
    meeting is called already.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_plan(member, now))
    _check_ahead(starts_at, now)
    settle(member.community, now)
    if (same := _planned(member.community).filter(starts_at=starts_at, kind=kind).first()) is not None:
        return same
    if kind == MeetingKind.SPECIAL:
        called, made = _special(member.community, Said(starts_at, place, why), member.ref, now)
        if not made:
            raise Conflict(_("A special meeting is called already. You can move it, if it should be sooner."))
        return called
    meeting = CommunityMeeting.objects.create(
        community=member.community,
        kind=kind,
        called_by=member.ref,
        planned_at=now,
        **Said(starts_at, place, why)._asdict(),
    )
    _record_plan(meeting, now)
    return meeting


@transaction.atomic
def call_special_meeting(
    *, community: Community, why: str, by: str, now: datetime, starts_at: datetime | None = None
) -> CommunityMeeting:
    """Call a special meeting, for `starts_at` or the first evening that is a day away; tell everybody who may come.

    Called by services that have authorised `by` (a reference). Where one is called already it is that one: moved, if
    this one would be sooner. Called twice over the same trouble it is one meeting.
    """
    settle(community, now)
    when = starts_at or next_evening(now)
    there, made = _special(community, Said(when, why=why), by, now)
    if not made and when < there.starts_at:
        there = lock_meeting(there.pk)
        _move(there, Said(when, there.place), by, now)
    return there


@transaction.atomic
def move_meeting(*, meeting: CommunityMeeting, by: Membership, starts_at: datetime, place: str) -> CommunityMeeting:
    """Give a planned meeting another time or place; everybody who may come is told. Staff, and the Top Three in office.

    Raises `Refused`, and `Conflict` when it is open or over.
    """
    member = lock_membership(by)
    row = lock_meeting(meeting.pk)
    now = clock.now()
    require(may_move(member, row, now))
    _check_ahead(starts_at, now)
    if (row.starts_at, row.place) != (starts_at, place):
        _move(row, Said(starts_at, place), member.ref, now)
    return row


@transaction.atomic
def cancel_meeting(*, meeting: CommunityMeeting, by: Membership) -> CommunityMeeting:
    """Call a planned meeting off; what stands on the agenda waits for the next. Staff, and the Top Three in office.

    Twice is once. Raises `Refused`, and `Conflict` when it is open or over.
    """
    member = lock_membership(by)
    row = lock_meeting(meeting.pk)
    now = clock.now()
    require(may_move(member, row, now))
    if row.state != MeetingState.CANCELLED:
        row.state = target(MEETING_STEPS, "cancel", row.state, said=_changed_meanwhile())
        row.save(update_fields=["state"])
        tell_of_meeting(row, now)
        record(chain=member.community.chain, verb="cancel meeting", actor=member.ref, subject=row.ref, at=now)
    return row


def _changed_meanwhile() -> str:
    return _("This meeting has changed meanwhile. Please look again.")


def _check_ahead(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refused(_("Please choose a time that is still to come."))


def _planned(community: Community) -> QuerySet[CommunityMeeting]:
    return CommunityMeeting.objects.filter(community=community, state=MeetingState.PLANNED).select_related("community")


def _special(community: Community, said: Said, by: str, now: datetime) -> tuple[CommunityMeeting, bool]:
    """The special meeting that is called already, or this one, and whether it is new: then everybody is told."""
    fields = {"called_by": by, "planned_at": now, **said._asdict()}
    one = {"community": community, "kind": MeetingKind.SPECIAL, "state": MeetingState.PLANNED}
    meeting, made = CommunityMeeting.objects.get_or_create(**one, defaults=fields)
    if made:
        tell_of_meeting(meeting, now)
        _record_plan(meeting, now)
    return meeting, made


def _record_plan(meeting: CommunityMeeting, now: datetime) -> None:
    facts = {"kind": str(meeting.kind), "starts": meeting.starts_at.isoformat()}
    chain, by = meeting.community.chain, meeting.called_by
    record(chain=chain, verb="plan meeting", actor=by, subject=meeting.ref, at=now, facts=facts)


def _move(meeting: CommunityMeeting, said: Said, by: str, now: datetime) -> None:
    meeting.state = target(MEETING_STEPS, "move", meeting.state, said=_changed_meanwhile())
    meeting.starts_at, meeting.place = said.starts_at, said.place
    meeting.save(update_fields=["starts_at", "place"])
    tell_of_meeting(meeting, now)
    facts = {"starts": said.starts_at.isoformat()}
    record(chain=meeting.community.chain, verb="move meeting", actor=by, subject=meeting.ref, at=now, facts=facts)
