"""Objections: one's own, and those that wait for somebody to hear them. Doors as everywhere: a miss is a 404."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from boards.models import Explanation
from communities.models import Membership
from moderation import cases
from moderation.cases import Case
from moderation.circle import Circle
from moderation.lifecycle import OPEN_STATES, ObjectionState
from moderation.models import Objection
from moderation.queries.conflicts import circle_of_case

MOST_SHOWN = 100


def access_own_case(membership: Membership, ref: str, now: datetime) -> Case:
    """A decision about this very member. Raises Http404 for anybody else's, and for what is none."""
    case = cases.find(membership.community_id, ref, now)
    if case is None or case.about.pk != membership.pk:
        raise Http404
    return case


def access_own_objection(membership: Membership, pk: int) -> Objection:
    """One's own objection, whatever became of it. Raises Http404 for anybody else's."""
    return get_object_or_404(Objection.objects.filter(by=membership).select_related("by", "community"), pk=pk)


def own_objections(membership: Membership) -> list[Objection]:
    """One's own, the newest first. One query."""
    return list(Objection.objects.filter(by=membership).order_by("-made_at", "-pk")[:MOST_SHOWN])


def last_objection(membership: Membership, ref: str) -> Objection | None:
    """The newest of one's own to this decision that was not taken back. One query."""
    own = Objection.objects.filter(by=membership, case=ref).exclude(state=ObjectionState.WITHDRAWN)
    return own.order_by("-made_at", "-pk").first()


def open_objections_to(ref: str) -> list[Objection]:
    """Those that are open about a case, locked. In a transaction, after the case's own locks."""
    rows = Objection.objects.filter(case=ref, state__in=OPEN_STATES).select_for_update(of=("self",))
    return list(rows.select_related("by__person", "community").order_by("pk"))


def is_objected_to(ref: str) -> bool:
    """Whether an objection to this decision is open: what it would do may have to wait. One query."""
    return Objection.objects.filter(case=ref, state__in=OPEN_STATES).exists()


def lock_objection(pk: int) -> Objection:
    """The objection under its lock: after memberships, the agenda and the case's own locks. In a transaction only."""
    rows = Objection.objects.select_for_update(of=("self",))
    return rows.select_related("by__person", "community", "first_by").get(pk=pk)


@dataclass(frozen=True)
class Waiting:
    """An objection that waits, with what it is about and who may hear it."""

    objection: Objection
    case: Case
    circle: Circle


def hearing_of(objection: Objection, now: datetime, *, membership: Membership | None = None) -> Waiting | None:
    """What an objection is about and who may hear it; None where what it is about has gone. The kind's queries and two.

    `membership`: whose page it is, by whose door the offices are known already.
    """
    case = cases.find(objection.community_id, objection.case, now)
    if case is None:
        return None
    offices = membership.everybodys_offices if membership is not None else None
    aside = (objection.ref, objection.case)
    return Waiting(objection, case, circle_of_case(case, aside, now, offices=offices))


def to_hear(membership: Membership, now: datetime) -> list[Objection]:
    """Those that wait to be heard in the member's community, danger and the longest waiting first; not their own.

    Called by pages that have asked the policy; whether this one may hear one, its own page asks. One query.
    """
    rows = Objection.objects.filter(community_id=membership.community_id, state=ObjectionState.OPEN)
    rows = rows.exclude(by=membership).select_related("by", "first_by")
    return list(rows.order_by("-urgency", "made_at", "pk")[:MOST_SHOWN])


def access_to_hear(membership: Membership, pk: int) -> Objection:
    """An objection in the member's community that is not their own; a policy is asked next. Raises Http404."""
    rows = Objection.objects.filter(community_id=membership.community_id).exclude(by=membership)
    return get_object_or_404(rows.select_related("by", "community", "first_by", "heard_by"), pk=pk)


def told_to(membership: Membership) -> list[Explanation]:
    """What was decided about one's own posts, as one was told, the newest first. One query."""
    told = Explanation.objects.filter(post__author=membership).select_related("post")
    return list(told.order_by("-at", "-pk")[:MOST_SHOWN])
