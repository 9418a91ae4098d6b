"""What waits for staff: left for them, told again until one has seen it, and seen (domain, section 8; checks, 2.4)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Community, Membership
from communities.policies import acts_as_staff
from communities.queries import lock_membership
from meetings.lifecycle import ItemKind
from meetings.services import put_on_agenda
from moderation.lifecycle import EventKind, EventNeed, StaffKind
from moderation.models import SignificantEvent, StaffNotice
from moderation.policies import may_moderate
from moderation.staff_notices import tell_senders, tell_staff_of
from notices.services import withdraw
from people.decisions import Refused, require

# Enough for the worst of days; so that nobody fills staff's day by leaning on a button.
MOST_A_DAY = 20
EVENTS = "events"


@transaction.atomic
def tell_staff(*, by: Membership, kind: EventKind, need: EventNeed, form_key: UUID) -> SignificantEvent:
    """Tell staff of a significant event, by a short list: there is no place for a word of a post.

    One of the Top Three in office (or a caretaker), with the second step given. The same form is one event. Staff are
    told in their cover hours, again until one has seen it. Raises `Refused`.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_moderate(member, now))
    if (sent_before := SignificantEvent.objects.filter(by=member, form_key=form_key).first()) is not None:
        return sent_before
    today = SignificantEvent.objects.filter(by=member, at__gt=now.replace(hour=0, minute=0, second=0, microsecond=0))
    if today.count() >= MOST_A_DAY:
        raise Refused(_("You have told staff of twenty things today. Please ring them instead."))
    event = SignificantEvent.objects.create(
        community=member.community, by=member, kind=kind, need=need, form_key=form_key, at=now
    )
    leave_for_staff(community=member.community, kind=StaffKind.EVENT, key=f"event:{event.pk}", now=now, event=event)
    _bring_event(member.community, now)
    facts = {"kind": str(kind), "need": str(need)}
    chain = member.community.chain
    record(chain=chain, verb="significant event", actor=member.ref, subject=event.ref, at=now, facts=facts)
    return event


def _bring_event(community: Community, now: datetime) -> None:
    """Let the next meeting look at it: that staff were told, not of what, when, or by whom (domain, section 5)."""
    put_on_agenda(
        community=community,
        kind=ItemKind.EVENT,
        title=_("Staff were told of something that happened"),
        why=_("We look at how it went. Not at whom it was about."),
        by=None,
        # Several before one meeting are one: nobody can count them.
        ref=EVENTS,
        now=now,
        from_opening=True,
    )


def leave_for_staff(*, community: Community, kind: StaffKind, key: str, now: datetime, **what: Any) -> StaffNotice:
    """Leave something for staff and tell them of it; the same `key` is the same thing. `what`: post, event or danger.

    Called by services in their transaction, under a lock that lets nobody else leave the same thing.
    """
    row, _made = StaffNotice.objects.get_or_create(
        key=key, defaults={"community": community, "kind": kind, "made_at": now, **what}
    )
    tell_staff_of(row, now)
    return row


@transaction.atomic
def acknowledge(*, notice: StaffNotice, by: Membership) -> StaffNotice:
    """Say as one of staff, with the second step given, that one has seen it. Nobody is told of it again after that.

    Twice, or by two, is once: the first stands. Raises `Refused`.
    """
    member = lock_membership(by)
    rows = StaffNotice.objects.select_for_update(of=("self",)).select_related("community", "event", "danger")
    row = get_object_or_404(rows, pk=notice.pk, community_id=member.community_id)
    now = clock.now()
    require(acts_as_staff(member, now))
    if row.seen_at is not None:
        return row
    row.seen_by, row.seen_at = member, now
    row.save(update_fields=["seen_by", "seen_at"])
    withdraw(key_prefix=row.key, now=now)
    tell_senders(row, now)
    chain, facts = row.community.chain, {"kind": row.kind}
    record(chain=chain, verb="seen by staff", actor=member.ref, subject=row.ref, at=now, facts=facts)
    return row


def follow_up_staff_notices() -> int:
    """Tell staff again of what nobody of them has seen, in their cover hours. Run each half minute by the sweep.

    Safe to run twice and at any time: each telling has a key of its own. Returns how many wait.
    """
    waiting = list(StaffNotice.objects.open().order_by("made_at").values_list("pk", flat=True))
    for pk in waiting:
        _follow_up(pk)
    return len(waiting)


@transaction.atomic
def _follow_up(pk: int) -> None:
    row = StaffNotice.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)
    tell_staff_of(row, clock.now())
