"""The group's letters for those who write them and take them there: all that are open, one, and its printed sheet."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock.london import day_of
from communities.entry import enter, or_404
from communities.lifecycle import Kind
from communities.models import Membership
from communities.seeing import audience
from meetings.forms.letters import LetterForm, ReachedForm, SeenForm
from meetings.letter_words import what_follows
from meetings.lifecycle.attendance import AbsenceState, Reached
from meetings.models import AbsenceCase
from meetings.policies.attendance import may_see_letters, may_write_letter
from meetings.queries import absences as queries
from meetings.services.letters import agree_letter, note_reached, take_back_reached, write_letter
from people import kept
from people.decisions import Conflict, require


@require_safe
def group_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Every letter that is open, and those answered lately; for those who say welcome, who asks to come back."""
    membership, now = enter(request, slug)
    or_404(may_see_letters(membership))
    welcomes = membership.is_staff or membership.decides
    context = {
        "letters": [_row(case, now) for case in queries.letters_for(membership, now)],
        "come_backs": queries.come_backs(membership, now) if welcomes else [],
        "now": now,
        "page_kind": "letters",
    }
    return render(request, "meetings/letters/all.html", context)


def _row(case: AbsenceCase, now: datetime) -> dict[str, Any]:
    return {"case": case, "overdue": case.is_overdue(now)}


@require_http_methods(["GET", "HEAD", "POST"])
def group_letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One letter: writing it together, and what has become of it."""
    membership, now = enter(request, slug)
    or_404(may_see_letters(membership))
    case = queries.access_letter(membership, pk)
    if request.method == "POST":
        require(may_write_letter(membership, case, now))
    words = queries.newest_words(case)
    as_it_is = {"words": words.words, "version": words.number}
    form = LetterForm(request.POST or None, initial=as_it_is | kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        write_letter(case=case, by=membership, words=sent["words"], seen=sent["version"])
        messages.success(request, _("Your words are in the letter. One more of you says yes to them."))
        return redirect("meetings:group_letter", slug, pk)
    return render(request, "meetings/letters/one.html", _whole(membership, case, now) | {"form": form})


def _whole(membership: Membership, case: AbsenceCase, now: datetime) -> dict[str, Any]:
    """What the page needs beside the form; no query."""
    words = queries.newest_words(case)
    voices = [voice.by for voice in words.voices.all()]
    reached = next(iter(case.reached.all()), None)
    writes = membership.kind == Kind.MEMBER and case.state == AbsenceState.WRITING
    return {
        "case": case,
        "letter": words,
        "voices": voices,
        "said_yes": any(voice.pk == membership.pk for voice in voices),
        "writes": writes,
        "reached": reached,
        "reached_form": ReachedForm(initial={"day": day_of(now)}) if case.state == AbsenceState.SENT else None,
        "can_take_back": case.state == AbsenceState.REACHED and reached is not None and reached.how != Reached.OPENED,
        "overdue": case.is_overdue(now),
        "decides": membership.decides and case.state == AbsenceState.REACHED and case.is_overdue(now),
        "follows": what_follows(case),
        "seen_by": audience("group letter"),
        "now": now,
        "page_kind": "letters",
    }


@require_POST
def agree(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Yes to the words as they are."""
    membership, _now = enter(request, slug)
    or_404(may_see_letters(membership))
    case = queries.access_letter(membership, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Conflict(_("This page is old. Please look at the letter again."))
    if agree_letter(case=case, by=membership, seen=form.cleaned_data["version"]):
        messages.success(request, _("Two of you say yes. The letter is on its way."))
    else:
        messages.success(request, _("You say yes. One more of you does, and it is on its way."))
    return redirect("meetings:group_letter", slug, pk)


@require_POST
def reached(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It was handed over, posted, or told to them."""
    membership, now = enter(request, slug)
    or_404(may_see_letters(membership))
    case = queries.access_letter(membership, pk)
    form = ReachedForm(request.POST)
    if form.is_valid():
        note_reached(case=case, by=membership, how=form.cleaned_data["kind"], on=form.cleaned_data["day"])
        messages.success(request, _("Written down. The days to answer run from that day."))
        return redirect("meetings:group_letter", slug, pk)
    as_it_is = LetterForm(initial={"words": queries.newest_words(case).words})
    context = _whole(membership, case, now) | {"form": as_it_is, "reached_form": form}
    return render(request, "meetings/letters/one.html", context)


@require_POST
def not_reached(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """That it has reached them was a mistake."""
    membership, _now = enter(request, slug)
    or_404(may_see_letters(membership))
    take_back_reached(case=queries.access_letter(membership, pk), by=membership)
    messages.success(request, _("Put right. No days run until the letter has reached them."))
    return redirect("meetings:group_letter", slug, pk)


@require_safe
def paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The letter for the printer, once it is agreed: the outside names nobody's place."""
    membership, now = enter(request, slug)
    or_404(may_see_letters(membership))
    case = queries.access_letter(membership, pk)
    if case.sent_at is None:
        raise Conflict(_("This letter is still being written. Two of you say yes to it first."))
    context = {"case": case, "letter": queries.newest_words(case), "follows": what_follows(case)}
    return render(request, "meetings/letters/paper.html", context | {"now": now, "page_kind": "letters"})
