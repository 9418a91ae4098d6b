"""Reporting, as whoever is worried meets it: whom, one short form, and what happens next."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from boards.lifecycle import State
from boards.models import Post
from boards.queries.holding import handed_on
from boards.views.words import looking_in_words
from communities import duty
from communities.entry import enter
from communities.models import Membership
from moderation import queries, seeing
from moderation.forms import ReportForm
from moderation.lifecycle import Readers, ReportState
from moderation.models import Report
from moderation.readers import of_report, supervises, will_read
from moderation.services import report_person, report_post
from people import kept


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom it is about, and what one has reported before. Members in every state."""
    membership, now = enter(request, slug)
    people = queries.reportable_people(membership, membership.everybodys_offices)
    context = {"people": people, "own": queries.own_reports(membership), "now": now, "page_kind": "report"}
    return render(request, "moderation/report_whom.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def about_post(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """Report a post by somebody else. Whoever can read it on the board."""
    membership, now = enter(request, slug)
    found = queries.access_reportable(membership, post, now)
    form = _form(request, membership, found.author)
    if request.method == "POST" and form.is_valid():
        report = report_post(post=found, by=membership, told=form.told)
        return redirect("moderation:own_report", slug=slug, pk=report.pk)
    return _page(request, membership, found.author, form, post=found)


@require_http_methods(["GET", "HEAD", "POST"])
def about_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Report somebody here. Members in every state; those who can't see who is here, about those in office."""
    membership, _now = enter(request, slug)
    person = queries.access_reportable_person(membership, pk, membership.everybodys_offices)
    form = _form(request, membership, person)
    if request.method == "POST" and form.is_valid():
        report = report_person(about=person, by=membership, told=form.told)
        return redirect("moderation:own_report", slug=slug, pk=report.pk)
    return _page(request, membership, person, form)


def _form(request: HttpRequest, membership: Membership, about: Membership) -> ReportForm:
    reading, _named = will_read(membership.everybodys_offices, about=about.pk, by=membership.pk)
    # Always who reads it now, never what was kept: the page that is shown says so too.
    initial = kept.take(request, request.path) | {"read_by": str(reading.readers)}
    return ReportForm(request.POST or None, initial=initial)


def _page(
    request: HttpRequest, membership: Membership, about: Membership, form: ReportForm, post: Post | None = None
) -> HttpResponse:
    offices = membership.everybodys_offices
    reading, named = will_read(offices, about=about.pk, by=membership.pk)
    context = {
        "about": about,
        "post": post,
        "said_before": queries.own_open_reports(membership, about, post),
        "now": membership.came_in_at,
        "is_gone": post is not None and post.state != State.ACCEPTED,
        "form": form,
        "seen_by": seeing.of_report(
            reading.readers,
            queries.readers_of(named, about),
            about,
            supervises=supervises(offices, about.pk),
        ),
        "page_kind": "report",
    }
    return render(request, "moderation/report.html", context)


@require_safe
def own(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one has reported: who looks and when, and what came of it."""
    membership, now = enter(request, slug)
    report = queries.access_own_report(membership, pk)
    context = {
        "report": report,
        "looking": _looking(report, membership, now) if report.state == ReportState.OPEN else None,
        "now": now,
        "page_kind": "report",
    }
    return render(request, "moderation/reported.html", context)


def _looking(report: Report, membership: Membership, now: datetime) -> dict[str, str]:
    """Who looks and when, among those whom it goes to: said, never overstated (domain, section 4.6)."""
    reading = of_report(membership.everybodys_offices, report)
    if reading.readers == Readers.STAFF:
        return looking_in_words(duty.cover(report.community, now, but_not=report.about), now)
    people = reading.people - handed_on([report.ref])
    return looking_in_words(duty.watch_among(report.community, now, people), now)
