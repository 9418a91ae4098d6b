"""What is told about reports: to whoever should look, and to whoever made one. Never a word of it, never a name."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.notifications import AGAIN_AFTER
from boards.watching import WATCH, while_on_duty
from communities.lifecycle import Kind, Office
from communities.lifecycle import State as Standing
from communities.models import Membership
from communities.queries import offices_in
from moderation.lifecycle import Readers, ReportState
from moderation.models import Report
from moderation.queries import same_thing
from moderation.readers import is_among, of_report
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each
from people.decisions import YES, Decision, no


def register_all() -> None:
    """Make the kinds of notices about reports known; called once, as the site starts."""
    for name, sentence, question in (
        ("report", _("Somebody is worried about something. One of you is asked to look."), for_its_readers),
        ("report_waits", _("A report has been waiting. Please ask one of the Top Three to look."), _for_an_alternate),
        ("report_overdue", _("A report has been waiting and nobody has looked. Please help."), _for_staff),
    ):
        kinds.register(name, sentence, still_wanted=question, group=WATCH, in_quiet_hours=while_on_duty)
    kinds.register("report_answered", _("What you reported has been looked at."))


def stem(report: Report, urgency: int) -> str:
    """The stem of every notice about what this (the first open) report is about; danger heard of later is told anew."""
    return f"report:{report.pk}:{urgency}"


def _asked_about(notice: Notice) -> tuple[Report | None, Membership | None]:
    _report, pk, _urgency, _when, member = notice.key.split(":")
    report = Report.objects.filter(pk=int(pk), state=ReportState.OPEN).first()
    return report, Membership.objects.filter(pk=int(member), state=Standing.ACTIVE).first()


def for_its_readers(notice: Notice) -> bool:
    """Whether a report still waits, and goes to the one who was told of it."""
    report, member = _asked_about(notice)
    if report is None or member is None:
        return False
    offices = offices_in(report.community_id, clock.now())
    open_on_it = same_thing(report).filter(state=ReportState.OPEN)
    return any(is_among(member, of_report(offices, row), row) for row in open_on_it)


def _for_an_alternate(notice: Notice) -> bool:
    report, member = _asked_about(notice)
    if report is None or member is None:
        return False
    return Office.ALTERNATE in offices_in(report.community_id, clock.now()).get(member.pk, frozenset())


def _for_staff(notice: Notice) -> bool:
    report, member = _asked_about(notice)
    return bool(report and member and member.kind == Kind.STAFF)


def tell_readers(report: Report, urgency: int, people: Collection[Membership], path: str, now: datetime) -> None:
    """Tell those on duty that something was reported, and each of them again after 15 minutes, as for a hold."""
    if not people:
        return
    about = partial(tell_each, kind="report", path=path, now=now)
    keys = {f"{stem(report, urgency)}:first:{member.pk}": member.person for member in people}
    told = [notice.key for notice in about(people=keys) if now - notice.made_at >= AGAIN_AFTER]
    if told:
        about(people={key.replace(":first:", ":again:"): keys[key] for key in told})


def path_for(readers: str, slug: str) -> str:
    """Where a notice leads: those who decide to their queue, the others to the list of reports that go to them."""
    return reverse("moderation:queue" if readers == Readers.DECIDERS else "moderation:reports", args=[slug])


def ask_alternates_to_fetch(report: Report, urgency: int, people: Collection[Membership], now: datetime) -> None:
    """Ask alternates on duty to reach one of the Top Three. Never about one of those: whom should they ask?"""
    path = reverse("boards:front", args=[report.community.slug])
    for member in people:
        key = f"{stem(report, urgency)}:alternate:{member.pk}"
        tell(person=member.person, kind="report_waits", key=key, path=path, now=now)


def tell_staff(
    report: Report, urgency: int, due: dict[Membership, datetime], now: datetime, *, kind: str, path: str
) -> None:
    """Leave a notice for each of staff, delivered when it is due to them (domain, section 8)."""
    when = "first" if kind == "report" else "overdue"
    for member, due_at in due.items():
        key = f"{stem(report, urgency)}:{when}:{member.pk}"
        tell(person=member.person, kind=kind, key=key, path=path, now=now, due_at=due_at)


def tell_reporter(report: Report, now: datetime) -> None:
    """Tell whoever made a report that it was looked at; the page says how."""
    path = reverse("moderation:own_report", args=[report.community.slug, report.pk])
    tell(person=report.by.person, kind="report_answered", key=f"answered:{report.pk}", path=path, now=now)


def was_told_overdue(report: Report, member: Membership, now: datetime) -> Decision:
    """Whether this member of staff has been told that this waits too long: so much they may know of it. One query."""
    told = Notice.objects.of(member.person, now).filter(kind="report_overdue", key__startswith=f"report:{report.pk}:")
    return YES if member.is_staff and told.exists() else no("")
