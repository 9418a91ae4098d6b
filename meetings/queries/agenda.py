"""The agenda: what waits for the next meeting, and what one meeting had before it."""

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from communities.entry import or_404
from communities.models import Community, Membership
from meetings.lifecycle import ItemState
from meetings.models import AgendaItem, CommunityMeeting
from meetings.policies import may_see_agenda, sees_all_of_agenda
from meetings.timing import is_open

MOST_SHOWN = 200
# What nobody has placed comes after what somebody has, as it came.
IN_ORDER = (F("place").asc(nulls_last=True), "added_at", "pk")


def agenda_of(membership: Membership, meeting: CommunityMeeting | None, now: datetime) -> list[AgendaItem]:
    """What stands on the agenda of this meeting as this member may read it, in its order. One query.

    Of one that is ahead (or of none at all): all that waits. Of one that is open: what it has before it, done or not.
    Of one that is over: what it talked about.
    """
    or_404(may_see_agenda(membership))
    items = AgendaItem.objects.filter(community_id=membership.community_id).exclude(state=ItemState.WITHDRAWN)
    if meeting is None or meeting.opened_at is None:
        items = items.filter(state=ItemState.WAITING)
    elif is_open(meeting, now):
        items = items.filter(meeting=meeting)
    else:
        items = items.filter(meeting=meeting, state=ItemState.DONE)
    if not sees_all_of_agenda(membership):
        items = items.filter(_told_to_all(now))
    return list(items.select_related("by", "copy", "meeting", "thread").order_by(*IN_ORDER)[:MOST_SHOWN])


def arranged_items(
    meeting: CommunityMeeting, *, all_of_it: bool, now: datetime, lock: bool = False
) -> list[AgendaItem]:
    """What waits for this meeting, in its order; of what is told at the opening only where `all_of_it`. One query.

    `lock`: under the items' locks, in a transaction only.
    """
    items = AgendaItem.objects.waiting().filter(community=meeting.community_id)
    if meeting.opened_at is not None:
        items = items.filter(meeting=meeting)
    if not all_of_it:
        items = items.filter(_told_to_all(now))
    if not lock:
        return list(items.order_by(*IN_ORDER)[:MOST_SHOWN])
    locked = items.filter(pk__in=list(items.order_by(*IN_ORDER).values_list("pk", flat=True)[:MOST_SHOWN]))
    rows = list(locked.select_for_update(of=("self",)).order_by("pk"))
    last = len(rows) + 1 + max((row.place or 0 for row in rows), default=0)
    return sorted(rows, key=lambda row: (row.place or last, row.added_at, row.pk))


def _told_to_all(now: datetime) -> Q:
    # From the opening of the meeting that has it before it, and ever after, also where it waits for another one.
    return Q(from_opening=False) | Q(meeting__opened_at__lte=now)


def items_waiting(community: Community) -> QuerySet[AgendaItem]:
    """All that waits for a meeting. For the apps that put it there."""
    return AgendaItem.objects.waiting().filter(community=community)


def open_item(community: Community, kind: str, ref: str) -> AgendaItem | None:
    """The item about this that waits for a meeting. One query."""
    return items_waiting(community).filter(kind=kind, ref=ref).first()


def access_item(membership: Membership, pk: int, now: datetime) -> AgendaItem:
    """An item of the member's own community that they may read. Raises Http404. One query."""
    or_404(may_see_agenda(membership))
    items = AgendaItem.objects.filter(community_id=membership.community_id)
    if not sees_all_of_agenda(membership):
        items = items.filter(_told_to_all(now))
    rows = items.select_related("by__person", "meeting", "thread", "community", "copy")
    return get_object_or_404(rows, pk=pk)


def lock_item(pk: int) -> AgendaItem:
    """The item under its lock: after memberships and meetings, before threads and posts. In a transaction only."""
    rows = AgendaItem.objects.select_for_update(of=("self",))
    return rows.select_related("community", "by__person", "meeting", "thread").get(pk=pk)
