"""Places, groups and sessions put there without asking the services."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import clock
from clock.london import day_of
from communities.models import Community, Membership
from meetings.lifecycle.timetable import GroupKind, How, Role
from meetings.models import Group, Session, SessionRole, Venue
from meetings.recurrence import Frequency, Often

HOUR = timedelta(hours=1)


def a_venue(community: Community, name: str = "The Mill", **fields: Any) -> Venue:
    """A place, with nothing but its name."""
    return Venue.objects.create(community=community, name=name, changed_at=clock.now(), **fields)


def a_group(by: Membership, **fields: Any) -> Group:
    """A group every week from today by this member or staff; no session of it is laid out."""
    now = clock.now()
    today = day_of(now)
    given = {
        "title": "Walking group",
        "rule": Often(Frequency.WEEKLY, (today.weekday(),)).rule(),
        "first_day": today,
        "starts": time(19),
        "minutes": 90,
        "made_by": by,
        "made_at": now,
        "changed_at": now,
        "form_key": uuid4(),
    }
    return Group.objects.create(community=by.community, **(given | fields))


def a_session(
    community: Community,
    starts_at: datetime | None = None,
    *,
    group: Group | None = None,
    slot: date | None = None,
    hours: float = 1.5,
    **fields: Any,
) -> Session:
    """A session that begins now, or at this moment; `counts=True` for one of the programme."""
    now = clock.now()
    starts = starts_at or now
    counts = fields.get("counts", False)
    given = {
        "title": group.title if group else "Walking group",
        "kind": GroupKind.PROGRAMME if counts else GroupKind.GROUP,
        "ends_at": starts + hours * HOUR,
        "changed_at": now,
    }
    return Session.objects.create(community=community, group=group, slot=slot, starts_at=starts, **(given | fields))


def a_role(session: Session, role: Role, membership: Membership) -> SessionRole:
    """This member has this role in this session."""
    return SessionRole.objects.create(
        session=session, role=role, membership=membership, taken_at=clock.now(), how=How.OWN
    )
