"""A phone that its owner signs out on is told nothing more; a new sign-in or password there goes on with it."""

import logging
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from notices import marks, services

log = logging.getLogger(__name__)


class SignOutMiddleware:
    """Looks only at forms from a browser that is somebody's phone: did the sitting end, or get a new key?"""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        phone_pk = marks.phone_of(request) if request.method == "POST" else None
        if phone_pk is None:
            return self.get_response(request)
        before = request.session.session_key
        response = self.get_response(request)
        try:
            _follow(request, phone_pk, before)
        except DatabaseError as fault:  # the way out stays open with the database away
            log.warning("a phone could not be followed (%s)", type(fault).__name__)
        return response


def _follow(request: HttpRequest, phone_pk: int, before: str | None) -> None:
    after = request.session.session_key
    if after == before:
        return
    person = request.session.get(SESSION_KEY) if after else None
    if not person:
        services.move_sitting(phone_pk=phone_pk, old=before)
        return
    ends_at = request.session.get_expiry_date()
    services.move_sitting(phone_pk=phone_pk, old=before, new=after, person_pk=int(person), ends_at=ends_at)
