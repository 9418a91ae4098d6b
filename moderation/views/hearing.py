"""Objections, as those meet them who are asked to hear one."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter, or_404
from communities.models import Membership
from communities.seeing import audience
from moderation import queries
from moderation.lifecycle import Hearing, ObjectionState
from moderation.models import Objection
from moderation.objection_forms import HearingForm
from moderation.objection_policies import acts_on_objections, may_be_asked_to_hear
from moderation.queries.objections import Waiting
from moderation.services import hear, leave_hearing
from people.decisions import require


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """Those in office and their alternates come in; the second step is asked for by name."""
    membership, now = enter(request, slug)
    or_404(may_be_asked_to_hear(membership))
    require(acts_on_objections(membership, now))
    return membership, now


@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits to be heard."""
    membership, now = _enter(request, slug)
    context = {"objections": queries.to_hear(membership, now), "now": now, "page_kind": "moderation"}
    return render(request, "moderation/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One objection with what it is about, and the form to hear it. To whoever may not hear it, it says so, no more."""
    membership, now = _enter(request, slug)
    row = queries.access_to_hear(membership, pk)
    form = HearingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        heard = hear(objection=row, by=membership, verdict=form.verdict, words=form.cleaned_data["words"])
        messages.success(request, _said(heard, form.verdict))
        return redirect("moderation:objections", slug=slug)
    about = queries.hearing_of(row, now, membership=membership)
    mine = about is not None and about.circle.includes(membership.pk)
    context = {
        "objection": row,
        "about": about if mine else None,
        "mine": mine,
        "form": form if mine and row.state == ObjectionState.OPEN else None,
        "first": _first(row, about),
        "seen_by": audience("hearing"),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/objection.html", context)


def _first(row: Objection, about: Waiting | None) -> Membership | None:
    """Whoever of two has said "undo" already, while they may hear it still."""
    still = about is not None and row.first_by_id is not None and about.circle.includes(row.first_by_id)
    return row.first_by if still and row.state == ObjectionState.OPEN else None


def _said(heard: Objection, verdict: Hearing) -> str:
    if heard.state == ObjectionState.OPEN:
        return _("Noted. One more of you needs to say the same.")
    if verdict == Hearing.TO_MEETING:
        return _("Done. It is on the agenda of the next community meeting.")
    return _("Done. They have been told.")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """ "Not mine to decide": asked once more, then left to the others."""
    membership, now = _enter(request, slug)
    row = queries.access_to_hear(membership, pk)
    if request.method == "POST":
        leave_hearing(objection=row, by=membership)
        messages.success(request, _("Thank you. The others look at it."))
        return redirect("moderation:objections", slug=slug)
    return render(request, "moderation/not_mine.html", {"objection": row, "now": now, "page_kind": "moderation"})
