"""A meeting and its agenda as one reader meets them: what they see, and which buttons are theirs."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from boards.policies import may_read_board
from communities.models import Membership
from meetings.items import way_of
from meetings.lifecycle import ItemKind, ItemState, MeetingState
from meetings.models import AgendaItem, CommunityMeeting
from meetings.policies import BROUGHT, may_see_agenda
from meetings.queries import agenda_of, looks_at
from meetings.timing import can_be_opened, ends_at, is_open, takes_outcomes


def whole(membership: Membership, meeting: CommunityMeeting | None, now: datetime) -> dict[str, Any]:
    """What templates/meetings/agenda.html and its pages need. Two queries."""
    sees = bool(may_see_agenda(membership))
    items = agenda_of(membership, meeting, now) if sees else []
    going_on = meeting is not None and is_open(meeting, now)
    return {
        "meeting": meeting,
        "is_open": going_on,
        "ends_at": ends_at(meeting) if meeting and going_on else None,
        "was_left": meeting is not None and meeting.state == MeetingState.OPEN and not going_on,
        "sees_agenda": sees,
        "rows": [row(item, membership, now) for item in items],
        "has_copies": any(item.kind == ItemKind.COPY for item in items),
        "reads_copies": going_on and (membership.is_staff or bool(may_read_board(membership))),
        "looks": looks_at(meeting) if meeting and meeting.opened_at and sees else [],
        "plans": membership.is_staff or membership.decides,
        "opens": meeting is not None and bool(membership.offices) and can_be_opened(meeting, now),
        "ends": going_on and (membership.is_staff or bool(membership.offices)),
        "now": now,
        "page_kind": "meeting",
    }


def row(item: AgendaItem, membership: Membership, now: datetime) -> dict[str, Any]:
    """One item with what this reader can do about it. No query but its kind's, where one may note an outcome."""
    slug, waits = membership.community.slug, item.state == ItemState.WAITING
    own = item.by_id == membership.pk and bool(may_read_board(membership))
    runs = membership.is_staff or bool(membership.offices)
    writes = waits and runs and item.meeting is not None and takes_outcomes(item.meeting, now)
    way = way_of(item)
    writes = writes and membership.pk not in way.keeps_out(item)
    return {
        "item": item,
        "thread_url": _thread_of(item, membership, now),
        "more_url": way.leads_to(item, membership),
        "copy_url": _at("meetings:copy", slug, item) if item.kind == ItemKind.COPY and membership.decides else "",
        "withdraws": waits and item.kind in BROUGHT and (own or membership.decides),
        "outcome_url": _at("meetings:outcome", slug, item) if writes else "",
        "is_urgent": item.urgency > 1 and membership.decides,
    }


def _thread_of(item: AgendaItem, membership: Membership, now: datetime) -> str:
    thread = item.thread
    shown = thread is not None and thread.shown_from is not None and thread.shown_from <= now
    if thread is None or not shown or not may_read_board(membership):
        return ""
    return reverse("boards:thread", args=[membership.community.slug, thread.pk])


def _at(name: str, slug: str, item: AgendaItem) -> str:
    return reverse(name, args=[slug, item.pk])
