"""A copy of a plan on a phone goes when its owner leaves in a hurry, or signs out and says so (ADR 0034).

The phone's own scripts take it off (static/js/peernet.js, static/js/worker/at_hand.js). Where they are slow or never
came, the site's answer asks the browser to: it knows by a cookie that holds one word, and nothing about the plan.
"""

from collections.abc import Callable

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

COOKIE = "copy"
# The longest a browser keeps a cookie.
LASTS_SECONDS = 400 * 24 * 3600
LEAVE = "helpnow:leave"
SIGN_OUT = ("account_logout", "people:end_everywhere")


class OnLeaving(TextChoices):
    """What "Exit this page" does with the copy."""

    TAKE = "take", _("Take the copy off this phone. Nobody finds it then.")
    KEEP = "keep", _("Leave it here. It stays locked.")


def mark(response: HttpResponse, on_leaving: str) -> None:
    """Let this browser say that there is a copy in it, and what leaving does with it."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, on_leaving, max_age=LASTS_SECONDS, secure=secure, httponly=True, samesite="Lax")


def unmark(response: HttpResponse) -> None:
    """There is no copy in this browser any more."""
    response.delete_cookie(COOKIE, samesite="Lax")


class LeavingMiddleware:
    """Looks only at forms from a browser that has a copy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and COOKIE in request.COOKIES and _goes(request, response):
            # Not "cache": that holds the answer back for seconds on an old phone. The bell of a phone that is told
            # when there is something new goes too; leaving and signing out end it anyway (notices.sign_out).
            response["Clear-Site-Data"] = '"storage"'
            unmark(response)
        return response


def _goes(request: HttpRequest, response: HttpResponse) -> bool:
    if request.path == reverse(LEAVE):
        return request.COOKIES[COOKIE] == OnLeaving.TAKE
    signed_out = request.path in map(reverse, SIGN_OUT) and response.status_code == 302
    return signed_out and request.POST.get("copy") == OnLeaving.TAKE
