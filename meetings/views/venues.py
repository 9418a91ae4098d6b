"""Places where groups meet: for everybody who knows the groups, kept by staff and the Top Three."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.entry import enter
from communities.models import Membership
from communities.seeing import audience
from meetings import queries, services
from meetings.forms.timetable import VenueForm
from meetings.policies.timetable import may_keep_timetable
from meetings.views.doors import come_in
from people import kept


@require_safe
def venues(request: HttpRequest, slug: str) -> HttpResponse:
    """All places, with how to get there and how to get in."""
    membership, _now = enter(request, slug)
    rows = queries.all_venues(membership)
    context = {
        "used": [venue for venue in rows if venue.state == "in_use"],
        "given_up": [venue for venue in rows if venue.state != "in_use"],
        "keeps": _keeps(membership),
        "page_kind": "groups",
    }
    return render(request, "meetings/timetable/venues.html", context)


def _keeps(membership: Membership) -> bool:
    return membership.is_staff or membership.decides


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a place down."""
    membership, now = enter(request, slug)
    come_in(may_keep_timetable(membership, now))
    others = queries.all_venues(membership)
    form = VenueForm(request.POST or None, initial=kept.take(request, request.path), others=others)
    if form.is_valid():
        services.add_venue(by=membership, said=form.said)
        messages.success(request, _("It is on the list. Groups can meet there now."))
        return redirect("meetings:venues", slug)
    context = {"form": form, "seen_by": audience("timetable"), "page_kind": "groups"}
    return render(request, "meetings/timetable/venue_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Describe a place anew."""
    membership, now = enter(request, slug)
    venue = queries.access_venue(membership, pk)
    come_in(may_keep_timetable(membership, now))
    same = ("address", "travel", "step_free", "step_free_words")
    initial = {name: getattr(venue, name) for name in same} | {"title": venue.name}
    others = [one for one in queries.all_venues(membership) if one.pk != pk]
    form = VenueForm(request.POST or None, initial=initial | kept.take(request, request.path), others=others)
    if form.is_valid():
        services.change_venue(venue=venue, by=membership, said=form.said)
        messages.success(request, _("Changed."))
        return redirect("meetings:venues", slug)
    context = {"form": form, "venue": venue, "seen_by": audience("timetable"), "page_kind": "groups"}
    return render(request, "meetings/timetable/venue_form.html", context)


@require_POST
def use(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a place up, or use it again."""
    membership, now = enter(request, slug)
    venue = queries.access_venue(membership, pk)
    come_in(may_keep_timetable(membership, now))
    services.use_venue(venue=venue, by=membership, used=request.POST.get("verb") == "use_again")
    messages.success(request, _("Done."))
    return redirect("meetings:venues", slug)
