"""What the list of what was opened to one shows beside the openings."""

from collections.abc import Collection

from communities.models import Membership
from crisisplans.models import NotAsked, Opening


def names_of_owners(community_id: int, openings: Collection[Opening]) -> dict[int, str]:
    """The names that these openings' owners chose in the community, by person. One query, none without openings."""
    people = {opening.plan.person_id for opening in openings}
    rows = Membership.objects.filter(community_id=community_id, person__in=people)
    return dict(rows.values_list("person_id", "display_name")) if people else {}


def is_asked(membership: Membership) -> bool:
    """Whether this member can be found among those who can be asked. One query."""
    return not NotAsked.objects.filter(membership=membership).exists()
