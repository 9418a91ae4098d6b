"""What was said of somebody's death, for those who may say it. Doors as everywhere: a miss is a 404."""

from django.shortcuts import get_object_or_404

from communities.lifecycle import HERE, Kind, State
from communities.models import Membership
from moderation.lifecycle import DeathState
from moderation.models import Death


def deaths_begun(membership: Membership, *, but_not: frozenset[int]) -> list[Death]:
    """What waits for the others, in the member's community. Three queries."""
    rows = Death.objects.filter(community_id=membership.community_id, state=DeathState.BEGUN)
    rows = rows.exclude(membership__in={membership.pk, *but_not}).select_related("membership")
    return list(rows.prefetch_related("voices__by").order_by("begun_at"))


def who_may_have_died(membership: Membership, *, but_not: frozenset[int]) -> list[Membership]:
    """Members of the community, by name, those who left too; never oneself. One query."""
    states = {*HERE, State.LEFT}
    rows = Membership.objects.filter(community_id=membership.community_id, kind=Kind.MEMBER, state__in=states)
    return list(rows.exclude(pk__in={membership.pk, *but_not}).order_by("display_name"))


def access_death(membership: Membership, pk: int, *, but_not: frozenset[int]) -> Death:
    """One that waits, or was settled, in the member's community. Raises Http404."""
    rows = Death.objects.filter(community_id=membership.community_id).exclude(membership__in={membership.pk, *but_not})
    return get_object_or_404(rows.select_related("membership__community", "membership__person", "community"), pk=pk)


def lock_death(pk: int) -> Death:
    """Read anew under its row's lock. The caller has locked the person and the membership it is about."""
    return Death.objects.select_for_update(of=("self",)).select_related("community", "membership").get(pk=pk)
