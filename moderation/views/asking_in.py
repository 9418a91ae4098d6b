"""Asking staff in, by two of those in office: the form, the second voice, and ending it early."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from boards.models import Thread
from boards.queries import access_staff_invitation, access_thread, openings_on_board
from communities.models import Community, Membership
from meetings.queries import next_meeting
from moderation.doors import enter_in_office
from moderation.queries import for_staff as queries
from moderation.services.asking_in import ask_staff_in, drop_asking_in, end_asking_in, second_asking_in
from moderation.staff_forms import AskInForm

WITHOUT_A_MEETING = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask staff into the whole board, or into the thread that the address names; what waits and what is open."""
    membership, now = enter_in_office(request, slug)
    thread = _thread(request, membership, now)
    begun = {"until": _next_meeting_day(membership.community, now)}
    people = list(queries.staff_here(membership.community))
    form = AskInForm(request.POST or None, initial=begun, people=people)
    if request.method == "POST" and form.is_valid():
        ask_staff_in(by=membership, thread=thread, **form.sent)
        messages.success(request, _("Noted. One more of you needs to say the same."))
        return redirect("moderation:ask_in", slug=slug)
    askings, opened = queries.askings_in(membership, now), queries.open_invitations(membership, now)
    threads = [row.thread_id for row in askings] + [row.thread_id for row in opened] + [thread.pk if thread else None]
    named = {pk for pk in threads if pk}
    titles = openings_on_board(named, now)
    context = {
        "thread": thread,
        "title": titles.get(thread.pk, "") if thread else "",
        "people": people,
        "form": form,
        "askings": [(row, titles.get(row.thread_id or 0, ""), row.by_id == membership.pk) for row in askings],
        "opened": [(row, titles.get(row.thread_id or 0, "")) for row in opened],
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/ask_in.html", context)


@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes as the second of two, or let it be."""
    membership, _now = enter_in_office(request, slug)
    asking = queries.access_asking_in(membership, pk)
    if request.POST.get("verb") == "agree":
        second_asking_in(asking=asking, by=membership)
        messages.success(request, _("It is open now. Everybody can see that staff are asked in."))
    else:
        drop_asking_in(asking=asking, by=membership)
        messages.success(request, _("Let go. Nobody was asked in."))
    return redirect("moderation:ask_in", slug=slug)


@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End an invitation before its time."""
    membership, _now = enter_in_office(request, slug)
    end_asking_in(invitation=access_staff_invitation(membership, pk), by=membership)
    messages.success(request, _("Ended. Staff see nothing of it any more."))
    return redirect("moderation:ask_in", slug=slug)


def _thread(request: HttpRequest, membership: Membership, now: datetime) -> Thread | None:
    written = request.GET.get("thread", "")
    if not written:
        return None
    # Never the whole board where somebody meant one thread.
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise Http404
    return access_thread(membership, int(written), now)


def _next_meeting_day(community: Community, now: datetime) -> date:
    meeting = next_meeting(community, now)
    return localtime(meeting.starts_at if meeting else now + WITHOUT_A_MEETING).date()
