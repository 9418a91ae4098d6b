"""The cookie of a sitting: its key and a proof that this site gave it out, made with a key outside the database.

The key alone lies in two tables as it is. Without the proof a copy of the database, or a backup of last night, would
be a way in as everybody who is signed in, past every password and second step (domain, section 4.5).
"""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from people.sealing import digest, digests

PURPOSE = "sitting cookie"


def key_in(cookie: str) -> str | None:
    """Return the key of a sitting from its cookie; None for one that this site did not give out."""
    key, _dot, proof = cookie.partition(".")
    proved = any(constant_time_compare(proof, good) for good in digests(PURPOSE, key))
    return key if proved else None


def cookie_for(key: str) -> str:
    """Return what a browser is given for the sitting with this key."""
    return f"{key}.{digest(PURPOSE, key)}"


class SittingCookieMiddleware(SessionMiddleware):
    """Django's own, but for what stands in the cookie."""

    def process_request(self, request: HttpRequest) -> None:
        request.session = self.SessionStore(key_in(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie and cookie.value:
            # What else the cookie says (how long, http only) stays.
            response.cookies[settings.SESSION_COOKIE_NAME] = cookie_for(cookie.value)
        return response
