"""Motions on the agenda of the next community meeting: while they are open, so that the meeting can talk them over."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

import clock
from communities.apart import apart_from
from communities.models import Membership
from communities.policies import takes_part
from elections.models import Motion
from elections.motions.lifecycle import ABOUT_SOMEBODY, MotionKind
from meetings import items
from meetings.lifecycle import ItemKind, ItemState
from meetings.models import AgendaItem
from meetings.queries import lock_item, open_item
from meetings.services import close_item, put_on_agenda


def register_all() -> None:
    """Say how a motion's item goes on; called once, as the site starts."""
    items.register(ItemKind.MOTION, items.Way(keeps_out=_concerned, leads_to=_page, own=_own))


def put(motion: Motion, now: datetime) -> None:
    """Put a motion that was proposed on the agenda. Called in that transaction.

    Staff read the agenda too: it has no word of its proposer's, and of whom it is about not even what is asked.
    """
    kind = MotionKind(motion.kind)
    whom = kind in ABOUT_SOMEBODY and motion.about_id is not None
    own = _("Something that one of us proposes") if kind == MotionKind.FREE else str(kind.label)
    title = _("Something that is proposed about one of us") if whom else own
    why = _("Members vote on it. The meeting can talk it over, while it is open.")
    put_on_agenda(
        community=motion.community, kind=ItemKind.MOTION, title=title, why=why, by=None, ref=motion.ref, now=now
    )


def take_off(motion: Motion, *, by: str, now: datetime) -> None:
    """Take a motion that is decided, or taken back, off the agenda. Called in that transaction."""
    item = open_item(motion.community, ItemKind.MOTION, motion.ref)
    row = lock_item(item.pk) if item else None
    if row is not None and row.state == ItemState.WAITING:
        close_item(row, by=by, now=now)


def _concerned(item: AgendaItem) -> Collection[int]:
    """Neither the one it is about nor whoever is kept apart from them writes down what came of it."""
    motion = (
        Motion.objects.filter(pk=items.number_of(item), community_id=item.community_id).select_related("about").first()
    )
    if motion is None or motion.about is None:
        return ()
    return {motion.about.pk, *apart_from(motion.about, clock.now())}


def _own(numbers: Collection[int], reader: Membership) -> QuerySet[Any]:
    rows = Motion.objects.filter(pk__in=numbers, about=reader)
    return rows.annotate(case_number=F("pk")).values("case_number")


def _page(item: AgendaItem, reader: Membership, is_own: bool) -> str:
    """The motion's own page, for members who take part. No query."""
    if not takes_part(reader) or not (number := items.number_of(item)):
        return ""
    return reverse("elections:motion", args=[reader.community.slug, number])
