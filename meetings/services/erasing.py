"""What somebody wrote to bring something goes when they have their words here erased (domain, section 6)."""

from datetime import datetime

from communities.models import Membership
from meetings.models import AgendaItem
from meetings.policies import BROUGHT


def forget_words_of(membership: Membership, until: datetime) -> int:
    """Blank what this member wrote to bring things, up to a moment; that they were brought stays. Returns how many.

    Called by moderation in its transaction, with the erasing of their posts. What a meeting agreed is everybody's.
    """
    brought = AgendaItem.objects.filter(by=membership, kind__in=BROUGHT, added_at__lte=until)
    return brought.update(title="", why="", urgency=0)
