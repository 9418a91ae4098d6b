"""Somebody's place here, for those who decide: who is suspended, who asks to come back, and doing it, by two."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter
from communities.lifecycle import Office
from communities.models import Membership
from communities.policies import acts_in_office, stands_in
from communities.queries import apart_from
from communities.seeing import audience
from moderation import queries
from moderation.models import Suspension
from moderation.services import (
    answer_return,
    confirm_suspension,
    drop_suspension,
    leave_suspension,
    propose_suspension,
)
from moderation.standing_forms import AnswerReturnForm, SuspendForm
from moderation.suspending import circle_about
from people import kept
from people.decisions import require


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime, frozenset[int]]:
    """Those in office come in, with whom they have no say about; the second step is asked for by name."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    require(acts_in_office(membership, now))
    return membership, now, apart_from(membership, now)


def _enter_one(request: HttpRequest, slug: str, pk: int) -> tuple[Membership, datetime, Suspension]:
    """Whoever may decide on this one: an alternate too, where too few others are left."""
    membership, now = enter(request, slug)
    if not (membership.decides or Office.ALTERNATE in membership.offices):
        raise Http404
    row = queries.access_suspension(membership, pk, but_not=frozenset())
    left = circle_about(row.membership, now, case=row.ref, offices=membership.everybodys_offices)
    if not left.includes(membership.pk):
        raise Http404
    require(stands_in(membership, now) if left.stands_in(membership.pk) else acts_in_office(membership, now))
    return membership, now, row


@require_safe
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is suspended or may be, what is asked, and whom one can begin it about."""
    membership, now, conflicts = _enter(request, slug)
    context = {
        "rows": queries.suspensions_for(membership, but_not=conflicts),
        "people": queries.may_be_suspended(membership).exclude(pk__in=conflicts),
        "now": now,
        "page_kind": "places",
    }
    return render(request, "moderation/places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin it, as the first of two."""
    membership, _now, conflicts = _enter(request, slug)
    about = get_object_or_404(queries.may_be_suspended(membership).exclude(pk__in=conflicts), pk=pk)
    form = SuspendForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        row = propose_suspension(about=about, by=membership, **form.chosen)
        messages.success(request, _("Your voice is on record. Nothing happens before one more of you says so too."))
        return redirect("moderation:suspension", slug=slug, pk=row.pk)
    context = {"about": about, "form": form, "seen_by": audience("suspension"), "page_kind": "places"}
    return render(request, "moderation/suspend.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One suspension: confirming it or saying no, and whether somebody may come back."""
    membership, now, row = _enter_one(request, slug, pk)
    form = AnswerReturnForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and (said := _done(request, row, membership, form)) is not None:
        messages.success(request, said)
        return redirect("moderation:places", slug=slug)
    context = {
        "row": row,
        "would_end": now + row.lasts if row.lasts else None,
        "asked": queries.open_return(row),
        "form": form,
        "seen_by": audience("return answer"),
        "now": now,
        "page_kind": "places",
    }
    return render(request, "moderation/suspension.html", context)


def _done(request: HttpRequest, row: Suspension, by: Membership, form: AnswerReturnForm) -> str | None:
    """Carry out what was sent; what to say of it, or None for a form that is not whole."""
    verb = request.POST.get("verb", "")
    if verb == "confirm":
        held = confirm_suspension(suspension=row, by=by).state == "in_force"
        return _("Two of you have said so. It holds now, and they have a letter.") if held else _("You are the first.")
    if verb == "drop":
        drop_suspension(suspension=row, by=by)
        return _("It does not come about. Nobody was told of it but you.")
    if verb == "leave":
        leave_suspension(suspension=row, by=by)
        return _("It is left to the others of you. Nobody asks why.")
    if not form.is_valid():
        return None
    sent = form.cleaned_data
    if answer_return(suspension=row, by=by, says=sent["verb"], words=sent["words"]):
        return _("Two of you have said the same. It is done, and they have been told.")
    return _("Your voice is on record. One more of you needs to say it.")
