"""The next session, with what one member has said of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from clock.london import LONDON
from communities.models import Membership
from meetings.lifecycle.timetable import Change
from meetings.models import Session
from meetings.models.coming import AwayTime, Coming


@dataclass(frozen=True)
class NextOne:
    """The session; the member's answer ("": nothing said), and whether they said that they are away that day."""

    session: Session
    answer: str
    is_away: bool


def next_one(membership: Membership, now: datetime) -> NextOne | None:
    """What is on, or comes next, and takes place. One query.

    Called by pages that have asked who may see the timetable.
    """
    said = Coming.objects.filter(session=OuterRef("pk"), membership=membership).values("answer")
    away = AwayTime.objects.filter(
        Q(until_day__isnull=True) | Q(until_day__gte=OuterRef("day")),
        membership=membership,
        from_day__lte=OuterRef("day"),
        ended_at=None,
    )
    ahead = Session.objects.planned().exclude(change=Change.DROPPED)
    rows = ahead.filter(community_id=membership.community_id, ends_at__gt=now)
    dated = rows.annotate(day=TruncDate("starts_at", tzinfo=LONDON))
    found = dated.annotate(own_answer=Subquery(said), own_away=Exists(away)).order_by("starts_at", "pk").first()
    return NextOne(found, found.own_answer or "", is_away=found.own_away) if found else None
