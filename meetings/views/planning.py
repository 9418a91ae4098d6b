"""Planning a meeting, moving it, calling it off; opening and ending it in the room."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.entry import enter
from communities.models import Membership
from communities.seeing import audience
from meetings import queries, services
from meetings.forms import PlanForm, WhenForm
from meetings.policies import may_end, may_open, may_plan
from meetings.views.doors import come_in
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan the next meeting or call a special one. Staff and the Top Three."""
    membership, now = enter(request, slug)
    come_in(may_plan(membership, now))
    form = PlanForm(request.POST or None, initial=kept.take(request, request.path))
    if form.is_valid():
        sent = form.cleaned_data
        meeting = services.plan_meeting(
            by=membership, starts_at=form.starts_at, place=sent["place"], kind=sent["kind"], why=sent["words"]
        )
        messages.success(request, _("Planned. It stands on the page of meetings now."))
        return redirect("meetings:one", slug, meeting.pk)
    return render(request, "meetings/plan.html", {"form": form, "page_kind": "meeting", "seen_by": audience("meeting")})


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give it another time or place. Staff and the Top Three."""
    membership, now = enter(request, slug)
    come_in(may_plan(membership, now))
    meeting = queries.access_meeting(membership, pk)
    there = timezone.localtime(meeting.starts_at)
    form = WhenForm(request.POST or None, initial=_as_it_is(there, meeting.place) | kept.take(request, request.path))
    if form.is_valid():
        services.move_meeting(
            meeting=meeting, by=membership, starts_at=form.starts_at, place=form.cleaned_data["place"]
        )
        messages.success(request, _("Moved. Everybody who may come is told."))
        return redirect("meetings:one", slug, pk)
    context = {"form": form, "meeting": meeting, "now": now, "page_kind": "meeting"}
    return render(request, "meetings/move.html", context)


def _as_it_is(there: Any, place: str) -> dict[str, Any]:
    return {"day": there.date(), "starts": there.time(), "place": place}


@require_POST
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Call it off. Staff and the Top Three."""
    membership, now = enter(request, slug)
    come_in(may_plan(membership, now))
    services.cancel_meeting(meeting=queries.access_meeting(membership, pk), by=membership)
    return _back(request, _("Called off. Everybody who may come is told."), membership)


@require_POST
def open_one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open it in the room. The Top Three, caretakers and alternates."""
    membership, now = enter(request, slug)
    meeting = queries.access_meeting(membership, pk)
    come_in(may_open(membership, meeting, now), is_for=bool(membership.offices))
    services.open_meeting(meeting=meeting, by=membership)
    messages.success(request, _("The meeting is open."))
    return redirect("meetings:one", slug, pk)


@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End it. Those in office and staff."""
    membership, now = enter(request, slug)
    meeting = queries.access_meeting(membership, pk)
    come_in(may_end(membership, meeting, now))
    services.end_meeting(meeting=meeting, by=membership)
    messages.success(request, _("The meeting is over. What it did not come to waits for the next."))
    return redirect("meetings:one", slug, pk)


def _back(request: HttpRequest, said: str, membership: Membership) -> HttpResponse:
    messages.success(request, said)
    return redirect("meetings:next", membership.community.slug)
