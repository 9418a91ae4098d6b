"""Half a year after somebody looked at a piece of local life, somebody is asked to look again."""

from django.db import transaction

import clock
from clock.london import day_of
from communities.models import Community, Membership
from communities.queries import deciders
from meetings.notifications.local import ask_to_look
from meetings.policies.local import may_keep_local
from meetings.queries.local import communities_with_due, due_pieces


def ask_about_local() -> int:
    """Ask in every community where something is due; returns in how many. Run by the sweep, safe at any time.

    Whoever looked last is asked; where they are away, the Top Three. Each once a month at most, however much is due.
    """
    due = communities_with_due(day_of(clock.now()))
    for community in due:
        _ask(community)
    return len(due)


@transaction.atomic
def _ask(community: Community) -> None:
    # Two sweeps at once: one after the other.
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    now = clock.now()
    asked: dict[int, Membership] = {}
    for piece in due_pieces(community, day_of(now)):
        looked = piece.checked_by
        who = [looked] if may_keep_local(looked) else deciders(community, now).select_related("person")
        asked |= {member.pk: member for member in who}
    ask_to_look(community, asked.values(), now)
