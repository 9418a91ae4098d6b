"""A way back in for somebody who has lost every way: one of the Top Three and one of staff, in person, together."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.entry import enter, or_404
from communities.forms import WayBackForm
from communities.policies import opens_ways_back
from communities.queries import access_membership, access_way_back, everybody, ways_back_waiting
from communities.services import ask_way_back, confirm_way_back


@require_http_methods(["GET", "HEAD", "POST"])
def ways_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin one, and see what others have begun."""
    membership, now = enter(request, slug)
    or_404(opens_ways_back(membership, now))
    others = [other for other in everybody(membership.community) if other.pk != membership.pk]
    form = WayBackForm(request.POST or None, people=others)
    if form.is_valid():
        ask_way_back(membership=access_membership(membership, form.cleaned_data["who"]), by=membership)
        messages.success(request, _("Begun. The other of you two has one hour to confirm it."))
        return redirect("communities:ways_back", slug)
    context = {"page_kind": "ways_back", "form": form, "waiting": ways_back_waiting(membership, now)}
    return render(request, "communities/ways_back.html", context)


@require_POST
def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm it and show the link, this once."""
    membership, now = enter(request, slug)
    or_404(opens_ways_back(membership, now))
    way_back = access_way_back(membership, pk)
    token = confirm_way_back(way_back=way_back, by=membership)
    link = request.build_absolute_uri(reverse("people:way_back_link", args=[token]))
    return render(request, "communities/way_back_made.html", {"link": link, "owner": way_back.membership})
