"""Who can read one's own plans: what is open, each look, and ending it. For the owner alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clock import now as ask_clock
from communities.entry import or_404
from communities.policies import may_have_own_data
from crisisplans.queries.owning import LOOKS_A_PAGE, looks_at, own_openings, places_to_open_in, plans_to_open
from crisisplans.queries.reviews import suggestions_waiting
from crisisplans.services.sharing import end_opening, tell_at_once
from people.views.shown import PersonRequest


@require_safe
def sharing(request: PersonRequest) -> HttpResponse:
    """What is open now and was before, what was suggested, and the ways to open it."""
    or_404(may_have_own_data(request.user))
    now = ask_clock()
    open_now, over = own_openings(request.user, now)
    plans = plans_to_open(request.user)
    context = {
        "open_now": open_now,
        "over": over,
        "plans": plans,
        "places": places_to_open_in(request.user),
        "suggestions": suggestions_waiting(request.user),
        "tells": any(plan.tell_at_once for plan in plans),
        "now": now,
        "page_kind": "plan",
    }
    return render(request, "crisisplans/sharing.html", context)


@require_safe
def looks(request: PersonRequest) -> HttpResponse:
    """Every look at one's own plans by anybody else, the newest first."""
    or_404(may_have_own_data(request.user))
    before = number(request.GET.get("before", ""))
    found = looks_at(request.user, before)
    shown = found[:LOOKS_A_PAGE]
    context = {
        "looks": shown,
        "older_url": f"?before={shown[-1].pk}" if len(found) > len(shown) else "",
        "newest": before is None,
        "now": ask_clock(),
        "page_kind": "plan",
    }
    return render(request, "crisisplans/looks.html", context)


@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """End one opening: it is closed with the next request, and open pages close."""
    end_opening(person=request.user, pk=pk)
    messages.success(request, _("It is closed. Nobody can read by it any more."))
    return redirect("crisisplans:sharing")


@require_POST
def tell(request: PersonRequest) -> HttpResponse:
    """Be told of each look at once, or not."""
    wanted = request.POST.get("choice") == "yes"
    tell_at_once(person=request.user, wanted=wanted)
    messages.success(
        request, _("You are told each time somebody looks.") if wanted else _("You are not told. The list stays.")
    )
    return redirect("crisisplans:sharing")


def number(written: str) -> int | None:
    """The row before which a page begins; none for the newest. Raises Http404 for anything that is no number."""
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise Http404
    return int(written)
