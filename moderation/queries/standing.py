"""Suspensions and asking to come back: the letter to the one it is about, and what waits for those who decide."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from boards.models import StepAside
from communities.lifecycle import State
from communities.models import Membership
from moderation.lifecycle import ReturnState, SuspensionState
from moderation.models import ReturnAsked, Suspension

LATELY = 20


def in_force(membership: Membership, *, lock: bool = False) -> Suspension | None:
    """The suspension that holds this member's place shut; None for none, or for one older than such rows."""
    rows = Suspension.objects.filter(membership=membership, state=SuspensionState.IN_FORCE)
    return (rows.select_for_update() if lock else rows).first()


def own_suspension(membership: Membership) -> Suspension | None:
    """The member's own latest suspension that came about, for their letter: in force, or ended. One query."""
    came_about = (SuspensionState.IN_FORCE, SuspensionState.ENDED)
    return Suspension.objects.filter(membership=membership, state__in=came_about).order_by("-starts_at", "-pk").first()


def own_returns(suspension: Suspension) -> list[ReturnAsked]:
    """What its member asked about coming back, and the answers, newest first. One query."""
    asked = ReturnAsked.objects.filter(suspension=suspension, by=suspension.membership_id)
    return list(asked.order_by("-made_at", "-pk")[:LATELY])


def suspensions_for(membership: Membership, *, but_not: frozenset[int]) -> list[Suspension]:
    """Those proposed or in force in the member's community, for one who decides; without their own and `but_not`.

    With what is asked about coming back. Not what they left to the others. Called by pages that asked the policy.
    """
    left = StepAside.objects.filter(membership=membership, case__startswith="suspension:")
    aside = set(left.values_list("case", flat=True))
    rows = _of_community(membership).filter(state__in=(SuspensionState.PROPOSED, SuspensionState.IN_FORCE))
    rows = rows.exclude(membership__in=but_not).select_related("membership", "first_by", "second_by")
    found = rows.prefetch_related("returns").order_by("-state", "begun_at", "pk")
    return [row for row in found if row.ref not in aside]


def access_suspension(membership: Membership, pk: int, *, but_not: frozenset[int]) -> Suspension:
    """One suspension of the member's community, never about themselves or one of `but_not`. Raises Http404."""
    rows = _of_community(membership).exclude(membership__in=but_not)
    return get_object_or_404(rows.select_related("membership__community", "first_by", "second_by"), pk=pk)


def lock_suspension(pk: int) -> Suspension:
    """Read anew under its row's lock. The caller has locked the membership it is about."""
    return Suspension.objects.select_for_update(of=("self",)).select_related("first_by").get(pk=pk)


def open_return(suspension: Suspension, *, lock: bool = False) -> ReturnAsked | None:
    """What is asked about coming back, and waits; with who has said what."""
    rows = ReturnAsked.objects.filter(suspension=suspension, state=ReturnState.OPEN).prefetch_related("voices__by")
    return (rows.select_for_update() if lock else rows).first()


def may_be_suspended(membership: Membership) -> QuerySet[Membership]:
    """Whom those who decide may choose, by name; never themselves."""
    states = (State.ACTIVE, State.ON_A_BREAK, State.INACTIVE)
    here = Membership.objects.filter(community_id=membership.community_id, kind="member", state__in=states)
    return here.exclude(pk=membership.pk).order_by("display_name")


def _of_community(membership: Membership) -> QuerySet[Suspension]:
    return Suspension.objects.filter(community_id=membership.community_id).exclude(membership=membership)
