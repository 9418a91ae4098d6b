"""What every page knows: who is here, in which community, and what waits for them."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for every template; the views set `request.membership` through the communities' door."""
    membership = getattr(request, "membership", None)
    return {
        "membership": membership,
        "community": membership.community if membership else None,
        "may_moderate": getattr(request, "may_moderate", False),
        "notices_count": getattr(request, "notices_count", 0),
    }
