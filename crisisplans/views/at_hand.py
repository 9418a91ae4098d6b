"""The page that opens the copy of a plan on a phone, with a network or without."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from helpnow.queries import groups_for, reader_of, short_list


@login_not_required
@require_safe
def at_hand(request: HttpRequest) -> HttpResponse:
    """Help first, then the copy, if this browser has one. Everybody, and without a database, as with Help now.

    A browser with a copy keeps this page itself, so nothing stands on it but the numbers for where its owner lives.
    """
    reader = reader_of(request.user)
    context = {"groups": groups_for(reader.nation, reader.area), "first": short_list()}
    return HttpResponse(render_to_string("crisisplans/at_hand.html", context))
