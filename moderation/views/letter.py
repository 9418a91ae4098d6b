"""The letter about one's own place here: what, why, by whom, until when, and how to come back or object."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter, or_404
from communities.seeing import audience
from moderation import queries
from moderation.services import ask_to_return
from moderation.standing_forms import ReturnForm
from moderation.suspending import may_ask_to_return, may_read_letter
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """Every member their own, suspended or not any more; whoever is suspended asks to come back here."""
    membership, now = enter(request, slug)
    or_404(may_read_letter(membership))
    form = ReturnForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        ask_to_return(by=membership, words=form.cleaned_data["words"])
        messages.success(request, _("You have asked. Those who decide have been told."))
        return redirect("moderation:letter", slug=slug)
    row = queries.own_suspension(membership)
    returns = queries.own_returns(row) if row else []
    context = {
        "letter": row,
        "returns": returns,
        "asks": bool(returns) and returns[0].state == "open",
        "may_ask": bool(row) and bool(may_ask_to_return(membership)),
        "form": form,
        "seen_by": audience("return"),
        "now": now,
        "page_kind": "letter",
    }
    return render(request, "moderation/letter.html", context)
