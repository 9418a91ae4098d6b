"""Who of those on duty is here: said only of them, and only as long as it is known (domain, section 4.6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from boards.models import Presence
from communities.duty import Watch

BELIEVED_FOR = timedelta(seconds=60)


def here_of(watches: Iterable[Watch], now: datetime) -> frozenset[int]:
    """Those on duty in these watches who had a page open within the last minute. One query, none with nobody on."""
    on_duty = [member.pk for watch in watches for member in watch.on_duty]
    if not on_duty:
        return frozenset()
    lately = Presence.objects.filter(membership__in=on_duty, seen_at__gt=now - BELIEVED_FOR)
    return frozenset(lately.values_list("membership_id", flat=True))
