"""Letters to oneself: unopened they are an envelope, opened they can be answered with one tap."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from communities.entry import enter, or_404
from communities.lifecycle import State
from communities.seeing import audience
from meetings.forms.letters import AnswerLetterForm
from meetings.letter_words import what_follows
from meetings.lifecycle.attendance import SENT_ABSENCES, AbsenceOutcome, AbsenceState
from meetings.policies.attendance import may_read_own_letters
from meetings.queries import absences as queries
from meetings.services.absences import why_not_seen
from meetings.services.letters import answer_letter, open_letter
from notices.services import mark_page_seen
from people.decisions import Refused

ANSWERED = {
    "come": gettext_lazy("Thank you. It is good to hear from you. See you soon."),
    "ring": gettext_lazy("Thank you. Somebody rings you as soon as they can. They have been told."),
    "not_now": gettext_lazy("Thank you for saying so. Take the time you need. Your chair stays."),
}


@require_safe
def own_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters to oneself, the newest first, and what was decided."""
    membership, now = enter(request, slug)
    or_404(may_read_own_letters(membership))
    letters = queries.own_letters(membership)
    context = {
        "letters": [{"case": case, "unopened": case.state == AbsenceState.SENT} for case in letters],
        "now": now,
        "page_kind": "letter",
    }
    return render(request, "meetings/letters/mine.html", context)


@require_safe
def own_letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One letter: an envelope until it is opened; then its words, what our rule says, and the answers."""
    membership, now = enter(request, slug)
    or_404(may_read_own_letters(membership))
    case = queries.access_own_letter(membership, pk)
    inactive = case.outcome == AbsenceOutcome.INACTIVE
    context = {
        "case": case,
        "letter": queries.newest_words(case),
        "unopened": case.state == AbsenceState.SENT,
        "waits": case.state in SENT_ABSENCES,
        "follows": what_follows(case),
        "why": why_not_seen(case) if inactive else "",
        "holds": inactive and membership.state == State.INACTIVE,
        "seen_by": audience("letter answer"),
        "now": now,
        "page_kind": "letter",
    }
    return render(request, "meetings/letters/own.html", context)


@require_POST
def open_own(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open it."""
    membership, now = enter(request, slug)
    or_404(may_read_own_letters(membership))
    open_letter(case=queries.access_own_letter(membership, pk), by=membership)
    mark_page_seen(person=membership.person, path=reverse("meetings:own_letters", args=[slug]), now=now)
    return redirect("meetings:own_letter", slug, pk)


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer it with one tap."""
    membership, _now = enter(request, slug)
    or_404(may_read_own_letters(membership))
    case = queries.access_own_letter(membership, pk)
    form = AnswerLetterForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please tap one of the answers."))
    answer_letter(case=case, by=membership, answer=form.cleaned_data["verb"])
    messages.success(request, str(ANSWERED[form.cleaned_data["verb"]]))
    return redirect("meetings:own_letter", slug, pk)
