"""Following up objections: asked again after a day, brought to the community meeting after three."""

from datetime import timedelta

from django.db import transaction

import clock
from boards.lifecycle import AWAITING_DECISION
from boards.models import Post
from meetings.lifecycle import ItemKind, ItemState
from meetings.models import AgendaItem
from meetings.queries import lock_item
from meetings.services import close_item
from moderation import cases
from moderation.lifecycle import ObjectionState
from moderation.models import Objection
from moderation.services.objecting import follow_up_objection

AGAIN_AFTER = timedelta(hours=24)
TO_MEETING_AFTER = timedelta(days=3)


def follow_up_objections() -> int:
    """Go through every objection that waits to be heard, and take off the agenda what waits no more. Run by the sweep.

    Safe to run twice and at any time. Returns how many wait to be heard.
    """
    now = clock.now()
    waiting = list(Objection.objects.filter(state=ObjectionState.OPEN).values_list("pk", flat=True))
    for pk in waiting:
        follow_up_objection(pk, again_after=now - AGAIN_AFTER, to_meeting_after=now - TO_MEETING_AFTER)
    for pk in _items_of_ours():
        _take_off(pk)
    return len(waiting)


def _items_of_ours() -> list[int]:
    kinds = (ItemKind.OBJECTION, ItemKind.POST)
    return list(AgendaItem.objects.waiting().filter(kind__in=kinds, ref__gt="").values_list("pk", flat=True))


@transaction.atomic
def _take_off(pk: int) -> None:
    """Take an item off the agenda whose reason has gone: the post was decided on, the objection heard."""
    item = lock_item(pk)
    if item.state == ItemState.WAITING and not _still_waits(item):
        close_item(item, by="site", now=clock.now())


def _still_waits(item: AgendaItem) -> bool:
    number = cases.number_of(item.ref) or 0
    if item.kind == ItemKind.POST:
        return Post.objects.filter(pk=number, state__in=AWAITING_DECISION).exists()
    return Objection.objects.filter(pk=number, state=ObjectionState.AT_MEETING).exists()
