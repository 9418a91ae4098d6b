"""Noting that somebody has handed a case to the others."""

from datetime import datetime

from boards.models import HandedOn
from communities.models import Membership


def note_handed_on(*, case: str, member: Membership, now: datetime) -> bool:
    """Note it; returns whether it is new. Called by moderation, which has authorised it, in its transaction."""
    _row, is_new = HandedOn.objects.get_or_create(case=case, membership=member, defaults={"at": now})
    return is_new
