"""What stands on the page of one session, part by part: each topic brings its own, in this order.

A part is a function (one session, its reader, the moment) -> what its template needs, or None where it has nothing for
this reader. The whole page stays within ten queries: a part asks two at most.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from meetings.views import coming_parts, day_parts
from meetings.views.one_session import OneSession

Gathers = Callable[[OneSession], dict[str, Any] | None]


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


def parts_of(one: OneSession) -> list[dict[str, Any]]:
    """The parts that have something for this reader: each with its template."""
    found = ((part.template, part.gathers(one)) for part in PARTS)
    return [{"template": template, **said} for template, said in found if said is not None]
