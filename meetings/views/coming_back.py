"""Coming back after being inactive: one asks, one says welcome."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter, or_404
from communities.models import Membership
from communities.queries import rules_of
from communities.seeing import audience
from meetings.forms.letters import ComeBackForm, WelcomeForm
from meetings.models import Session
from meetings.policies.attendance import may_ask_to_come_back
from meetings.policies.coming_back import may_welcome_back
from meetings.queries import absences as queries
from meetings.queries import sessions_seen
from meetings.services.coming_back import ask_to_come_back, welcome_back
from meetings.views.doors import come_in
from meetings.when import when_words
from people import kept

# Enough to choose from, few enough to see on a phone.
AHEAD, MOST_OFFERED = timedelta(days=14), 8


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, slug: str) -> HttpResponse:
    """One button, a session to choose if one likes, a few words if one likes."""
    membership, now = enter(request, slug)
    or_404(may_ask_to_come_back(membership))
    asked = queries.own_come_back(membership)
    as_asked = {"choice": asked.session_id or ""} if asked else {"choice": ""}
    sessions = _offered(membership, now)
    offered = [(pk, f"{row.title}, {when_words(row.starts_at, row.ends_at)}") for pk, row in sessions.items()]
    form = ComeBackForm(
        request.POST if request.method == "POST" else None,
        sessions=offered,
        initial=as_asked | kept.take(request, request.path),
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["choice"]
        session = sessions[int(chosen)] if chosen else None
        ask_to_come_back(by=membership, session=session, words=form.cleaned_data["words"])
        messages.success(request, _("You have asked. It is good to hear from you."))
        return redirect("meetings:come_back", slug)
    context = {
        "form": form,
        "asked": asked,
        "seen_by": audience("come back"),
        "now": now,
        "page_kind": "come_back",
    }
    return render(request, "meetings/letters/come_back.html", context)


def _offered(membership: Membership, now: datetime) -> dict[int, Session]:
    found = sessions_seen(membership, now, now + AHEAD, now)
    return {session.pk: session for session in found[:MOST_OFFERED]}


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who asks, in their own words; and the button that says welcome."""
    membership, now = enter(request, slug)
    asked = queries.access_come_back(membership, pk, now)
    is_for = membership.is_staff or membership.decides
    come_in(may_welcome_back(membership, asked, now), is_for=is_for)
    asks_for_plan = rules_of(membership.community).return_plan
    form = WelcomeForm(request.POST if request.method == "POST" else None, asks_for_plan=asks_for_plan)
    if request.method == "POST" and form.is_valid():
        welcome_back(asked=asked, by=membership, plan=form.plan)
        messages.success(request, _("They are back, and have been told."))
        return redirect("meetings:group_letters", slug)
    context = {
        "asked": asked,
        "when": when_words(asked.session.starts_at, asked.session.ends_at) if asked.session else "",
        "form": form,
        "now": now,
        "page_kind": "letters",
    }
    return render(request, "meetings/letters/welcome.html", context)
