"""The pack of a meeting: bringing something in one's own words, and putting it all in order."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter, or_404
from communities.models import Membership
from communities.seeing import audience
from meetings import queries
from meetings.forms.pack import AddForm, ArrangeForm
from meetings.models import AgendaItem, CommunityMeeting
from meetings.notifications.pack import DANGER
from meetings.policies import sees_all_of_agenda
from meetings.policies.pack import may_add_item, may_arrange
from meetings.queries.agenda import arranged_items
from meetings.queries.pack import held_in
from meetings.services.pack import add_item, arrange
from meetings.views.doors import come_in
from meetings.views.looking import who_looks
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring something to the next meeting, without a thread. Members who take part."""
    membership, now = enter(request, slug)
    or_404(may_add_item(membership))
    form = AddForm(request.POST or None, initial=kept.take(request, request.path))
    if form.is_valid():
        sent = form.cleaned_data
        item = add_item(by=membership, title=sent["title"], why=sent["words"], form_key=sent["form_key"])
        messages.success(request, said_of(item, membership, now))
        return redirect("meetings:next", slug)
    context = {
        "form": form,
        "next": queries.next_meeting(membership.community, now),
        "seen_by": audience("agenda"),
        "now": now,
        "page_kind": "meeting",
    }
    return render(request, "meetings/pack/add.html", context)


def said_of(item: AgendaItem, membership: Membership, now: datetime) -> str:
    """What somebody reads who has brought something: where it may be about danger, who looks, and whom to ring."""
    if item.urgency < DANGER:
        return _("It is on the agenda of the next meeting.")
    return _("It is on the agenda. %(who)s") % {"who": who_looks(membership, now)}


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put the agenda in order, and give each thing its time. Who plans the meeting, and its chair."""
    membership, now = enter(request, slug)
    meeting = queries.access_meeting(membership, pk)
    come_in(may_arrange(membership, meeting, now))
    items = arranged_items(meeting, all_of_it=sees_all_of_agenda(membership), now=now)
    brought = {} if "saved" in request.GET else kept.take(request, request.path)
    form = ArrangeForm(request.POST or None, items=items, brought=brought)
    if request.method == "POST" and form.is_valid():
        arrange(meeting=meeting, by=membership, placings=form.placings, seen=form.cleaned_data["seen"])
        messages.success(request, _("The agenda is in this order now."))
        return redirect("meetings:one", slug, pk)
    return render(request, "meetings/pack/order.html", _order_context(form, meeting, now))


def _order_context(form: ArrangeForm, meeting: CommunityMeeting, now: datetime) -> dict[str, Any]:
    session = held_in(meeting)
    lasts = int((session.ends_at - session.starts_at).total_seconds() // 60) if session else 0
    return {"form": form, "meeting": meeting, "lasts": lasts, "now": now, "page_kind": "meeting"}
