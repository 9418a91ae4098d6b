"""What every page knows: who is here, in which community, and what waits for them."""

from typing import Any

from django.http import HttpRequest

from boards.live.counts import Counts, counts_of
from boards.policies import may_read_board, may_see_own_waiting
from communities.lifecycle import State
from communities.models import Membership
from communities.policies import is_staff_here, may_read_rules
from elections.motions.policies import may_see_votes
from meetings.policies import may_see_meetings
from meetings.policies.timetable import may_see_timetable
from moderation.models import Suspension
from moderation.queries import in_force
from peernet.open_pages import live_address, live_place


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for every template; the views set `request.membership` through the communities' door."""
    membership = getattr(request, "membership", None)
    return {
        "membership": membership,
        "community": membership.community if membership else None,
        # The menu leads nobody to a closed door.
        "may_read_board": membership and may_read_board(membership),
        "may_see_own_waiting": membership and may_see_own_waiting(membership),
        "may_read_rules": membership and may_read_rules(membership),
        "may_see_meetings": membership and may_see_meetings(membership),
        "may_see_timetable": membership and may_see_timetable(membership),
        "may_see_votes": membership and may_see_votes(membership),
        "may_see_staff_day": membership and is_staff_here(membership),
        "may_moderate": membership and membership.decides,
        "suspension": _suspension_of(membership),
        "counts": _counts_for(request),
        "live_address": live_address(request),
        "live_place": live_place(request),
    }


def _suspension_of(membership: Membership | None) -> Suspension | None:
    """What is said on every page of somebody suspended: why, by whom, until when. One query, for nobody else."""
    if membership is None or membership.state != State.SUSPENDED:
        return None
    return in_force(membership)


def _counts_for(request: HttpRequest) -> Counts:
    """The numbers in the menu; asked only where a community's door has been gone through. One query."""
    membership, now = getattr(request, "membership", None), getattr(request, "now", None)
    counts = counts_of(membership, now) if membership and now else Counts()
    # What follows the page (noting that it was read) need not ask again.
    request.counts = counts  # type: ignore[attr-defined]
    return counts
