"""What the front page says of the diary: the next session, what one member has said of it, and a letter to them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateField, Exists, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from clock.london import LONDON
from communities.models import Membership
from meetings.lifecycle.attendance import SENT_ABSENCES
from meetings.lifecycle.timetable import Change
from meetings.models import AbsenceCase, Session
from meetings.models.coming import AwayTime, Coming


@dataclass(frozen=True)
class NextOne:
    """A session; the member's answer ("": nothing said), and whether they said that they are away that day."""

    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    answer: str
    is_away: bool


@dataclass(frozen=True)
class Ahead:
    """What is on, or comes next, and takes place; where a letter of the group stands that can be answered, or ""."""

    next_one: NextOne | None
    letter: str


def ahead_of(membership: Membership, now: datetime) -> Ahead:
    """Both, in one query: from the membership, which is always there. Called by pages that have asked the policies."""
    letters = AbsenceCase.objects.filter(membership=OuterRef("pk"), state__in=SENT_ABSENCES)
    stands = letters.order_by("-pk").values("state")[:1]
    planned = Session.objects.planned().exclude(change=Change.DROPPED).filter(community_id=membership.community_id)
    first = planned.filter(ends_at__gt=now).order_by("starts_at", "pk").values("pk")[:1]
    coming = FilteredRelation("community__sessions", condition=Q(community__sessions__pk=Subquery(first)))
    said = Coming.objects.filter(session=OuterRef("ahead__pk"), membership=OuterRef("pk")).values("answer")
    away = AwayTime.objects.filter(
        Q(until_day__isnull=True) | Q(until_day__gte=OuterRef("day")),
        membership=OuterRef("pk"),
        from_day__lte=OuterRef("day"),
        ended_at=None,
    )
    rows = Membership.objects.filter(pk=membership.pk).annotate(letter=Subquery(stands), ahead=coming)
    dated = rows.annotate(day=TruncDate("ahead__starts_at", tzinfo=LONDON, output_field=DateField()))
    found = dated.annotate(own_answer=Subquery(said), own_away=Exists(away))
    fields = ("letter", "ahead__pk", "ahead__title", "ahead__starts_at", "ahead__ends_at", "own_answer", "own_away")
    row = found.values_list(*fields).first()
    if row is None:
        return Ahead(None, "")
    letter, number, title, starts_at, ends_at, answer, is_away = row
    one = NextOne(number, title, starts_at, ends_at, answer or "", is_away) if number else None
    return Ahead(one, letter or "")
