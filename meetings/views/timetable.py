"""The timetable, week by week, and one session of it."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clock.london import day_of, first_moment
from communities.entry import enter
from communities.lifecycle import State
from communities.models import Membership
from communities.policies import takes_part
from meetings import queries
from meetings.models import Session
from meetings.policies.timetable import knows_groups
from meetings.queries.coming import answers_of, away_times
from meetings.queries.timetable import comfortable_in
from meetings.views.one_session import OneSession
from meetings.views.session_parts import parts_of
from meetings.week import days_shown
from meetings.when import A_WEEK, day_named, monday_of, when_words


@require_safe
def timetable(request: HttpRequest, slug: str) -> HttpResponse:
    """One week of the timetable: this one, or the one that `from` names."""
    membership, now = enter(request, slug)
    monday = monday_of(day_named(request.GET.get("from", "")) or day_of(now))
    start, end = first_moment(monday, time(0)), first_moment(monday + A_WEEK, time(0))
    sessions = queries.sessions_seen(membership, start, end, now)
    context = {
        "days": days_shown(sessions, now, answers_of(membership, sessions), away_times(membership, day_of(now))),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "is_this_week": monday == monday_of(day_of(now)),
        "before": monday - A_WEEK,
        "after": monday + A_WEEK,
        "knows_groups": knows_groups(membership),
        "comes_back": membership.state == State.INACTIVE,
        **_keeps(membership),
        "now": now,
        "page_kind": "groups",
    }
    return render(request, "meetings/timetable/week.html", context)


def _keeps(membership: Membership) -> dict[str, Any]:
    """Which buttons are theirs, by what the door knows; the services ask again. No query."""
    keeps = membership.is_staff or membership.decides
    return {"keeps": keeps, "starts_groups": keeps or takes_part(membership)}


@require_safe
def session(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One session: when, where, and what each topic brings to its page."""
    membership, now = enter(request, slug)
    row = queries.access_session(membership, pk)
    one = OneSession(membership, row, now)
    context = {
        "session": row,
        "when": when_words(row.starts_at, row.ends_at),
        "is_over": row.is_over(now),
        "has_begun": row.has_begun(now),
        "knows_groups": knows_groups(membership),
        "changes": _changes(membership, row, now),
        "parts": parts_of(one),
        "crowded": _crowded(one),
        "now": now,
        "page_kind": "groups",
    }
    return render(request, "meetings/timetable/session.html", context)


def _crowded(one: OneSession) -> dict[str, int] | None:
    """How many say that they come, where that is more than feels comfortable here (domain, section 2).

    The query of who comes.
    """
    if not one.session.takes_place or one.session.is_over(one.now):
        return None
    coming, comfortable = len(one.who.coming), comfortable_in(one.session)
    return {"coming": coming, "comfortable": comfortable} if coming > comfortable else None


def _changes(membership: Membership, row: Session, now: datetime) -> bool:
    if row.is_over(now) or row.change == "dropped":
        return False
    thing = row.group or row
    started = thing.member_led and thing.made_by_id == membership.pk and takes_part(membership)
    return started or membership.is_staff or membership.decides
