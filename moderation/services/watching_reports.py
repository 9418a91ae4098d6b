"""Following up what was reported, as a hold is: told again, then staff; nobody is told twice (domain, section 8)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

import clock
from audit.queries import entries_about
from audit.services import record
from boards.holds import OVERDUE_AFTER
from boards.notifications import AGAIN_AFTER
from boards.queries.holding import handed_on
from communities.duty import Watch, alternates_on_duty, next_cover, watch_among
from communities.queries import offices_in
from moderation.lifecycle import Readers, ReportState
from moderation.models import Report
from moderation.queries import grouped, lock_open
from moderation.readers import Offices, kept_out_of, of_report, people_of, supervises
from moderation.report_notices import ask_alternates_to_fetch, path_for, tell_readers, tell_staff

ALTERNATES_AFTER = timedelta(minutes=30)


def follow_up_reports() -> int:
    """Go through everything that was reported and tell whoever should now be told. Run each half minute by the sweep.

    Safe to run twice and at any time: each telling has a key of its own. Returns how many things wait.
    """
    waiting = grouped(Report.objects.filter(state=ReportState.OPEN).order_by("pk"))
    for thing in waiting:
        _follow_up(thing.first)
    return len(waiting)


@transaction.atomic
def _follow_up(report: Report) -> None:
    rows = lock_open(report)
    now = clock.now()
    if not rows:
        return
    offices = offices_in(rows[0].community_id, now)
    looking = _tell_readers(rows, offices, now)
    if looking is not None:
        _tell_further(rows, looking, supervises(offices, rows[0].about_id), now)


def tell_at_once(report: Report, offices: Offices, now: datetime) -> None:
    """Tell those on duty of a report that was just made. Called in the transaction that made it.

    More reports on what somebody was asked to look at already are told no second time, unless one speaks of danger.
    """
    _tell_readers(lock_open(report), offices, now)


def _tell_readers(rows: Sequence[Report], offices: Offices, now: datetime) -> Watch | None:
    """Tell whoever reads this and is on duty; returns the watch among them, None where staff read it."""
    first, urgency = rows[0], max(row.urgency for row in rows)
    readings = [of_report(offices, row) for row in rows]
    if all(reading.readers == Readers.STAFF for reading in readings):
        _leave_to_staff(first, urgency, now, kind="report")
        return None
    people = people_of(readings) - handed_on([row.ref for row in rows])
    looking = watch_among(first.community, now, people)
    readers = next(reading.readers for reading in readings if reading.readers != Readers.STAFF)
    tell_readers(first, urgency, looking.on_duty, path_for(readers, first.community.slug), now)
    return looking


def _tell_further(rows: Sequence[Report], looking: Watch, about_a_supervisor: bool, now: datetime) -> None:
    report, urgency = rows[0], max(row.urgency for row in rows)
    waited = now - report.made_at
    slow = waited >= ALTERNATES_AFTER or (waited >= AGAIN_AFTER and not looking.somebody_is_on)
    if slow and not about_a_supervisor:
        alternates = alternates_on_duty(report.community, now, but_not=report.about)
        ask_alternates_to_fetch(report, urgency, alternates, now)
    if waited >= OVERDUE_AFTER or not looking.somebody_is_on:
        _leave_to_staff(report, urgency, now, kind="report_overdue", knows=about_a_supervisor)
        _record_overdue(report, looking, now)


def _leave_to_staff(report: Report, urgency: int, now: datetime, *, kind: str, knows: bool = True) -> None:
    """Staff are told in their cover hours: to look where nobody else is left, else to see that somebody does."""
    not_they = {report.about_id, *kept_out_of(report)}
    due = {member: at for member, at in next_cover(report.community, now).items() if member.pk not in not_they}
    slug = report.community.slug
    if kind == "report":
        path = path_for(Readers.STAFF, slug)
    else:
        path = reverse("moderation:report", args=[slug, report.pk]) if knows else reverse("boards:front", args=[slug])
    tell_staff(report, urgency, due, now, kind=kind, path=path)


def _record_overdue(report: Report, looking: Watch, now: datetime) -> None:
    if not entries_about(report.community.chain, report.ref).filter(verb="report overdue").exists():
        facts = {"on duty": len(looking.on_duty)}
        chain = report.community.chain
        record(chain=chain, verb="report overdue", actor="site", subject=report.ref, at=now, facts=facts)
