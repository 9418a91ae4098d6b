"""What the day brings to the page of a session: its topic and its turns, and the way to its record."""

from typing import Any

from communities.models import Membership
from meetings.lifecycle.timetable import Role
from meetings.policies.day import is_in_the_room, may_have_turns, may_take_turn
from meetings.policies.timetable import RUNS, knows_groups
from meetings.queries.day import topic_of
from meetings.queries.logbook import seen_record
from meetings.roles import roles_in
from meetings.views.one_session import OneSession


def turns(one: OneSession) -> dict[str, Any] | None:
    """Who does what, today's topic, and the page for the room. Two queries, and the one of who comes.

    No turn is offered to somebody who can't come: it would be refused (meetings.services.turns).
    """
    membership, session, now = one.membership, one.session, one.now
    if not knows_groups(membership) or not session.takes_place:
        return None
    roles = roles_in(session)
    runs = runs_here(membership, roles)
    return {
        "topic": topic_of(session),
        "turns": shown(roles, membership),
        "takes": may_take_turn(membership, session, now) and not one.says_no,
        "has_turns": may_have_turns(membership),
        "runs": runs and not session.is_over(now),
        "hands": runs and is_in_the_room(session, now),
        "is_over": session.is_over(now),
    }


def shown(roles: dict[str, Membership], membership: Membership) -> list[dict[str, Any]]:
    """Chair, secretary and housekeeper with whoever it is."""
    return [
        {
            "role": role,
            "label": role.label,
            "member": roles.get(role),
            "is_own": role in roles and roles[role].pk == membership.pk,
        }
        for role in Role
    ]


def runs_here(membership: Membership, roles: dict[str, Membership]) -> bool:
    """Whether links for those who run a session are shown; the pages behind them ask again. No query."""
    return membership.is_staff or any(role in roles and roles[role].pk == membership.pk for role in RUNS)


def record(one: OneSession) -> dict[str, Any] | None:
    """The way to the session's record, for those who may read it. Two queries."""
    if not one.session.takes_place or not one.session.has_begun(one.now):
        return None
    kept = seen_record(one.membership, one.session, one.now)
    if kept is None or (kept.logbook is None and not kept.stands.runs):
        return None
    return {"logbook": kept.logbook, "writes": bool(kept.stands.runs)}
