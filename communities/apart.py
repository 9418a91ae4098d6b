"""Who is kept apart from whom: asked by decisions, by pairs, and by what one meets on the board (domain, section 8).

Only `apart_from` knows both sides, for whoever pairs people or decides. What a page shows asks `hidden_from` alone: it
changes for the one who asked and for nobody else.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from communities.lifecycle import APART_OPEN, ApartState
from communities.models import ApartVoice, KeepApart, Membership


def apart_from(membership: Membership, now: datetime) -> frozenset[int]:
    """Whom this member is never paired with and never decides about, by membership, whoever of them asked. One query.

    For services and policies of decisions, calls and reviews. Never said to either of them: a page that shows less
    because of it gives another reason or none. `now`: the time the caller decides at; what is ended counts no more.
    """
    pairs = KeepApart.objects.in_force().filter(Q(asker=membership) | Q(other=membership), since__lte=now)
    found = pairs.values_list("asker_id", "other_id")
    return frozenset(pk for pair in found for pk in pair) - {membership.pk}


def pairs_with(members: Collection[int]) -> list[tuple[int, int]]:
    """Every pair kept apart now of which one is among these: who asked, and the other. One query.

    For decisions on many cases at once; what is said of `apart_from` holds for it too.
    """
    pairs = KeepApart.objects.in_force().filter(Q(asker__in=members) | Q(other__in=members))
    return list(pairs.values_list("asker_id", "other_id"))


def hidden_from(member: Any) -> QuerySet[Any]:
    """Whose posts this member (a number, or `prepared.given`) does not meet, as a part of another question."""
    return KeepApart.objects.in_force().filter(asker_id=member).values("other_id")


def never_with(member: int) -> Q:
    """Rows whose `membership` is kept apart from this member, whoever of them asked, as a part of another question."""
    pairs = KeepApart.objects.in_force()
    others, askers = pairs.filter(asker_id=member).values("other_id"), pairs.filter(other_id=member).values("asker_id")
    return Q(membership__in=others) | Q(membership__in=askers)


def people_apart(one: Any, other: Any) -> QuerySet[Any]:
    """What keeps these two people (numbers, or `OuterRef`) apart, whoever of them asked and in whatever community, as a
    part of another question.

    For what belongs to a person across communities. The same two may meet elsewhere under other names, and neither may
    learn of it: so it is asked by doors and lists in which somebody may be missing for other reasons too.
    """
    mine, theirs = Q(asker__person=one, other__person=other), Q(asker__person=other, other__person=one)
    return KeepApart.objects.in_force().filter(mine | theirs)


def asked_by(membership: Membership) -> list[KeepApart]:
    """What the member asked for themselves, the newest first, for their own page. One query."""
    rows = KeepApart.objects.filter(asker=membership).select_related("other")
    return list(rows.order_by("-asked_at", "-pk"))


def access_own(membership: Membership, pk: int) -> KeepApart:
    """What the member asked for, and is still open. Raises Http404 for anybody else's."""
    return get_object_or_404(KeepApart.objects.filter(asker=membership, state__in=APART_OPEN), pk=pk)


def waiting_for(membership: Membership) -> list[KeepApart]:
    """What waits for those who decide, for one of them: never what is about themselves, from either side. Two queries.

    Called by pages that have asked `may_keep_apart`.
    """
    rows = _decided_by(membership).filter(state=ApartState.ASKED)
    return list(rows.select_related("asker", "other", "begun_by").prefetch_related("voices__by").order_by("asked_at"))


def in_force_for(membership: Membership) -> list[KeepApart]:
    """What holds now, for one of those who decide: so that they keep to it; never about themselves. One query."""
    rows = _decided_by(membership).filter(state=ApartState.IN_FORCE)
    return list(rows.select_related("asker", "other").order_by("since"))


def access_for_deciding(membership: Membership, pk: int, *, lock: bool = False) -> KeepApart:
    """One that this member may have a say on, whatever it has come to. Raises Http404, also where it is about them."""
    rows = _decided_by(membership)
    if lock:
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows.select_related("asker__person", "other", "community"), pk=pk)


def voices_on(apart: KeepApart) -> list[ApartVoice]:
    """Who has said what so far, for those who decide. One query."""
    return list(apart.voices.select_related("by"))


def _decided_by(membership: Membership) -> QuerySet[KeepApart]:
    mine = Q(asker=membership) | Q(other=membership)
    return KeepApart.objects.filter(community_id=membership.community_id).exclude(mine)
