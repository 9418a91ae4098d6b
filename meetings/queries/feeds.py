"""Diaries: one's own, the one at an address, and what stands in it."""

from datetime import datetime, timedelta

from communities.lifecycle import State
from communities.models import Membership, StateSince
from meetings.lifecycle.coming import WANTS_TO_COME
from meetings.lifecycle.feeds import Holds
from meetings.models import Coming, DiaryFeed, Session
from meetings.policies.timetable import may_see_timetable
from meetings.queries.timetable import sessions_seen
from people.sealing import digests

# What was called off stays so long, until every calendar has read it; ahead, as far as the timetable is laid out.
BACK, AHEAD = timedelta(days=14), timedelta(weeks=26)
PURPOSE = "diary address"


def own_diary(membership: Membership) -> DiaryFeed | None:
    """One's own, if there is one. One query."""
    return DiaryFeed.objects.filter(membership=membership).first()


def diary_at(token: str) -> DiaryFeed | None:
    """The diary at this address; None where there is none, or its owner may not see the timetable now. Two queries.

    Asked at each reading: renewed, left, suspended from everything and never made look the same.
    """
    rows = DiaryFeed.objects.filter(token_digest__in=digests(PURPOSE, token)).select_related("membership__community")
    found = rows.first()
    if found is None or not may_see_timetable(found.membership):
        return None
    # Whoever left and came again begins anew: an address of before would be alive without their having thought of it.
    left = StateSince.objects.filter(membership=found.membership_id, state=State.LEFT, since__gte=found.made_at)
    return None if left.exists() else found


def sessions_in(feed: DiaryFeed, now: datetime) -> list[Session]:
    """What stands in it: what its owner sees of the timetable, or of that only where they come. Two queries at most."""
    seen = sessions_seen(feed.membership, now - BACK, now + AHEAD, now)
    if feed.holds == Holds.ALL:
        return seen
    coming = Coming.objects.filter(membership=feed.membership_id, answer__in=WANTS_TO_COME)
    theirs = set(coming.values_list("session", flat=True))
    return [session for session in seen if session.pk in theirs]
