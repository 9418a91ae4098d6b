""" "Hand this to the others", of a post that waits or of a report."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards.lifecycle import AWAITING_DECISION
from boards.views.words import looking_in_words
from communities.duty import Watch
from communities.entry import enter, or_404
from communities.policies import stands_in
from moderation import queries
from moderation.policies import may_look_at_report, may_moderate
from moderation.readers import is_among, of_report
from moderation.services import hand_on_post, hand_on_report
from people.decisions import require


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """Asked once more, then handed on: a post that waits. Whoever may decide on it."""
    membership, now = enter(request, slug)
    if membership.decides:
        require(may_moderate(membership, now))
    else:
        or_404(queries.is_asked_to_decide(membership, post, now))
        require(stands_in(membership, now))
    if request.method == "POST":
        looking = hand_on_post(post=queries.access_shown_before(membership, post, now), by=membership)
        return _done(request, slug, looking, now, decides=membership.decides)
    found = queries.access_post(membership, post, now)
    if found.state not in AWAITING_DECISION:
        raise Http404
    context = {"name": found.author.display_name, "is_report": False, "page_kind": "moderation"}
    return render(request, "moderation/hand_on.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same of a report. One of those who decide, whom it goes to."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    found = queries.access_report(membership, pk)
    if not is_among(membership, of_report(membership.everybodys_offices, found), found):
        raise Http404
    require(may_look_at_report(membership, found, membership.everybodys_offices, now))
    if request.method == "POST":
        return _done(request, slug, hand_on_report(report=found, by=membership), now, decides=True)
    context = {"name": found.about.display_name, "is_report": True, "page_kind": "moderation"}
    return render(request, "moderation/hand_on.html", context)


def _done(request: HttpRequest, slug: str, looking: Watch, now: datetime, *, decides: bool) -> HttpResponse:
    said = looking_in_words(looking, now)
    if looking.somebody_is_on:
        messages.success(request, _("Handed on. %(who)s, and told.") % said)
    else:
        messages.success(request, _("Handed on. Nobody else is on duty now; the next look is %(when)s.") % said)
    return redirect("moderation:queue" if decides else "boards:front", slug=slug)
