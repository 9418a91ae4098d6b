"""What others opened to one: the list, the reading page (each look on record first), and what one can do there."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from communities.entry import enter, or_404
from communities.seeing import audience
from crisisplans.forms.suggesting import SuggestForm
from crisisplans.lifecycle import OpeningKind
from crisisplans.models import Opening
from crisisplans.policies import may_have_plans_opened
from crisisplans.queries.opened import openings_for
from crisisplans.queries.opened_words import opened_words
from crisisplans.queries.readers import is_asked, names_of_owners
from crisisplans.queries.reviews import access_review_to_record, own_suggestions, reviews_to_record
from crisisplans.services.looking import note_look
from crisisplans.services.reviewing import choose_asked, record_review, step_back
from crisisplans.services.suggesting import suggest, take_back_suggestion
from people import kept


@require_safe
def opened(request: HttpRequest, slug: str) -> HttpResponse:
    """What is open to one now, reviews to put down, and whether one wants to be asked."""
    membership, now = enter(request, slug)
    or_404(may_have_plans_opened(membership))
    rows, to_record = openings_for(membership, now), reviews_to_record(membership, now)
    names = names_of_owners(membership.community_id, [*rows, *to_record])
    context = {
        "rows": [(row, names.get(row.plan.person_id, "")) for row in rows],
        "to_record": [(row, names.get(row.plan.person_id, "")) for row in to_record],
        "is_asked": is_asked(membership),
        "now": now,
        "page_kind": "opened",
    }
    return render(request, "crisisplans/opened.html", context)


@require_GET
def read(request: HttpRequest, slug: str, opening: int) -> HttpResponse:
    """The parts that were opened, as they are now. The look is on record before anything is shown."""
    membership, now = enter(request, slug)
    found = note_look(by=membership, pk=opening, now=now).opening
    context = {
        "opening": found,
        "name": found.owner_name,
        "parts": opened_words(found),
        "suggests": found.kind == OpeningKind.REVIEW,
        "now": now,
        "page_kind": "opened",
    }
    return _until_its_end(render(request, "crisisplans/read.html", context), found, now)


@require_http_methods(["GET", "POST"])
def suggestion(request: HttpRequest, slug: str, opening: int, part: str) -> HttpResponse:
    """One part with a box beside it, and what one has suggested so far."""
    membership, now = enter(request, slug)
    found = note_look(by=membership, pk=opening, now=now, to_suggest=part).opening
    shown = [told for told in opened_words(found) if told.key == part]
    form = SuggestForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        suggest(by=membership, pk=opening, part=part, text=form.cleaned_data["text"])
        messages.success(request, _("Sent. Only the owner reads it."))
        return redirect("crisisplans:suggest", slug, opening, part)
    context = {
        "opening": found,
        "name": found.owner_name,
        "parts": shown,
        "form": form,
        "mine": own_suggestions(membership, found),
        "seen_by": audience("plan suggestion"),
        "now": now,
        "page_kind": "opened",
    }
    return render(request, "crisisplans/suggest.html", context)


@require_POST
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own suggestion back."""
    membership, _now = enter(request, slug)
    row = take_back_suggestion(by=membership, pk=pk)
    messages.success(request, _("Taken back."))
    return redirect("crisisplans:suggest", slug, row.opening_id, row.part)


@require_http_methods(["GET", "HEAD", "POST"])
def done(request: HttpRequest, slug: str, opening: int) -> HttpResponse:
    """Put down that the group has been through it: a second look, then it is on record."""
    membership, now = enter(request, slug)
    found = access_review_to_record(membership, opening, now)
    if request.method == "POST":
        record_review(by=membership, pk=opening)
        messages.success(request, _("It is on record: that it was done, and nothing of what it says."))
        return redirect("crisisplans:opened", slug)
    names = names_of_owners(membership.community_id, [found])
    context = {"opening": found, "name": names.get(found.plan.person_id, ""), "page_kind": "opened"}
    return render(request, "crisisplans/done.html", context)


@require_POST
def back(request: HttpRequest, slug: str, opening: int) -> HttpResponse:
    """Stop reading what was opened to one."""
    membership, _now = enter(request, slug)
    step_back(by=membership, pk=opening)
    messages.success(request, _("It is not open to you any more. Thank you for saying so."))
    return redirect("crisisplans:opened", slug)


@require_POST
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Be found among those who can be asked, or not."""
    membership, _now = enter(request, slug)
    or_404(may_have_plans_opened(membership))
    wanted = request.POST.get("choice") == "yes"
    choose_asked(by=membership, asked=wanted)
    messages.success(request, _("You can be asked again.") if wanted else _("Nobody can ask you for now."))
    return redirect("crisisplans:opened", slug)


def _until_its_end(response: HttpResponse, opening: Opening, now: datetime) -> HttpResponse:
    """Let the browser ask again when its time is over, also where no script runs."""
    if opening.until is not None:
        response["Refresh"] = str(int((opening.until - now).total_seconds()) + 1)
    return response
