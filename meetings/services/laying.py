"""Laying out a group: the rows of what its rule names, half a year ahead (ADR 0035).

What somebody changed by hand stays as they left it. Rows are never taken away: what the rule does not name any more
stands nowhere, and comes back if it is named again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

import clock
from clock.london import day_of, first_moment
from meetings.bank_holidays import is_bank_holiday
from meetings.lifecycle.timetable import Change, GroupState, OnBankHolidays, SessionState
from meetings.models import Group, Session
from meetings.queries import lock_group
from meetings.recurrence import days_of
from meetings.services.checking import AHEAD
from meetings.services.ending import end_if_over
from meetings.services.in_step import keep_meetings_in_step
from meetings.services.reviewing import close_reviews

# What a change of its group changes in a session that nobody touched; those in `_MOVES` go to calendars.
_MOVES = ("starts_at", "ends_at", "state", "venue_id", "link", "title")
_FOLLOWS = (*_MOVES, "kind", "counts", "room", "facilitator_id", "member_led", "change", "place", "why_words")


@dataclass
class Laid:
    """What a laying out did: rows that are new, and those that are another than before."""

    made: list[Session] = field(default_factory=list)
    changed: list[Session] = field(default_factory=list)


def lay_out_all() -> int:
    """Lay out every group that runs, and end each whose last day is over; returns how many sessions are new or changed.

    Run by the sweep, safe at any time.
    """
    numbers = list(Group.objects.running().order_by("pk").values_list("pk", flat=True))
    return sum(_lay_out_one(pk) for pk in numbers)


@transaction.atomic
def _lay_out_one(pk: int) -> int:
    group = lock_group(pk)
    now = clock.now()
    laid = lay_out(group, now)
    end_if_over(group, now)
    return len(laid.made) + len(laid.changed)


def lay_out(group: Group, now: datetime) -> Laid:
    """Make the rows of a locked group what its rule, its hours and the bank holidays say, 26 weeks ahead.

    Idempotent. Leaves alone what has begun or has its register, and what was moved, called off or added by hand; once
    the group has ended, what was moved or added for later is dropped with the rest. A plan that was opened for what
    changes is closed. Called by services in their transaction. Four queries and those of its meetings.
    """
    today = day_of(now)
    # A slot whose session was moved to an earlier hour, and is over, is taken too.
    theirs = Session.objects.select_for_update(of=("self",)).select_related("community", "venue", "register")
    rows = list(theirs.filter(Q(starts_at__gt=now) | Q(slot__gte=today), group=group))
    taken, days = {row.slot for row in rows}, set(_named(group, today))
    new = [_new(group, day, now) for day in sorted(days - taken)]
    laid = Laid(made=[row for row in new if row.starts_at > now])
    for row in rows:
        if row.starts_at > now and _follows(group, row) and _become(row, _wanted(group, row.slot, days), now):
            laid.changed.append(row)
    close_reviews(laid.changed, by="site")
    Session.objects.bulk_create(laid.made)
    Session.objects.bulk_update(laid.changed, [*_names(_FOLLOWS), "changed_at", "sequence"])
    keep_meetings_in_step(group, laid.changed, now)
    return laid


def _named(group: Group, today: date) -> list[date]:
    end = today + AHEAD
    if group.ended_on is not None:
        end = min(end, group.ended_on)
    return days_of(group.rule, group.first_day, today, end)


def _follows(group: Group, row: Session) -> bool:
    """Whether the group has a say in this row: nobody touched it, or the group has ended before it.

    None in one whose register is taken: people arrive before it begins.
    """
    if hasattr(row, "register"):
        return False
    ended = group.state == GroupState.ENDED and group.ended_on is not None and day_of(row.starts_at) >= group.ended_on
    return ended or (row.slot is not None and not row.by_hand)


def _wanted(group: Group, slot: date | None, days: set[date]) -> dict[str, Any]:
    if slot is None or slot not in days:
        return {"state": SessionState.CANCELLED, "change": Change.DROPPED}
    starts_at = first_moment(slot, group.starts)
    rests = group.on_bank_holidays == OnBankHolidays.RESTS and is_bank_holiday(group.community.nation, slot)
    return {
        "title": group.title,
        "kind": group.kind,
        "counts": group.counts,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=group.minutes),
        "venue_id": group.venue_id,
        "place": "",
        "link": group.link,
        "room": group.room,
        "facilitator_id": group.facilitator_id,
        "member_led": group.member_led,
        "state": SessionState.CANCELLED if rests else SessionState.PLANNED,
        "change": Change.BANK_HOLIDAY if rests else "",
        "why_words": "",
    }


def _new(group: Group, day: date, now: datetime) -> Session:
    return Session(community_id=group.community_id, group=group, slot=day, changed_at=now, **_wanted(group, day, {day}))


def _become(row: Session, wanted: dict[str, Any], now: datetime) -> bool:
    """Make the row what is wanted; whether it was anything else."""
    other = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in other:
        setattr(row, name, wanted[name])
    if other:
        row.changed_at = now
        row.sequence += any(name in _MOVES for name in other)
    return bool(other)


def _names(attributes: Iterable[str]) -> list[str]:
    return [name.removesuffix("_id") for name in attributes]
