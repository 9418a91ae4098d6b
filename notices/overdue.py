"""How far the outbox is behind, for whoever runs the installation: a time, and nothing of whose mail it is."""

from datetime import datetime

from django.db.models import Min

from notices.models import Outgoing, Push


def oldest_due(now: datetime) -> datetime | None:
    """Since when the mail or push that waits longest should have been out, on the whole installation; or None."""
    waiting = (kind.objects.filter(closed_at=None, due_at__lte=now) for kind in (Outgoing, Push))
    return min((found for rows in waiting if (found := rows.aggregate(first=Min("due_at"))["first"])), default=None)
