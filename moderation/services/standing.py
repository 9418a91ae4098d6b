"""A change of a member's standing together with what it does to their waiting posts, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction

import clock
from boards.queries import lock_waiting
from boards.services import settle_waiting
from communities.models import Membership
from communities.queries import lock_membership
from communities.services import change_state
from crisisplans.services.settling import end_with
from moderation.services.closing import close_for_good

# Suspension holds what waits, so that its author still has it; leaving and death take it back (domain, section 6).
SETTLED_BY = {"suspend": "hold", "make_inactive": "hold", "leave": "take_back", "record_death": "take_back"}
ENDS_IT = frozenset({"leave", "record_death"})


@transaction.atomic
def change_standing(
    *,
    membership: Membership,
    verb: str,
    by: str,
    suspended_from: str = "",
    suspended_until: datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> Membership:
    """Lead a membership through a step of its life cycle and settle its waiting posts with it.

    Called by services and commands that have authorised `by`. Raises `Conflict` where the step can't start.
    """
    member = lock_membership(membership)
    # The posts' locks come before the record's, as in a decision: else the two would wait for each other for ever.
    waiting = lock_waiting(member, clock.now()) if verb in SETTLED_BY else []
    if verb in ENDS_IT:
        end_with(member, died=verb == "record_death")
    member = change_state(
        membership=membership,
        verb=verb,
        by=by,
        suspended_from=suspended_from,
        suspended_until=suspended_until,
        facts=facts,
    )
    if verb in SETTLED_BY:
        settle_waiting(waiting=waiting, verb=SETTLED_BY[verb], by=by, now=clock.now())
    if verb in ENDS_IT:
        close_for_good(member, by, clock.now())
    return member
