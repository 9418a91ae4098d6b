"""Saying when one looks: duty hours of the Top Three and alternates, cover hours of staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities import services, week
from communities.duty import own_hours
from communities.entry import enter, or_404
from communities.forms import HoursForm
from communities.policies import may_set_hours
from communities.rota import next_look


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own hours, and a form to add to them."""
    membership, now = enter(request, slug)
    or_404(may_set_hours(membership, now))
    form = HoursForm(request.POST or None)
    if form.is_valid():
        services.add_hours(by=membership, stretches=form.stretches())
        messages.success(request, _("Added. Others can see it on the page “How we run this place”."))
        return redirect("communities:hours", slug)
    rows = own_hours(membership, now)
    context = {
        "page_kind": "hours",
        "form": form,
        "days": week.in_words(rows),
        "single_days": week.single_days(rows),
        "next_look": next_look(rows, now),
        "now": now,
    }
    return render(request, "communities/hours.html", context)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one stretch out."""
    membership, now = enter(request, slug)
    or_404(may_set_hours(membership, now))
    services.remove_hours(by=membership, pk=pk)
    messages.success(request, _("Taken out."))
    return redirect("communities:hours", slug)
