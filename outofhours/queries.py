"""The bank's doors: who is in it, one's own place, whose training waits to be signed off. A miss is a 404."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from communities.lifecycle import State
from communities.models import Community, Membership
from outofhours.lifecycle import Item, PlaceState
from outofhours.models import BankPlace, BankTerm, SignOff


def in_bank(community: Community, now: datetime) -> list[BankTerm]:
    """Those who are in the bank now, by name; active members only. One query."""
    rows = BankTerm.objects.in_force(now).filter(place__membership__community=community)
    return list(rows.select_related("place__membership").order_by("place__membership__display_name"))


def is_in_bank(membership: Membership, now: datetime) -> bool:
    """Whether this member is in the bank now. One query."""
    return BankTerm.objects.in_force(now).filter(place__membership=membership).exists()


def own_place(membership: Membership) -> BankPlace | None:
    """One's own place, with what was ticked of the checklist and who signed it off. Three queries."""
    rows = BankPlace.objects.filter(membership=membership).prefetch_related("learnt", "sign_offs__by")
    return rows.select_related("membership").first()


def waiting_to_be_signed(membership: Membership, apart: Collection[int]) -> list[BankPlace]:
    """Whose checklist is whole and waits for a second pair of eyes; never one's own, nor of those one is kept apart
    from. Two queries.
    """
    rows = _places(membership).filter(state=PlaceState.LEARNING, membership__state=State.ACTIVE)
    rows = rows.exclude(membership=membership).exclude(membership__in=apart)
    whole = rows.annotate(ticked=Count("learnt")).filter(ticked=len(Item))
    return list(whole.prefetch_related("sign_offs__by").order_by("state_since", "pk"))


def access_place(membership: Membership, pk: int, apart: Collection[int]) -> BankPlace:
    """Somebody's place in the bank of the member's community, not of those one is kept apart from. Raises Http404."""
    return get_object_or_404(_places(membership).exclude(membership__in=apart), pk=pk)


def lock_place(membership: Membership) -> BankPlace | None:
    """A member's place read anew under its row's lock. In a transaction, after the membership's lock."""
    rows = BankPlace.objects.select_for_update(of=("self",)).select_related("membership__community")
    return rows.filter(membership=membership).first()


def signed(place: BankPlace) -> list[SignOff]:
    """Those who have signed this training off. One query."""
    return list(place.sign_offs.order_by("at", "pk"))


def _places(membership: Membership) -> QuerySet[BankPlace]:
    rows = BankPlace.objects.filter(membership__community_id=membership.community_id)
    return rows.select_related("membership__community", "membership__person")
