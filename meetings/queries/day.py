"""The order of the day that holds for a session or a group, and today's topic."""

from django.db.models import Max, Q

from communities.models import Community
from meetings.day.order import Part, Timed, timed
from meetings.day.ours import our_order
from meetings.models import Session
from meetings.models.day import DayOrder, Topic


def newest_orders(community: Community | int, group: int | None) -> tuple[DayOrder | None, DayOrder | None]:
    """The newest order of the community, and of this group: None where nobody wrote one. One query."""
    rows = DayOrder.objects.filter(community=community).filter(Q(group=None) | Q(group=group))
    newest = rows.order_by().values("group").annotate(newest=Max("pk")).values("newest")
    found = {row.group_id: row for row in DayOrder.objects.filter(pk__in=newest)}
    return found.get(None), found.get(group) if group else None


def parts_for(community: Community | int, group: int | None) -> list[Part]:
    """The parts of the order that holds: the group's own, else the community's, else what all begin with. One query."""
    return held(*newest_orders(community, group))


def held(ours: DayOrder | None, own: DayOrder | None) -> list[Part]:
    """The parts that hold, of the two newest orders. No query."""
    holds = own if own is not None and own.parts else ours
    return holds.read if holds is not None and holds.parts else our_order()


def order_of(session: Session) -> list[Timed]:
    """The order of a session by the clock. One query."""
    parts = parts_for(session.community_id, session.group_id)
    return timed(parts, starts_at=session.starts_at, ends_at=session.ends_at)


def topic_of(session: Session) -> Topic | None:
    """What a session is about, if somebody said so. One query."""
    return Topic.objects.filter(session=session).exclude(words="").first()
