"""Help now, and the way out. Both are open to everybody and need no script."""

from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from helpnow.queries import groups_for, reader_of, short_list
from helpnow.services import end_sitting


@login_not_required
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to turn to now, for the person's nation or for all of them. No query when signed out."""
    reader = reader_of(request.user)
    context = {"groups": groups_for(reader.nation, reader.area), "first": short_list(), "is_here": reader.is_signed_in}
    return HttpResponse(render_to_string("helpnow/help_now.html", context))


@csrf_exempt
@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the site in a hurry. A form needs no token here: sent from elsewhere it carries no sitting to end.

    Only POST ends the sitting, because a browser may fetch a link ahead of a tap. What the page says has no name
    of ours, and `Refresh` takes the browser on (a redirect would be stopped by `form-action`).
    """
    if request.method != "POST":
        return _bare("helpnow/leave.html")
    end_sitting(request)
    response = _bare("helpnow/left.html")
    response["Refresh"] = f"0; url={settings.EXIT_ADDRESS}"
    # A changed cookie makes Chromium drop the pages it keeps whole for its Back button, also where no sitting is
    # left to end. `Clear-Site-Data` would do it too, but holds the answer back for seconds on an old phone.
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie("out", token_urlsafe(6), max_age=60, httponly=True, samesite="Lax", secure=secure)
    return response


def _bare(template: str) -> HttpResponse:
    # Without the request: no context processor may add a name of ours, or ask a database that is away.
    response = HttpResponse(render_to_string(template, {"onward": settings.EXIT_ADDRESS}))
    response["Referrer-Policy"] = "no-referrer"
    return response
