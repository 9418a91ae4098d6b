"""What every page knows: who is here, in which community, and what waits for them."""

from typing import Any

from django.http import HttpRequest

from boards.policies import may_read_board, may_see_own_waiting
from communities.policies import may_read_rules
from notices.queries import count_new


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for every template; the views set `request.membership` through the communities' door."""
    membership = getattr(request, "membership", None)
    return {
        "membership": membership,
        "community": membership.community if membership else None,
        # The menu leads nobody to a closed door.
        "may_read_board": membership and may_read_board(membership),
        "may_see_own_waiting": membership and may_see_own_waiting(membership),
        "may_read_rules": membership and may_read_rules(membership),
        "may_moderate": membership and membership.decides,
        "notices_count": _notices_for(request),
    }


def _notices_for(request: HttpRequest) -> int:
    """How many notices wait for the one who is here; asked only where a community's door has been gone through."""
    membership, now = getattr(request, "membership", None), getattr(request, "now", None)
    return count_new(membership.person, now) if membership and now else 0
