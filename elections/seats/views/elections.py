"""Elections as members meet them: what goes on, who stands, putting a name forward, and answering."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.entry import enter, or_404
from elections.queries import elector_of
from elections.seats import queries, services, showing
from elections.seats.bench import bench_of
from elections.seats.forms import NominateForm
from elections.seats.policies import may_be_chosen, may_follow_elections, may_nominate


@require_safe
def elections(request: HttpRequest, slug: str) -> HttpResponse:
    """All elections, those that go on first."""
    membership, now = enter(request, slug)
    or_404(may_follow_elections(membership))
    services.follow_up_seats(membership.community, only_if_due=True)
    rows = [showing.election(row) for row in queries.elections_of(membership.community)]
    context = {"page_kind": "elections", "rows": rows, "now": now}
    return render(request, "elections/elections.html", context)


@require_safe
def election(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One election: who stands, what one can do now, and what came of it."""
    membership, now = enter(request, slug)
    found = queries.access_election(membership, pk)
    if services.follow_up_seats(membership.community, only_if_due=True):
        found = queries.access_election(membership, pk)
    bench = bench_of(membership.community, now)
    context = {
        "page_kind": "elections",
        "election": found,
        "shown": showing.election(found),
        "standing": showing.candidates(found, queries.standing_in(found)),
        "own": queries.own_nomination(found, membership),
        "may_put_forward": may_nominate(membership, found, now),
        "may_stand": may_be_chosen(membership, bench),
        "free": len(bench.free()),
        "line": elector_of(found.poll, membership) if found.poll else None,
        "now": now,
    }
    return render(request, "elections/election.html", context)


@require_POST
def stand(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put one's own name forward, after the page has said what that means."""
    membership, _now = enter(request, slug)
    services.stand(election=queries.access_election(membership, pk), by=membership)
    messages.success(request, _("You are standing. Thank you. You can change your mind until the votes are counted."))
    return redirect("elections:election", slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody else's name forward."""
    membership, now = enter(request, slug)
    found = queries.access_election(membership, pk)
    or_404(may_nominate(membership, found, now))
    people = queries.could_be_put_forward(membership, bench_of(membership.community, now))
    form = NominateForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        services.nominate(election=found, candidate=form.chosen, by=membership)
        messages.success(request, _("Thank you. They know that somebody put their name forward, and say yes or no."))
        return redirect("elections:election", slug, pk)
    context = {"page_kind": "elections", "election": found, "form": form, "people": people}
    return render(request, "elections/nominate.html", context)


@require_safe
def own_nominations(request: HttpRequest, slug: str) -> HttpResponse:
    """Where one's own name was put forward, and whom one has put forward oneself."""
    membership, now = enter(request, slug)
    or_404(may_follow_elections(membership))
    context = {
        "page_kind": "elections",
        "mine": queries.nominations_of(membership),
        "made": queries.nominations_by(membership),
        "now": now,
    }
    return render(request, "elections/own_nominations.html", context)


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes, no, or no longer. The one whose name it is."""
    membership, _now = enter(request, slug)
    or_404(may_follow_elections(membership))
    own = queries.access_nomination(membership, pk)
    choice = request.POST.get("choice")
    if choice == "no_longer":
        services.withdraw(nomination=own, by=membership)
        messages.success(request, _("You are not standing any more. Nobody asks why."))
    else:
        services.answer(nomination=own, by=membership, yes=choice == "yes")
        said = _("You are standing. Thank you.") if choice == "yes" else _("All right. Nobody else is told.")
        messages.success(request, said)
    return redirect("elections:election", slug, own.election_id)
