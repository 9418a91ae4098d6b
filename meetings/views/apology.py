"""The page behind the link in a reminder: one button, nobody signed in, and nothing said of what or who it is about."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clock import now as ask_clock
from meetings.apology_links import named_by
from meetings.queries.coming import behind_link
from meetings.services.coming import apologise_by_link
from people import devices, tries
from people.decisions import Refused

# Far more than anybody needs, and too few to ring a bell with.
MOST_TRIES = 10


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def apology(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds a reminder's link sends that member's apologies for that one session: by the button only.

    A mail scanner that opens links apologises for nobody. Over, called off, left and never made look the same (404).
    """
    now = ask_clock()
    session, membership = behind_link(token, now)
    if request.method == "POST":
        _count(request, token)
        apologise_by_link(session=session, membership=membership)
    context = {"session": session, "done": request.method == "POST", "now": now}
    response = render(request, "meetings/coming/by_link.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _count(request: HttpRequest, token: str) -> None:
    counter = tries.Counter("apology", f"link:{named_by(token)}", devices.source(request, None))
    if not tries.take(counter, now=ask_clock(), limit=MOST_TRIES):
        raise Refused(_("This was pressed many times. Please wait five minutes. Once was enough."))
