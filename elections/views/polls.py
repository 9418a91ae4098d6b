"""One vote: the ballot paper while it is open, and what came of it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter
from communities.models import Membership
from elections import outcomes
from elections.forms import VoteForm
from elections.lifecycle import PollState
from elections.models import Poll
from elections.policies import may_vote
from elections.queries import access_poll, elector_of, open_votes_of, sealed_box_of
from elections.results import outcome_shown, votes_shown
from elections.services import cast_vote, close_due


@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Vote, or read what came of it. A vote whose time is over is counted by whoever looks first."""
    membership, now = enter(request, slug)
    found = access_poll(membership, pk)
    form = VoteForm(request.POST if request.method == "POST" else None, poll=found)
    if request.method == "POST" and form.is_valid():
        cast_vote(poll=found, by=membership, choices=form.cleaned_data["option"])
        messages.success(request, _("Thank you. Your vote is in the box."))
        return redirect("elections:poll", slug, pk)
    if found.is_due(now) and close_due(membership.community):
        found = access_poll(membership, pk)
    return render(request, "elections/poll.html", _context(found, membership, form, now))


def _context(poll: Poll, membership: Membership, form: VoteForm, now: datetime) -> dict[str, object]:
    told = outcomes.of(poll.purpose)
    line = elector_of(poll, membership)
    return {
        "poll": poll,
        "heading": told.heading(poll),
        "back_to": told.back_to(poll),
        "form": form,
        "line": line,
        "may": may_vote(membership, line),
        "is_open": poll.state == PollState.OPEN and now < poll.closes_at,
        "outcome": outcome_shown(poll, told.seated(poll) if told.seated else None),
        "open_votes": votes_shown(poll, open_votes_of(poll)),
        "sealed_box": sealed_box_of(poll),
        "now": now,
        "page_kind": "vote",
    }
