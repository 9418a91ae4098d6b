"""Planning a meeting, calling a special one, moving it and calling it off."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

import clock
from communities.models import Community, Membership
from communities.queries import lock_membership
from meetings.lifecycle import MeetingKind, MeetingState
from meetings.models import CommunityMeeting
from meetings.notifications import tell_of_meeting
from meetings.policies import may_move, may_plan
from meetings.queries import lock_meeting
from meetings.queries.register import register_of
from meetings.services.in_step import follow_meeting, give_session, lock_session_of
from meetings.services.meeting_rows import Said, cancel_row, move_row, plan_row, record_plan
from meetings.services.moving import check_no_register, check_not_begun
from meetings.services.settling import settle
from meetings.timing import next_evening
from people.decisions import Conflict, Refused, require


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
    meeting = plan_row(member.community, Said(starts_at, place, why), member.ref, now)
    give_session(meeting, now)
    return meeting


@transaction.atomic
def call_special_meeting(
    *, community: Community, why: str, by: str, now: datetime, starts_at: datetime | None = None
) -> CommunityMeeting:
    """Call a special meeting, for `starts_at` or the first evening that is a day away; tell everybody who may come.

    Called by services that have authorised `by` (a reference). Where one is called already it is that one: moved, if
    this one would be sooner and nobody has arrived there yet. Called twice over the same trouble it is one meeting.
    """
    settle(community, now)
    when = starts_at or next_evening(now)
    there, made = _special(community, Said(when, why=why), by, now)
    if not made and when < there.starts_at:
        session = lock_session_of(there)
        there = lock_meeting(there.pk)
        if session is None or register_of(session) is None:
            move_row(there, Said(when, there.place), by, now)
            follow_meeting(session, there, now)
    return there


@transaction.atomic
def move_meeting(*, meeting: CommunityMeeting, by: Membership, starts_at: datetime, place: str) -> CommunityMeeting:
    """Give a planned meeting another time or place; everybody who may come is told. Staff, and the Top Three in office.

    Like its session (`services.moving`) not once that has begun, or its register is taken. Raises `Refused`, and
    `Conflict` when it is open or over.
    """
    member = lock_membership(by)
    session = lock_session_of(meeting)
    row = lock_meeting(meeting.pk)
    now = clock.now()
    require(may_move(member, row, now))
    _check_ahead(starts_at, now)
    if (row.starts_at, row.place) != (starts_at, place):
        if session is not None:
            check_not_begun(session, now)
            check_no_register(session)
        move_row(row, Said(starts_at, place), member.ref, now)
        follow_meeting(session, row, now)
    return row


@transaction.atomic
def cancel_meeting(*, meeting: CommunityMeeting, by: Membership) -> CommunityMeeting:
    """Call a planned meeting off; what stands on the agenda waits for the next. Staff, and the Top Three in office.

    Twice is once. Raises `Refused`, and `Conflict` when it is open or over.
    """
    member = lock_membership(by)
    session = lock_session_of(meeting)
    row = lock_meeting(meeting.pk)
    now = clock.now()
    require(may_move(member, row, now))
    if row.state != MeetingState.CANCELLED:
        cancel_row(row, member.ref, now)
        follow_meeting(session, row, now)
    return row


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
        give_session(meeting, now)
        record_plan(meeting, now)
    return meeting, made
