"""Who holds which seat until when, giving one's own back, and saying that one would stand in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.entry import enter, or_404
from communities.policies import may_read_rules
from elections.seats import showing
from elections.seats.bench import bench_of
from elections.seats.policies import may_follow_elections
from elections.seats.queries import access_own_term, formers, running
from elections.seats.services import follow_up_seats, offer_to_stand_in
from elections.seats.services import step_down as give_back


@require_safe
def seats(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody here but those suspended from everything (domain, section 5: "rules, seats")."""
    membership, now = enter(request, slug)
    or_404(may_read_rules(membership))
    follow_up_seats(membership.community, only_if_due=True)
    bench = bench_of(membership.community, now)
    context = {
        "page_kind": "seats",
        "bench": bench,
        "seats": showing.seats(bench),
        "empty": showing.empty_seats(bench),
        "own": showing.own_terms(bench, membership),
        "own_former": showing.own_former(formers(bench), membership),
        "election": running(membership.community),
        "may_follow": bool(may_follow_elections(membership)),
        "now": now,
    }
    return render(request, "elections/seats.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step_down(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A second look, and the button. Whoever holds it."""
    membership, now = enter(request, slug)
    term = access_own_term(membership, pk, now)
    if request.method == "POST":
        give_back(term=term, by=membership)
        messages.success(request, _("You have stepped down. Thank you for all you did."))
        return redirect("elections:seats", slug)
    after = showing.without(bench_of(membership.community, now), term)
    context = {"page_kind": "seats", "term": term, "after": after}
    return render(request, "elections/step_down.html", context)


@require_POST
def stand_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one would step in, or not any more. Whoever held an office here."""
    membership, now = enter(request, slug)
    or_404(showing.may_stand_in(formers(bench_of(membership.community, now)), membership))
    willing = request.POST.get("choice") == "yes"
    offer_to_stand_in(by=membership, willing=willing)
    said = _("Thank you. You are asked first if somebody is needed.") if willing else _("All right. Nobody asks you.")
    messages.success(request, said)
    return redirect("elections:seats", slug)
