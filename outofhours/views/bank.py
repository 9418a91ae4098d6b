"""The bank of lead service users, as members, those who learn and those who sign off meet it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.apart import apart_from
from communities.entry import enter, or_404
from communities.models import Membership
from communities.queries import rules_of
from outofhours import queries, services
from outofhours.forms import LearntForm
from outofhours.lifecycle import Item, PlaceState
from outofhours.policies import has_bank, may_be_in_bank, may_see_bank, signs_as
from outofhours.training import TEXTS

DONE = {
    "register": _("You are registered. The checklist is below."),
    "step_down": _("You have stepped down. You can come back any time."),
    "come_back": _("Good to have you back."),
}
VERBS = {
    "register": services.register_for_training,
    "step_down": services.step_down,
    "come_back": services.come_back,
}


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    membership, now = enter(request, slug)
    or_404(may_see_bank(membership))
    return membership, now


@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the bank; one's own place with its buttons; for those who sign off, whose training waits."""
    membership, now = _enter(request, slug)
    verb = request.POST.get("verb", "")
    if verb in VERBS:
        VERBS[verb](by=membership)
        messages.success(request, str(DONE[verb]))
        return redirect("outofhours:training" if verb == "register" else "outofhours:bank", slug=slug)
    terms = queries.in_bank(membership.community, now)
    is_lsu = any(term.place.membership_id == membership.pk for term in terms)
    role = signs_as(membership, is_lsu=is_lsu)
    context = {
        "page_kind": "bank",
        "has_bank": bool(has_bank(rules_of(membership.community))),
        "terms": terms,
        "place": queries.own_place(membership),
        "is_lsu": is_lsu,
        "may_be_in_bank": bool(may_be_in_bank(membership)),
        "signs": role is not None,
        "waiting": queries.waiting_to_be_signed(membership, apart_from(membership, now)) if role else [],
        "now": now,
    }
    return render(request, "outofhours/bank.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def training(request: HttpRequest, slug: str) -> HttpResponse:
    """The checklist: to be read by every member; ticked by whoever learns."""
    membership, _now = _enter(request, slug)
    place = queries.own_place(membership)
    form = LearntForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_learnt(by=membership, items=form.chosen())
        messages.success(request, _("Kept."))
        return redirect("outofhours:training", slug=slug)
    ticked = {row.item for row in place.learnt.all()} if place else set()
    context = {
        "page_kind": "bank",
        "parts": [(item, TEXTS[item], item in ticked) for item in Item],
        "learns": place is not None and place.state == PlaceState.LEARNING,
        "is_whole": len(ticked) == len(Item),
    }
    return render(request, "outofhours/training.html", context)


@require_POST
def sign(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Sign somebody's training off, as one of two."""
    membership, now = _enter(request, slug)
    place = queries.access_place(membership, pk, apart_from(membership, now))
    done = services.sign_off(place=place, by=membership)
    messages.success(
        request, _("Done. They are in the bank now.") if done else _("Noted. One more of you needs to say the same.")
    )
    return redirect("outofhours:bank", slug=slug)
