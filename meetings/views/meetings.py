"""The next meeting, one meeting, and its agenda on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.entry import enter, or_404
from meetings import queries
from meetings.policies import may_see_agenda
from meetings.views.shown import whole


@require_safe
def upcoming(request: HttpRequest, slug: str) -> HttpResponse:
    """The next meeting with what stands on its agenda, and those around it."""
    membership, now = enter(request, slug)
    ahead, were = queries.meetings_around(membership, now)
    meeting = queries.next_of(ahead)
    others = [row for row in ahead if meeting is None or row.pk != meeting.pk]
    context = whole(membership, meeting, now) | {"others": others, "were": were, "is_next": True}
    return render(request, "meetings/meeting.html", context)


@require_safe
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting: ahead, open or over."""
    membership, now = enter(request, slug)
    meeting = queries.access_meeting(membership, pk)
    return render(request, "meetings/meeting.html", whole(membership, meeting, now))


@require_safe
def paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The agenda for the printer: pointers only, whatever there is beside them (domain, section 7)."""
    membership, now = enter(request, slug)
    or_404(may_see_agenda(membership))
    meeting = queries.access_meeting(membership, pk)
    return render(request, "meetings/paper.html", whole(membership, meeting, now))
