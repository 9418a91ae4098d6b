"""One session: moved, called off, held after all."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.entry import enter
from communities.seeing import audience
from meetings import queries, services
from meetings.forms.timetable import CancelSessionForm, MoveSessionForm
from meetings.models import Session
from meetings.policies.timetable import may_change_session
from meetings.views.doors import come_in
from meetings.when import when_words
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give one session another time or place; its group goes on as it was."""
    membership, now = enter(request, slug)
    session = queries.access_session(membership, pk)
    come_in(may_change_session(membership, session, now))
    initial = _as_it_is(session) | kept.take(request, request.path)
    venues = queries.venues_of(membership.community)
    form = MoveSessionForm(request.POST or None, initial=initial, venues=venues, now=now)
    if form.is_valid():
        services.move_session(session=session, by=membership, said=form.said, seen=form.cleaned_data["seen"])
        messages.success(request, _("Moved. Whoever said that they come is told."))
        return redirect("meetings:session", slug, pk)
    return render(request, "meetings/timetable/session_move.html", _context(session, form))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Call one session off."""
    membership, now = enter(request, slug)
    session = queries.access_session(membership, pk)
    come_in(may_change_session(membership, session, now))
    form = CancelSessionForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        services.cancel_session(session=session, by=membership, why=form.cleaned_data["words"])
        messages.success(request, _("Called off. Whoever said that they come is told."))
        return redirect("meetings:session", slug, pk)
    return render(request, "meetings/timetable/session_cancel.html", _context(session, form))


@require_POST
def hold(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hold it after all."""
    membership, now = enter(request, slug)
    session = queries.access_session(membership, pk)
    come_in(may_change_session(membership, session, now))
    services.hold_session(session=session, by=membership)
    messages.success(request, _("It takes place. Whoever said that they come is told."))
    return redirect("meetings:session", slug, pk)


def _context(session: Session, form: Any) -> dict[str, Any]:
    return {
        "session": session,
        "form": form,
        "when": when_words(session.starts_at, session.ends_at),
        "seen_by": audience("timetable"),
        "page_kind": "groups",
    }


def _as_it_is(session: Session) -> dict[str, Any]:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "venue": session.venue_id,
        "place": session.place,
        "link": session.link,
        "seen": session.sequence,
    }
