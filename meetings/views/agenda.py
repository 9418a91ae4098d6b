"""Bringing something to the meeting, taking it off again, and writing down what came of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from boards.models import Thread
from boards.queries import access_thread, opening_of
from communities.entry import enter
from communities.models import Membership
from communities.seeing import audience
from meetings import queries, services
from meetings.forms import BringForm, OutcomeForm
from meetings.items import way_of
from meetings.models import LONGEST_TITLE
from meetings.policies import may_bring, may_note_outcome, may_run, may_withdraw
from meetings.views.doors import come_in
from meetings.views.pack import said_of
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Bring a thread as a pointer. Its author, and the Top Three."""
    membership, now = enter(request, slug)
    found = access_thread(membership, thread, now)
    come_in(may_bring(membership, found, now))
    form = BringForm(request.POST or None, initial=_begun(membership, found) | kept.take(request, request.path))
    if form.is_valid():
        sent = form.cleaned_data
        item = services.bring_thread(thread=found, by=membership, title=sent["title"], why=sent["words"])
        messages.success(request, said_of(item, membership, now))
        return redirect("meetings:next", slug)
    return render(request, "meetings/bring.html", _context(membership, found, form, now))


def _begun(membership: Membership, thread: Thread) -> dict[str, Any]:
    # One's own title is one's own to give; somebody else's is said in the bringer's words.
    own = thread.author_id == membership.pk
    return {"title": opening_of(thread).title[:LONGEST_TITLE]} if own else {}


def _context(membership: Membership, thread: Thread, form: BringForm, now: datetime) -> dict[str, Any]:
    there = queries.open_item(membership.community, "pointer", f"thread:{thread.pk}")
    return {
        "thread": thread,
        "is_own": thread.author_id == membership.pk,
        "form": form,
        "there": there,
        "next": queries.next_meeting(membership.community, now),
        "seen_by": audience("agenda"),
        "now": now,
        "page_kind": "meeting",
    }


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it off the agenda. Whoever brought it, and the Top Three."""
    membership, now = enter(request, slug)
    item = queries.access_item(membership, pk, now)
    # To whoever could never take it off, it is missing; whether it still can be, the service says.
    come_in(may_withdraw(membership, item, now), is_for=item.by_id == membership.pk or membership.decides)
    services.withdraw_item(item=item, by=membership)
    messages.success(request, _("Taken off the agenda."))
    return redirect("meetings:next", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down what came of an item. Those in office and staff."""
    membership, now = enter(request, slug)
    come_in(may_run(membership, now))
    item = queries.access_item(membership, pk, now)
    come_in(may_note_outcome(membership, item, now), is_for=True)
    form = OutcomeForm(request.POST or None, outcomes=way_of(item).outcomes, initial=kept.take(request, request.path))
    if form.is_valid():
        services.note_outcome(item=item, by=membership, outcome=form.outcome, words=form.cleaned_data["words"])
        messages.success(request, _("Written down."))
        assert item.meeting is not None
        return redirect("meetings:one", slug, item.meeting.pk)
    context = {
        "item": item,
        "form": form,
        "seen_by": audience("outcome thread" if item.thread_id else "outcome"),
        "now": now,
        "page_kind": "meeting",
    }
    return render(request, "meetings/outcome.html", context)
