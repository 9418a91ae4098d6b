"""A suggestion for one's own plan: take it into its part, or leave it. For the owner alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clock import now as ask_clock
from communities.entry import or_404
from communities.policies import may_have_own_data
from communities.seeing import audience
from crisisplans.forms.writing import TextForm
from crisisplans.models import Suggestion
from crisisplans.queries.own import OwnPlan, own_plan
from crisisplans.queries.reviews import access_suggestion
from crisisplans.queries.suggested import has_one_text, taken_in, words_suggested
from crisisplans.responsibility import sentence
from crisisplans.services.suggesting import accept_suggestion, decline_suggestion
from crisisplans.views.shown import has_agreed, heading_of, places
from people.views.shown import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: PersonRequest, pk: int) -> HttpResponse:
    """The words of one suggestion, beside one's own part with them in it, to be changed, saved or left."""
    or_404(may_have_own_data(request.user))
    row = access_suggestion(request.user, pk)
    own = own_plan(request.user, row.opening.plan.kind, ask_clock())
    if own is None:
        raise Http404
    form = _form(request, row, own)
    if "decline" in request.POST:
        decline_suggestion(person=request.user, suggestion=row)
        messages.success(request, _("Left. They see that it was answered, and no more."))
        return redirect("crisisplans:sharing")
    if request.method == "POST" and (form is None or form.is_valid()):
        accept_suggestion(person=request.user, suggestion=row, **_taken(form))
        messages.success(request, _("Taken. They see that it was answered, and no more."))
        return redirect("crisisplans:sharing")
    context = {
        "row": row,
        "title": _title(row, own),
        "words": words_suggested(row, own),
        "form": form,
        "sentence": sentence(),
        "seen_by": audience("plan"),
        "now": ask_clock(),
    }
    return render(request, "crisisplans/suggestion.html", context | places(own.plan.kind))


def _title(row: Suggestion, own: OwnPlan) -> str:
    """The heading of the part that it is for, as its owner knows it."""
    return str(heading_of(own, own.plan.kind, row.part)[0].title)


def _form(request: PersonRequest, row: Suggestion, own: OwnPlan) -> TextForm | None:
    """The part with the suggestion at its end; None for a part that is more than one text."""
    if not has_one_text(own.plan.kind, row.part):
        return None
    initial = {"text": taken_in(row, own), "version": own.number}
    return TextForm(
        request.POST or None, initial=initial, kind=own.plan.kind, has_agreed=has_agreed(own, own.plan.kind)
    )


def _taken(form: TextForm | None) -> dict[str, Any]:
    if form is None:
        return {"text": None, "seen_version": 0, "agreed": True}
    sent = form.sent
    return {"text": form.written["text"], "seen_version": sent["seen_version"], "agreed": sent["agreed"]}
