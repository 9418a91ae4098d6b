"""All votes on one page: what one can vote on now, what is talked over, and what was decided."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.entry import enter
from communities.models import Membership
from elections import outcomes
from elections.motions.lifecycle import MotionState
from elections.motions.policies import may_propose, may_see_votes
from elections.motions.queries import (
    A_PAGE,
    decided_motions,
    lines_of,
    open_motions,
    open_polls,
    words_to_look_at,
)
from elections.motions.services import open_due
from elections.motions.views.shown import row_of
from elections.services import close_due


@require_safe
def votes(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who belongs; whoever does not take part finds what is about themselves.

    A vote whose time has come opens or closes as somebody looks, while no job runs.
    """
    membership, now = enter(request, slug)
    close_due(membership.community)
    open_due(membership.community)
    return render(request, "elections/votes.html", _context(request, membership, now))


def _context(request: HttpRequest, membership: Membership, now: datetime) -> dict[str, Any]:
    before = request.GET.get("before", "")
    motions = [] if before else open_motions(membership)
    others = [] if before else open_polls(membership, now)
    lines = lines_of(membership, [*(motion.poll_id for motion in motions), *(poll.pk for poll in others)])
    rows = [row_of(motion, lines.get(motion.poll_id or 0)) for motion in motions]
    decided = decided_motions(membership, int(before) if before.isdecimal() and len(before) < 19 else None)
    return {
        "page_kind": "votes",
        "open": [row for row in rows if row.motion.state == MotionState.VOTING],
        "talked_over": [row for row in rows if row.motion.state == MotionState.TALKING],
        "others": [(poll, outcomes.of(poll.purpose).heading(poll), lines.get(poll.pk)) for poll in others],
        "to_look_at": words_to_look_at(membership),
        "decided": [row_of(motion) for motion in decided[:A_PAGE]],
        "older": decided[A_PAGE - 1].pk if len(decided) > A_PAGE else None,
        "is_first": not before,
        "may_propose": may_propose(membership),
        "may_see_votes": may_see_votes(membership),
        "now": now,
    }
