"""Keeping two people apart: one's own page to ask, and the page of those who decide."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities import apart
from communities.apart_forms import AskApartForm, BeginApartForm, SayApartForm
from communities.entry import enter, or_404
from communities.keeping_apart import may_ask_apart, may_begin_apart, may_decide_apart, may_say, opens_apart, sees_names
from communities.lifecycle import ApartState
from communities.models import Membership
from communities.queries import access_membership, everybody
from communities.seeing import audience
from communities.services import ask_apart, begin_apart, end_apart, say_apart
from people import kept
from people.decisions import require


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """From whom one has asked to be kept apart, and a form to ask."""
    membership, now = enter(request, slug)
    or_404(may_ask_apart(membership))
    people = _others(membership) if sees_names(membership) else []
    form = AskApartForm(request.POST or None, people=people, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        ask_apart(by=membership, other=access_membership(membership, sent["choice"]), words=sent["words"])
        messages.success(request, _("You have asked. Two of those who look after this place answer it."))
        return redirect("communities:apart", slug)
    context = {
        "rows": apart.asked_by(membership),
        "form": form if people else None,
        "seen_by": audience("apart"),
        "now": now,
        "page_kind": "apart",
    }
    return render(request, "communities/apart.html", context)


@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End it, or take the asking back; one's own."""
    membership, _now = enter(request, slug)
    end_apart(apart=apart.access_own(membership, pk), by=membership)
    messages.success(request, _("It has ended."))
    return redirect("communities:apart", slug)


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    membership, now = enter(request, slug)
    or_404(opens_apart(membership))
    require(may_decide_apart(membership, membership.everybodys_offices, now))
    return membership, now


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """What was asked and holds, for those who decide; never what is about oneself. And beginning it for somebody."""
    membership, now = _enter(request, slug)
    begins = membership.decides or membership.is_staff
    if request.method == "POST":
        require(may_begin_apart(membership, now))
    form = BeginApartForm(request.POST or None, people=_others(membership), initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        asker, other = (access_membership(membership, sent[name]) for name in ("value", "choice"))
        begin_apart(by=membership, asker=asker, other=other, words=sent["words"])
        messages.success(request, _("Your yes is on record. One more of you needs to say it."))
        return redirect("communities:apart_asked", slug)
    context = {
        "waiting": [row for row in apart.waiting_for(membership) if may_say(membership, row)],
        "holding": apart.in_force_for(membership) if begins else [],
        "form": form if begins else None,
        "seen_by": audience("apart"),
        "now": now,
        "page_kind": "apart_asked",
    }
    return render(request, "communities/apart_asked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One asking: what was written of it, and one's own yes or no."""
    membership, now = _enter(request, slug)
    found = apart.access_for_deciding(membership, pk)
    or_404(may_say(membership, found))
    form = SayApartForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        state = say_apart(apart=found, by=membership, says=sent["verb"], words=sent["words"])
        messages.success(request, _said(state))
        return redirect("communities:apart_asked", slug)
    context = {
        "row": found,
        "voices": apart.voices_on(found),
        "form": form,
        "seen_by": audience("apart answer"),
        "now": now,
        "page_kind": "apart_asked",
    }
    return render(request, "communities/apart_say.html", context)


def _said(state: str) -> str:
    if state == ApartState.ASKED:
        return _("Your voice is on record. One more of you needs to say it.")
    return _("It is decided, and the one who asked has been told. Nobody else is told.")


def _others(membership: Membership) -> list[Membership]:
    return [other for other in everybody(membership.community) if other.pk != membership.pk]
