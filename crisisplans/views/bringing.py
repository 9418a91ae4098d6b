"""Bringing in a plan from a file or from words: looked at first, then taken in part by part, nothing unseen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clock import now as ask_clock
from communities.seeing import audience
from crisisplans.along.brought import Brought
from crisisplans.forms.bringing import BroughtForm, Owned, TakeInForm
from crisisplans.lifecycle import PlanKind
from crisisplans.queries.taking import beside_own, both
from crisisplans.responsibility import edition_for, sentence
from crisisplans.services.bringing import bring_in
from people import kept
from people.views.shown import PersonRequest, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: PersonRequest) -> HttpResponse:
    """First the words, then what was found in them beside one's own; the second form carries the words on."""
    own = both(request.user, ask_clock())
    is_sent = request.method == "POST"
    initial = kept.take(request, request.path)
    form = BroughtForm(*((request.POST, request.FILES) if is_sent else ()), own=own, initial=initial)
    if is_sent and form.is_valid():
        return _take_in(request, own, form.brought)
    context = {"form": form, "seen_by": audience("plan"), "page_kind": "plan"}
    return render(request, "crisisplans/bring.html", context, status=status_of(form))


def _take_in(request: PersonRequest, own: Owned, brought: Brought) -> HttpResponse:
    rows = beside_own(own, brought)
    choices = [(str(row["value"]), "") for row in rows if row["how"] in ("new", "other")]
    numbers = {kind: plan.number if plan else 0 for kind, plan in own.items()}
    form = TakeInForm(
        request.POST if _was_looked_at(request, numbers) else None,
        brought=brought,
        choices=choices,
        initial={
            "text": brought.written(),
            "version": numbers[PlanKind.CRISIS],
            "version_growing": numbers[PlanKind.DEVELOPMENT],
            "edition": edition_for(PlanKind.CRISIS),
            "take": [str(row["value"]) for row in rows if row["how"] == "new"],
        },
    )
    if form.is_bound and form.is_valid():
        bring_in(
            person=request.user, brought=brought, chosen=form.chosen, seen=form.seen, agreed=form.cleaned_data["agreed"]
        )
        messages.success(request, _("Taken in. What was there before is kept under “All versions”."))
        return redirect("crisisplans:mine")
    if "taken_in" in request.POST and not form.is_bound:
        messages.warning(request, _("You saved your plan on another page meanwhile. Please look once more."))
    ticked = set(form["take"].value() or ())
    shown = [row | {"ticked": row["value"] in ticked} for row in rows]
    context = {
        "form": form,
        "rows": shown,
        "unplaced": brought.unplaced,
        "has_any": bool(choices),
        "sentence": sentence(),
        "page_kind": "plan",
    }
    return render(request, "crisisplans/bring_look.html", context, status=status_of(form))


def _was_looked_at(request: PersonRequest, numbers: dict[str, int]) -> bool:
    """Whether the second form was sent, and one's own plans are still those that stood beside it."""
    seen = (request.POST.get("version"), request.POST.get("version_growing"))
    now = (str(numbers[PlanKind.CRISIS]), str(numbers[PlanKind.DEVELOPMENT]))
    return "taken_in" in request.POST and seen == now
