"""A meeting and its agenda as one reader meets them: what they see, and which buttons are theirs."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from boards.policies import may_read_board
from communities.models import Membership
from communities.policies import takes_part
from meetings.items import own_among, way_of
from meetings.lifecycle import ItemKind, ItemState, MeetingState
from meetings.models import AgendaItem, CommunityMeeting
from meetings.pack_times import Slot, slots
from meetings.pack_times import whole as minutes_of
from meetings.policies import BROUGHT, may_see_agenda
from meetings.policies.pack import is_chair, may_add_item
from meetings.queries import agenda_of, looks_at, packs_of
from meetings.queries.pack import held_in, people_and_apologies, sends_apologies
from meetings.timing import can_be_opened, ends_at, is_open, takes_outcomes


def whole(membership: Membership, meeting: CommunityMeeting | None, now: datetime) -> dict[str, Any]:
    """What templates/meetings/agenda.html and its pages need. Five queries at most."""
    sees = bool(may_see_agenda(membership))
    items = agenda_of(membership, meeting, now) if sees else []
    going_on = meeting is not None and is_open(meeting, now)
    has_copies = any(item.kind == ItemKind.COPY for item in items)
    return {
        **_in_order(items, membership, meeting, now),
        **(_around(membership, meeting) if sees else {}),
        "meeting": meeting,
        "is_open": going_on,
        "ends_at": ends_at(meeting) if meeting and going_on else None,
        "was_left": meeting is not None and meeting.state == MeetingState.OPEN and not going_on,
        "sees_agenda": sees,
        "has_copies": has_copies,
        "reads_copies": going_on and (membership.is_staff or bool(may_read_board(membership))),
        "looks": looks_at(meeting) if meeting and meeting.opened_at and sees and has_copies else [],
        "adds": bool(may_add_item(membership)),
        "arranges": meeting is not None and _arranges(membership, meeting),
        "plans": membership.is_staff or membership.decides,
        "opens": meeting is not None and bool(membership.offices) and can_be_opened(meeting, now),
        "ends": going_on and (membership.is_staff or bool(membership.offices)),
        "now": now,
        "page_kind": "meeting",
    }


def _arranges(membership: Membership, meeting: CommunityMeeting) -> bool:
    """Whether the way to the page of the order stands there; for its chair until it is open. One query at most."""
    if membership.is_staff or membership.decides:
        return meeting.state in {MeetingState.PLANNED, MeetingState.OPEN}
    is_ahead = meeting.state == MeetingState.PLANNED and held_in(meeting) is not None
    return is_ahead and takes_part(membership) and is_chair(membership, meeting)


def pack_of(membership: Membership, meeting: CommunityMeeting, now: datetime) -> dict[str, Any]:
    """What templates/meetings/pack.html needs: all that an open meeting has before it, with the words of its copies.

    Called by a page that has asked `may_read_copies`. Four queries.
    """
    items = agenda_of(membership, meeting, now)
    session = held_in(meeting)
    people = people_and_apologies(meeting, session)
    packs = packs_of(items, [name for name, _sends in people], now)
    times = slots(items, meeting.starts_at)
    rows = [row(item, membership, now, slot=times.get(item.pk)) | {"pack": packs.get(item.pk)} for item in items]
    apologies = sorted((name for name, sends in people if sends), key=str.casefold)
    return {
        "meeting": meeting,
        "rows": rows,
        "packs": packs,
        "apologies": apologies,
        "now": now,
        "page_kind": "meeting",
    }


def _in_order(
    items: list[AgendaItem], membership: Membership, meeting: CommunityMeeting | None, now: datetime
) -> dict[str, Any]:
    """The items with their times, and what they add up to. One query at most."""
    own = own_among(items, membership)
    times = slots(items, meeting.starts_at) if meeting is not None else {}
    return {
        "rows": [row(item, membership, now, is_own_case=item.pk in own, slot=times.get(item.pk)) for item in items],
        "minutes": minutes_of(items),
    }


def _around(membership: Membership, meeting: CommunityMeeting | None) -> dict[str, Any]:
    """The session it is held in, how long that lasts, and who can't come. One query at most."""
    session = held_in(meeting)
    lasts = int((session.ends_at - session.starts_at).total_seconds() // 60) if session else 0
    return {"session": session, "lasts": lasts, "apologies": sends_apologies(membership, session)}


def row(
    item: AgendaItem, membership: Membership, now: datetime, *, is_own_case: bool = False, slot: Slot | None = None
) -> dict[str, Any]:
    """One item with what this reader can do about it. No query."""
    slug, waits = membership.community.slug, item.state == ItemState.WAITING
    own = item.by_id == membership.pk and takes_part(membership)
    runs = membership.is_staff or bool(membership.offices)
    writes = waits and runs and item.meeting is not None and takes_outcomes(item.meeting, now) and not is_own_case
    return {
        "item": item,
        "slot": slot if waits else None,
        "thread_url": _thread_of(item, membership, now),
        "more_url": way_of(item).leads_to(item, membership, is_own_case),
        "copy_url": _at("meetings:copy", slug, item) if item.kind == ItemKind.COPY and membership.decides else "",
        "withdraws": waits and item.kind in BROUGHT and (own or membership.decides),
        "outcome_url": _at("meetings:outcome", slug, item) if writes else "",
        "is_urgent": item.urgency > 1 and (membership.decides or membership.is_staff),
    }


def _thread_of(item: AgendaItem, membership: Membership, now: datetime) -> str:
    thread = item.thread
    shown = thread is not None and thread.shown_from is not None and thread.shown_from <= now
    if thread is None or not shown or not may_read_board(membership):
        return ""
    return reverse("boards:thread", args=[membership.community.slug, thread.pk])


def _at(name: str, slug: str, item: AgendaItem) -> str:
    return reverse(name, args=[slug, item.pk])
