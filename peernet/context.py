"""What every page knows: who is here, in which community, and what waits for them."""

from typing import Any

from django.http import HttpRequest

from notices.queries import count_new


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for every template; the views set `request.membership` through the communities' door."""
    membership = getattr(request, "membership", None)
    return {
        "membership": membership,
        "community": membership.community if membership else None,
        "may_moderate": getattr(request, "may_moderate", False),
        "notices_count": count_new(membership.person, request.now) if membership else 0,
    }
