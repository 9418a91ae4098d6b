"""The headings that plans are written under in one community: shown to everybody there, set by those in office."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter, or_404
from communities.policies import acts_in_office, holds_office, may_read_rules
from crisisplans.forms.headings import HeadingsForm
from crisisplans.headings import headings
from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanTemplate
from crisisplans.queries.writing import template_history
from crisisplans.services.templates import set_headings
from people.decisions import require

KINDS = {"crisis": PlanKind.CRISIS, "growing": PlanKind.DEVELOPMENT}


@require_safe
def community_headings(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """The headings as they are, and how they have changed. Whoever reads the rules."""
    membership, now = enter(request, slug)
    or_404(may_read_rules(membership))
    kind = _kind(which)
    history = template_history(membership.community, kind)
    shown = headings(kind, history[0].parts if history else ())
    context = {
        "asked": [one for one in shown if not one.left_out],
        "left_out": [one for one in shown if one.left_out],
        "history": [_told(row) for row in history],
        "may_change": holds_office(membership, now),
        "which": which,
        "page_kind": "rules",
        "now": now,
    }
    return render(request, "crisisplans/headings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_headings(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """Reword, reorder, leave out. The Top Three in office."""
    membership, now = enter(request, slug)
    or_404(holds_office(membership, now))
    require(acts_in_office(membership, now))
    kind = _kind(which)
    history = template_history(membership.community, kind)
    seen = _seen(history, request.POST.get("seen"))
    initial, now_there = {"seen": seen.pk if seen else 0}, headings(kind, seen.parts if seen else ())
    form = HeadingsForm(request.POST or None, initial=initial, now=now_there)
    if request.method == "POST" and form.is_valid():
        set_headings(by=membership, kind=kind, rows=form.rows, seen=form.cleaned_data["seen"])
        messages.success(request, _("The headings are as you set them. Words in plans stay where they are."))
        return redirect("crisisplans:headings", slug=slug, which=which)
    return render(request, "crisisplans/headings_change.html", {"form": form, "which": which, "page_kind": "rules"})


def _kind(which: str) -> PlanKind:
    if which not in KINDS:
        raise Http404
    return KINDS[which]


def _seen(history: list[PlanTemplate], sent: str | None) -> PlanTemplate | None:
    """The set that the form was made of: places are told from it, so the same form sent twice says the same."""
    if sent is None:
        return history[0] if history else None
    return next((row for row in history if str(row.pk) == sent), None)


def _told(row: PlanTemplate) -> dict[str, Any]:
    shown = headings(row.kind, row.parts)
    own = [one.title for one in shown if one.title != str(one.part.title)]
    return {"at": row.at, "own": own, "left_out": [one.title for one in shown if one.left_out]}
