"""What somebody wrote to bring something goes when they have their words here erased (domain, section 6)."""

from datetime import datetime

import clock
from communities.models import Membership
from meetings.lifecycle.local import LocalState
from meetings.models import AgendaItem, LocalChange, TimePoll
from meetings.policies import BROUGHT
from meetings.services.coming import forget_words
from meetings.services.coming_back import forget_come_backs
from meetings.services.local import blank_changes
from meetings.services.logbook import forget_proposals


def forget_words_of(membership: Membership, until: datetime) -> int:
    """Blank what this member wrote to bring things, up to a moment; that they were brought stays. Returns how many.

    Called by moderation in its transaction, with the erasing of their posts. What a meeting agreed is everybody's, and
    so are agreed records and what stands on the page of local life now; their texts in its history go, and what they
    asked about times, wrote with apologies or to come back, or wanted changed in a record and nobody has answered.
    """
    brought = AgendaItem.objects.filter(by=membership, kind__in=BROUGHT, added_at__lte=until)
    asked = TimePoll.objects.filter(made_by=membership, made_at__lte=until)
    blanked = brought.update(title="", why="", urgency=0) + asked.update(title="", words="", place="", urgency=0)
    blanked += forget_words(membership, until) + forget_proposals(membership, until)
    blanked += forget_come_backs(membership, until)
    return blanked + _forget_earlier_texts(membership, until)


def _forget_earlier_texts(membership: Membership, until: datetime) -> int:
    texts = LocalChange.objects.filter(by=membership, at__lte=until, title__gt="").select_related("piece")
    earlier = [text for text in texts if text.edition != text.piece.edition or text.piece.state == LocalState.TAKEN_OFF]
    blank_changes(earlier, clock.now())
    return len(earlier)
