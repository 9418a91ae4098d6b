"""A break: one button and a second look, and the same button back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter, or_404
from communities.lifecycle import State
from communities.policies import may_take_break
from communities.services import begin_break, end_break


@require_http_methods(["GET", "HEAD", "POST"])
def own_break(request: HttpRequest, slug: str) -> HttpResponse:
    """What a break means, and the button; or, on a break, the way back."""
    membership, _now = enter(request, slug)
    or_404(may_take_break(membership))
    if request.method == "POST" and request.POST.get("verb") == "end":
        end_break(by=membership)
        messages.success(request, _("Welcome back. It is good to have you here."))
        return redirect("boards:front", slug)
    if request.method == "POST":
        begin_break(by=membership)
        messages.success(request, _("You are on a break now. Come back whenever you like."))
        return redirect("boards:front", slug)
    context = {
        "page_kind": "break",
        "on_a_break": membership.state == State.ON_A_BREAK,
        "offices": membership.offices,
    }
    return render(request, "communities/break.html", context)
