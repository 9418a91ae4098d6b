"""What follows when somebody's office has ended: upper apps say it here, once, as the site starts.

So that the place is not left alone between an office that ends and the next look of a job (domain, section 2).
"""

from collections.abc import Callable
from datetime import datetime

from communities.models import Community

type_of_follower = Callable[[Community, datetime], None]

_followers: list[type_of_follower] = []


def register(follower: type_of_follower) -> None:
    """Add what follows; each app its own, in its `ready()`."""
    _followers.append(follower)


def office_ended(community: Community, now: datetime) -> None:
    """Let follow what follows. Called by services in their transaction, before they record what they did."""
    for follow in _followers:
        follow(community, now)
