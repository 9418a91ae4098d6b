"""Leaving a community: one's own decision, at any time, nobody deciding (domain, section 6)."""

from django.db import transaction

import clock
from communities.models import Membership
from communities.notifications import tell_too_few
from communities.policies import may_leave
from communities.queries import is_open_for_writing
from moderation.services.standing import change_standing
from people.decisions import require


@transaction.atomic
def leave(*, by: Membership) -> Membership:
    """End one's own membership, and nothing else: posts stay, and whatever is the person's own stays theirs.

    What waited is taken back and offices end with it, in the same transaction. Where fewer than two are left who can
    decide, those left and staff are told that the board is closed for writing. Raises `Refused`, `Conflict` when left.
    """
    require(may_leave(by))
    was_open = is_open_for_writing(by.community, clock.now())
    member = change_standing(membership=by, verb="leave", by=by.ref)
    now = clock.now()
    if was_open and not is_open_for_writing(member.community, now):
        tell_too_few(member.community, now)
    return member
