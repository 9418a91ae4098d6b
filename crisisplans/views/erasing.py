"""Erasing one's plans for good, key and all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clock import now as ask_clock
from communities.entry import or_404
from communities.policies import may_have_own_data
from crisisplans.queries.erasing import plans_to_erase
from crisisplans.services.erasing import erase_plans
from people import again
from people.views.shown import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PersonRequest) -> HttpResponse:
    """What goes and what stays, and the button; asks first that it is really you."""
    or_404(may_have_own_data(request.user))
    if not again.proved_lately(request, request.user, ask_clock()):
        return redirect(again.ask_again(request.path))
    if request.method == "POST":
        done = erase_plans(person=request.user)
        said = _("Your plans are erased.") if done else _("Your plans are being erased. Nobody can read them any more.")
        messages.success(request, said)
        return redirect("crisisplans:erase")
    context = {"page_kind": "plan", "goes": plans_to_erase(request.user, ask_clock())}
    return render(request, "crisisplans/erase.html", context)
