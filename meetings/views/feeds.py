"""One's own diary for a calendar: its page, and the address that calendars read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock import now as ask_clock
from communities.entry import enter, or_404
from communities.seeing import audience
from meetings.diary import calendar_of
from meetings.forms.feeds import DiaryForm
from meetings.policies.timetable import may_see_timetable
from meetings.queries import feeds as queries
from meetings.services import feeds as services
from people import kept

CHOICES = ("called_by", "own_words", "holds", "with_place")


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own diary: what is in it, and making its address, which is shown to its owner this once."""
    membership, now = enter(request, slug)
    or_404(may_see_timetable(membership))
    feed = queries.own_diary(membership)
    chosen = {name: getattr(feed, name) for name in CHOICES} if feed else {}
    form = DiaryForm(request.POST or None, initial=chosen | kept.take(request, request.path))
    if form.is_valid() and "make" in request.POST:
        token = services.make_diary(by=membership, choices=form.choices)
        link = request.build_absolute_uri(reverse("meetings_outside:diary", args=[token]))
        return render(request, "meetings/diary/made.html", {"link": link, "page_kind": "groups"})
    if form.is_valid():
        services.choose_for_diary(by=membership, choices=form.choices)
        messages.success(request, _("Kept. Your calendar shows it when it next looks, in some hours."))
        return redirect("meetings:diary", slug)
    context = {"form": form, "feed": feed, "seen_by": audience("diary"), "now": now, "page_kind": "groups"}
    return render(request, "meetings/diary/own.html", context)


@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it away."""
    membership, _now = enter(request, slug)
    or_404(may_see_timetable(membership))
    services.end_diary(by=membership)
    messages.success(request, _("The address leads nowhere from now on. Take it out of your calendar too."))
    return redirect("meetings:diary", slug)


@login_not_required
@require_safe
def diary(request: HttpRequest, token: str) -> HttpResponse:
    """The diary itself, for whatever calendar holds its address. Nobody is signed in."""
    now = ask_clock()
    feed = queries.diary_at(token)
    if feed is None:
        raise Http404
    answer = HttpResponse(
        calendar_of(feed, queries.sessions_in(feed, now)), content_type="text/calendar; charset=utf-8"
    )
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    if request.method == "GET":
        services.note_reading(feed, now)
    return answer
