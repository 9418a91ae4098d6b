"""What stands at the addresses of groups, of places, and of what is done to a session."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import clock
from tests.meetings.groups import a_group, a_session, a_venue


def _nothing(people: Any) -> dict[str, object]:
    return {}


def _group(people: Any) -> dict[str, object]:
    """A group that staff put on the timetable."""
    return {"pk": a_group(people.staff).pk}


def _session(people: Any) -> dict[str, object]:
    """A session tomorrow, of no group."""
    return {"pk": a_session(people.author.community, clock.now() + timedelta(days=1)).pk}


def _venue(people: Any) -> dict[str, object]:
    return {"pk": a_venue(people.staff.community, str(uuid4())).pk}


MAKERS: dict[str, Callable[[Any], dict[str, object]]] = {
    **dict.fromkeys(("timetable", "groups", "group_new", "session_new", "venues", "venue_new"), _nothing),
    **dict.fromkeys(("group", "group_change", "group_end", "group_extra"), _group),
    **dict.fromkeys(("session", "session_move", "session_cancel", "session_hold"), _session),
    **dict.fromkeys(("venue_change", "venue_use"), _venue),
}
MAKERS = {f"meetings:{name}": make for name, make in MAKERS.items()}
