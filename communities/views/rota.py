"""The rota of those who look: who looks when in the next two weeks, and how a time changes hands."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities import fortnight, services, turns
from communities.entry import enter, or_404
from communities.policies import may_set_hours
from communities.rota_forms import AskForm, TurnForm
from communities.week import day_words

GIVEN = ("on", "starts", "ends")


@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: HttpRequest, slug: str) -> HttpResponse:
    """The next two weeks, what is asked, and a form to take a time. Those in office, alternates; staff their own."""
    membership, now = enter(request, slug)
    or_404(may_set_hours(membership, now))
    form = TurnForm(request.POST or None, initial={name: request.GET.get(name, "") for name in GIVEN})
    if request.method == "POST" and form.is_valid():
        services.take_turn(by=membership, **form.cleaned_data)
        messages.success(request, _("Thank you. It stands on the rota."))
        return redirect("communities:rota", slug)
    fellow = [member.pk for member in turns.fellows(membership, now)]
    context: dict[str, Any] = {
        "page_kind": "hours",
        "days": fortnight.days(membership, turns.hours_beside(membership, now), now),
        "asked": fortnight.asked(turns.still_asked(membership, fellow, now)),
        "form": form,
        "fills_a_gap": bool(form.is_bound or request.GET.get("on")),
    }
    return render(request, "communities/rota.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, slug: str, pk: int, on: date) -> HttpResponse:
    """One of one's own times: leave it out, or ask somebody to take it over."""
    membership, now = enter(request, slug)
    or_404(may_set_hours(membership, now))
    own = turns.own_look(membership, pk, on, now)
    fellow = turns.fellows(membership, now)
    form = AskForm(request.POST or None, fellows=fellow, theirs=turns.looks_of_each(fellow, now))
    if request.method == "POST" and request.POST.get("verb") == "leave_out":
        services.leave_out(by=membership, pk=pk, on=own.on)
        messages.success(request, _("Taken out, for that day only. You need not say why."))
        return redirect("communities:rota", slug)
    if request.method == "POST" and form.is_valid():
        services.ask_others(by=membership, pk=pk, on=own.on, to=form.asked, in_return=form.in_return)
        messages.success(request, _("Asked. Until somebody takes it, it stays yours."))
        return redirect("communities:rota", slug)
    context = {
        "page_kind": "hours",
        "form": form,
        "fellow": fellow,
        "day": day_words(own.on),
        "when": fortnight.span_words(own.span),
    }
    return render(request, "communities/rota_look.html", context)


@require_POST
def asked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take over what somebody asked, or ask no more."""
    membership, now = enter(request, slug)
    or_404(may_set_hours(membership, now))
    asking = turns.access_asking(membership, pk)
    if request.POST.get("verb") == "stop":
        services.stop_asking(asking=asking, by=membership)
        messages.success(request, _("It is not asked any more. The time is still yours."))
    else:
        services.take_over(asking=asking, by=membership)
        messages.success(request, _("Thank you. You have taken it over, and they have been told."))
    return redirect("communities:rota", slug)
