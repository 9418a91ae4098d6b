"""What was reported, as those meet it who are asked to look."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter, or_404
from communities.models import Membership
from communities.seeing import audience
from moderation import queries
from moderation.forms import AnswerForm
from moderation.lifecycle import ReportState
from moderation.models import Report
from moderation.policies import acts_on_reports, may_be_asked, may_look_at_report
from moderation.readers import is_among, kept_out_of, of_report, supervises
from moderation.report_notices import was_told_overdue
from moderation.services import answer_report
from people.decisions import require


@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """What this person is asked to look at. Those in office, their alternates and staff, with the second step."""
    membership, now = enter(request, slug)
    or_404(may_be_asked(membership))
    require(acts_on_reports(membership, now))
    context = {
        "reported": queries.reported(membership, membership.everybodys_offices),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was reported about one thing, and the form to answer; or, for staff, that it waits too long."""
    membership, now = enter(request, slug)
    report = queries.access_report(membership, pk)
    offices = membership.everybodys_offices
    if not is_among(membership, of_report(offices, report), report):
        return _overdue(request, membership, report, now)
    require(may_look_at_report(membership, report, offices, now))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer_report(report=report, by=membership, **form.chosen)
        messages.success(request, _("Thank you. Whoever reported it has been told."))
        return redirect("moderation:queue" if membership.decides else "moderation:reports", slug=slug)
    shown = queries.shown_to(membership, offices, report)
    waits = [row for row, _words in shown if row.state == ReportState.OPEN]
    if not form.is_bound and waits:
        form = AnswerForm(initial={"version": waits[-1].pk})
    context = {
        "report": report,
        "rows": shown,
        "form": form if waits or form.is_bound else None,
        "seen_by": audience("answer"),
        "post": queries.post_for(membership, report, now),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/report_one.html", context)


def _overdue(request: HttpRequest, membership: Membership, report: Report, now: datetime) -> HttpResponse:
    """Staff who were told that it waits: about whom, what kind of worry, and whom to ring. Missing to all others."""
    in_office = supervises(membership.everybodys_offices, report.about_id)
    not_theirs = not in_office or membership.pk in kept_out_of(report)
    if request.method == "POST" or report.state != ReportState.OPEN or not_theirs:
        raise Http404
    or_404(was_told_overdue(report, membership, now))
    require(acts_on_reports(membership, now))
    reading = of_report(membership.everybodys_offices, report)
    context = {
        "report": report,
        "people": queries.readers_of(reading, report.about),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/report_overdue.html", context)
