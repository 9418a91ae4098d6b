"""The rota of turns: given out for the weeks ahead, by a job, to those who said that they would like one."""

from django.db import transaction

import clock
from audit.services import record
from communities.models import Community
from meetings.day.fair import share_out
from meetings.lifecycle.timetable import How
from meetings.models import Session, SessionRole
from meetings.models.day import RoleChoice
from meetings.notifications.day import tell_given
from meetings.queries.rota_ground import ground_for
from meetings.queries.turns import AHEAD
from meetings.services.turns import free


def share_out_all() -> int:
    """Give out what is open in every community in which somebody would like a turn; return how many turns were given.

    Called by a job, each day; running it twice gives nothing more.
    """
    willing = RoleChoice.objects.filter(willing=True).values("membership__community")
    return sum(share_out_turns(community) for community in Community.objects.filter(pk__in=willing).order_by("pk"))


@transaction.atomic
def share_out_turns(community: Community) -> int:
    """Give out this community's turns of the weeks ahead; return how many. Turns of those who can't are free first.

    Called by the job. Whoever is given one is told, and can give it back (`give_back_turn`).
    """
    now = clock.now()
    ahead = Session.objects.between(now, now + AHEAD).filter(community=community)
    # The sessions' locks, in the order of their numbers: nobody takes one of these turns meanwhile.
    sessions = {row.pk: row for row in ahead.select_for_update(of=("self",)).order_by("pk")}
    ground = ground_for(community, now)
    for lost in ground.lost:
        free(lost, now)
    given = share_out(ground.needs, ground.turns, ground.willing)
    for turn in given:
        told = SessionRole.objects.create(
            session=sessions[turn.session], role=turn.role, membership_id=turn.member, taken_at=now, how=How.ROTA
        )
        tell_given(told, now)
    if given or ground.lost:
        facts = {"given": len(given), "free": len(ground.lost)}
        record(chain=community.chain, verb="share out turns", actor="site", subject="turns", at=now, facts=facts)
    return len(given)
