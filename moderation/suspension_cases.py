"""Suspensions as something to object to, and as what a community meeting hears; ended where the objection is right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from communities.apart import apart_from
from communities.lifecycle import State, SuspendedFrom
from communities.models import Membership
from meetings import items
from meetings.lifecycle import ItemKind
from meetings.models import AgendaItem
from moderation import cases
from moderation.cases import Case
from moderation.lifecycle import EndedHow, How, SuspensionState
from moderation.models import Suspension
from moderation.services.suspending import end_suspension


def register() -> None:
    """Make suspensions something to object to, and say who keeps out of the meeting's outcome; called once."""
    title = gettext_lazy("An objection to keeping somebody out")
    cases.register(cases.CaseKind("suspension", title, find, undo, lock))
    items.register(ItemKind.SUSPENSION, items.Way(keeps_out=_concerned, leads_to=_page, own=_own))


def find(community_id: int, number: int, now: datetime) -> Case | None:
    """A suspension while it holds. One query."""
    rows = Suspension.objects.filter(pk=number, community_id=community_id, state=SuspensionState.IN_FORCE)
    row = rows.filter(until__gt=now).select_related("membership__community", "membership__person").first()
    if row is None or row.starts_at is None:
        return None
    board = row.suspended_from == SuspendedFrom.BOARD
    return Case(
        ref=row.ref,
        about=row.membership,
        what=_("You are suspended from the board") if board else _("You are suspended from this community"),
        at=row.starts_at,
        by_role=row.by_role,
        decided_by=frozenset(pk for pk in (row.first_by_id, row.second_by_id) if pk),
        why=row.why,
        words=row.letter,
        until=row.until,
        took_two=row.how != How.MOTION,
        for_the_meeting=row.how == How.MOTION,
        back_to=reverse("moderation:letter", args=[row.membership.community.slug]),
        shown=((_("Why"), row.why), (_("The letter"), row.letter)) if row.letter else ((_("Why"), row.why),),
    )


def lock(number: int) -> object:
    """The suspension's own row."""
    return Suspension.objects.select_for_update(of=("self",)).filter(pk=number).first()


def undo(case: Case, *, by: Membership, first: Membership | None, at_meeting: bool, now: datetime) -> None:
    """End it, where it has not ended by itself, or another took its place."""
    row = Suspension.objects.filter(pk=cases.number_of(case.ref) or 0, state=SuspensionState.IN_FORCE).first()
    if row is None or Membership.objects.get(pk=row.membership_id).state != State.SUSPENDED:
        return
    end_suspension(membership=case.about, by=by.ref, why="", now=now, how=EndedHow.OBJECTION)


def _about(item: AgendaItem) -> Suspension | None:
    number = cases.number_of(item.ref) or 0
    rows = Suspension.objects.filter(pk=number, community_id=item.community_id)
    return rows.select_related("membership").first()


def _concerned(item: AgendaItem) -> Collection[int]:
    row = _about(item)
    return {row.membership_id, *apart_from(row.membership, clock.now())} if row else ()


def _own(numbers: Collection[int], reader: Membership) -> QuerySet[Any]:
    rows = Suspension.objects.filter(pk__in=numbers, membership=reader)
    return rows.annotate(case_number=F("pk")).values("case_number")


def _page(item: AgendaItem, reader: Membership, is_own: bool) -> str:
    slug, number = reader.community.slug, items.number_of(item)
    if is_own:
        return reverse("moderation:letter", args=[slug])
    return reverse("moderation:suspension", args=[slug, number]) if reader.decides and number else ""
