"""The welcome is shown by itself once; afterwards it is a page like any other."""

from datetime import datetime

from communities.models import Membership


def note_welcomed(*, by: Membership, now: datetime) -> None:
    """Note that this member has been shown what this place is. Called by their own first visit; once is enough."""
    Membership.objects.filter(pk=by.pk, welcomed_at=None).update(welcomed_at=now)
