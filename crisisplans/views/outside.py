"""The page behind a link, for somebody outside: a code, then what was opened. Nobody need be signed in."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from clock import now as ask_clock
from crisisplans.forms.outside import CodeForm
from crisisplans.models import Opening
from crisisplans.queries.opened import access_link
from crisisplans.queries.opened_words import opened_words, top_of
from people.views.shown import status_of

# A page that was left open closes after this; the code opens it again.
SHOWN_FOR = 30 * 60


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds a link that opens something; with its code they read. Each look takes the code again, so that it
    is over with the very next one. What opens nothing says whom to ask, whatever the reason."""
    now = ask_clock()
    if access_link(token, now) is None:
        return _quiet(render(request, "crisisplans/link_over.html", status=404))
    form = CodeForm(request.POST or None, request=request, token=token)
    if not form.is_valid() or form.link is None:
        return _quiet(render(request, "crisisplans/code.html", {"form": form}, status=status_of(form)))
    opening = form.link.opening
    context = {"parts": opened_words(opening), "top": top_of(form.link), "opening": opening, "now": now}
    response = _quiet(render(request, "crisisplans/shared.html", context))
    response["Refresh"] = f"{_seconds(opening, now)}; url={request.path}"
    return response


def _seconds(opening: Opening, now: datetime) -> int:
    left = int((opening.until - now).total_seconds()) + 1 if opening.until else SHOWN_FOR
    return min(left, SHOWN_FOR)


def _quiet(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
