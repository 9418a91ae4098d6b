"""What stands on the page of one session, part by part: each topic brings its own, in this order.

A part is a function (membership, session, now) -> what its template needs, or None where it has nothing for this
reader. The whole page stays within ten queries: a part asks two at most.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communities.models import Membership
from meetings.models import Session
from meetings.views import coming_parts, day_parts

Gathers = Callable[[Membership, Session, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class SessionPart:
    """One part of the page: its template, which reads `part` beside the page's own context, and what it needs."""

    template: str
    gathers: Gathers


PARTS: tuple[SessionPart, ...] = (
    SessionPart("meetings/coming/part.html", coming_parts.coming),
    SessionPart("meetings/day/turns_part.html", day_parts.turns),
    SessionPart("meetings/day/record_part.html", day_parts.record),
)


def parts_of(membership: Membership, session: Session, now: datetime) -> list[dict[str, Any]]:
    """The parts that have something for this reader: each with its template."""
    found = ((part.template, part.gathers(membership, session, now)) for part in PARTS)
    return [{"template": template, **said} for template, said in found if said is not None]
