"""What follows when somebody's office has ended: upper apps say it here, once, as the site starts.

So that the place is not left alone between an office that ends and the next look of a job (domain, section 2).
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Max
from django.db.models.functions import Coalesce

from communities.lifecycle import DECIDING_OFFICES
from communities.models import Community, TermOfOffice

type_of_follower = Callable[[Community, datetime], None]

_followers: list[type_of_follower] = []


def register(follower: type_of_follower) -> None:
    """Add what follows; each app its own, in its `ready()`."""
    _followers.append(follower)


def office_ended(community: Community, now: datetime) -> None:
    """Let follow what follows. Called by services in their transaction, before they record what they did."""
    for follow in _followers:
        follow(community, now)


def last_end(community: Community, now: datetime) -> str:
    """When an office that decides last ended here, as a mark of that gap; "" where none ever did. One query."""
    terms = TermOfOffice.objects.filter(membership__community=community, office__in=DECIDING_OFFICES)
    over = terms.annotate(over_at=Coalesce("ended_at", "ends_at")).filter(over_at__lte=now)
    last = over.aggregate(last=Max("over_at"))["last"]
    return last.isoformat() if last else ""
