"""One line for each answered request, and the figures counted from it: the route's name, never its address.

An address holds a community's word and numbers of posts; with the time, that can point at a person.
"""

import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from peernet import counting
from peernet.log_lines import request_id

log = logging.getLogger("peernet.access")
# The proxy's number, if it is one: 32 hexadecimal digits, as nginx makes them.
WELL_FORMED = re.compile(r"[0-9a-f]{32}")


class RequestLineMiddleware:
    """Outermost of all: what every other middleware did is in the time, and every line in between has the number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        token = request_id.set(given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16))
        started = perf_counter()
        try:
            response = self.get_response(request)
            note(request, response.status_code, perf_counter() - started)
        finally:
            request_id.reset(token)
        return response


def note(request: HttpRequest, status: int, seconds: float) -> None:
    """Log and count one answered request."""
    route = route_of(request)
    if route == "static":
        return
    counting.answered(route, status, seconds)
    method = request.method if request.method in ("GET", "HEAD", "POST") else "other"
    facts = {"method": method, "route": route, "status": status, "ms": round(1000 * seconds)}
    log.info("answered", extra={"facts": facts})


def route_of(request: HttpRequest) -> str:
    """Return the route's name as the access table has it; "static" for files, "none" where there is no such page."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name or "none"
    return "static" if request.path.startswith("/static/") else "none"
