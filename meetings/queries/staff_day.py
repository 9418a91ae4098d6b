"""What staff's day asks of meetings: sessions, registers and letters, in as few questions as there are kinds."""

from datetime import datetime, time, timedelta

from django.db.models import Q

from clock.london import day_of, first_moment
from communities.apart import never_with
from communities.models import Membership
from meetings.lifecycle.attendance import OPEN_ABSENCES, AbsenceState, LetterAnswer
from meetings.lifecycle.timetable import SessionState
from meetings.models import AbsenceCase, Session
from meetings.queries.absences import SHOWN_CLOSED
from meetings.queries.register import FLAGGED_FOR


def sessions_of_the_day(membership: Membership, now: datetime) -> tuple[list[Session], list[Session]]:
    """Today's sessions by London's clock, and those over without a register, the newest first. One query.

    One that began yesterday is today's until its end. The second as `queries.register.untaken` has them. For staff of
    the community.
    """
    today = day_of(now)
    start, end = first_moment(today, time(0)), first_moment(today + timedelta(days=1), time(0))
    untaken = Q(state=SessionState.PLANNED, counts=True, register=None, ends_at__lte=now, ends_at__gt=now - FLAGGED_FOR)
    goes_on = Q(state=SessionState.PLANNED, starts_at__lt=start, ends_at__gt=now)
    rows = Session.objects.filter(Q(starts_at__gte=start, starts_at__lt=end) | goes_on | untaken)
    rows = rows.filter(community=membership.community_id).select_related("group", "venue", "register")
    found = list(rows.order_by("starts_at", "pk"))
    waiting = [row for row in reversed(found) if row.counts and row.takes_place and _is_untaken(row, now)]
    return [row for row in found if start <= row.starts_at < end or not row.is_over(now)], waiting


def _is_untaken(row: Session, now: datetime) -> bool:
    return row.is_over(now) and getattr(row, "register", None) is None


def not_seen(membership: Membership, now: datetime) -> list[AbsenceCase]:
    """Letters to people who have not been seen that are open, and answers that ask for a ring, the oldest first.

    Never about somebody kept apart from the reader (domain, section 8). From attendance alone. One query.
    """
    asks = Q(state=AbsenceState.ANSWERED, answer=LetterAnswer.RING, closed_at__gt=now - SHOWN_CLOSED)
    rows = AbsenceCase.objects.filter(Q(state__in=OPEN_ABSENCES) | asks, community=membership.community_id)
    rows = rows.exclude(never_with(membership.pk))
    return list(rows.select_related("membership").order_by("begun_at", "pk"))
