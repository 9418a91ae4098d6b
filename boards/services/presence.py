"""Noting that one of those on duty has a page open, and forgetting it. The server notes it, on nobody's word."""

from collections.abc import Collection
from datetime import datetime

from boards.models import Presence
from boards.queries.presence import BELIEVED_FOR


def note_here(on_duty: Collection[int], now: datetime) -> None:
    """Note that these memberships, on duty now, have a page open; drop what nobody may believe any more.

    Called by the look-out with those whom it has just found on duty (boards.live.presence). Twice is once.
    """
    rows = [Presence(membership_id=member, seen_at=now) for member in on_duty]
    Presence.objects.bulk_create(rows, update_conflicts=True, unique_fields=["membership"], update_fields=["seen_at"])
    Presence.objects.filter(seen_at__lte=now - BELIEVED_FOR).delete()


def forget_here(members: Collection[int]) -> None:
    """Forget that these memberships were here: their last page is closed, or their duty is over."""
    Presence.objects.filter(membership__in=members).delete()
