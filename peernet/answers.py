"""One place that turns a refusal, a conflict or a fault into a page, and gives back what was written.

Django's own handlers (urls.py names them) catch what fails outside a view, e.g. a sitting that can't be read.
"""

import logging
import sys
from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from peernet import answer_texts as texts
from peernet import counting
from peernet.answer_pages import Answer, onward_of, page
from peernet.written import Written, from_fields, page_of, written_in
from people import kept
from people.decisions import Conflict, Refused

log = logging.getLogger("peernet.answers")


class AnswersMiddleware:
    """Answers what a view raises on purpose, and a database that is away; anything else goes on to `server_error`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return _not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Called by Django with whatever a view raised; None leaves it to Django."""
        return answer_for(request, fault)


class SignInMiddleware(LoginRequiredMiddleware):
    """Closed unless opened. A form that comes after its sitting has ended gets its words back, not a bare sign-in."""

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponseBase | None:
        """Open pages are let through first, so that they never wait for a database to say who is here."""
        if not getattr(view_func, "login_required", True):
            return None
        if request.method == "POST" and not request.user.is_authenticated:
            written = written_in(request)
            return page(request, texts.signed_out(written), written)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """A form that was taken leads on to another page: what was kept for its address need not wait any longer."""
        taken = request.method == "POST" and 300 <= response.status_code < 400
        if taken and request.session.accessed and kept.IN_SITTING in request.session:
            kept.let_go(request, request.path)
        return response


def answer_for(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """Return the page for a fault that has a page of its own, with the words on it; None for any other."""
    written = written_in(request)
    if isinstance(fault, Refused):
        return _page(request, _refused(request, fault, written), written)
    if isinstance(fault, Conflict):
        return _conflict(request, fault, written)
    if isinstance(fault, OperationalError | InterfaceError):
        log.error("The database did not answer", exc_info=fault)
        counting.database_was_away()
        response = page(request, texts.database_away(written), written)
        response["Retry-After"] = "30"
        return response
    return None


def _page(request: HttpRequest, answer: Answer, written: Written | None) -> HttpResponse:
    """The page for a fault; one without the words, where another person than the one who is here wrote them."""
    return page(request, texts.somebody_elses() if written and _is_of_another(request, written) else answer, written)


def _is_of_another(request: HttpRequest, written: Written) -> bool:
    if not written.carried.get(kept.WRITTEN_BY):
        return False
    try:
        return request.user.is_authenticated and not kept.are_of(written.carried, request.user.pk)
    except (AttributeError, DatabaseError, SuspiciousOperation):
        # Who is here can't be asked: that may be the very fault that this page is for.
        return False


def _conflict(request: HttpRequest, fault: Conflict, written: Written | None) -> HttpResponse:
    if written and written.is_shown_in_place and kept.fits(written.fields) and not _is_of_another(request, written):
        # Its page shows both: what was put in, and what is there by now.
        kept.remember(request, kept.Kept(written.path, written.fields))
        return page(request, texts.conflict_in_place(fault, onward_of(written)))
    return _page(request, texts.conflict(fault, page_of(request)), _brought_up_to_date(fault, written))


def _refused(request: HttpRequest, fault: Refused, written: Written | None) -> Answer:
    # A second step leads away from this page, so the words wait in the sitting till the person is back.
    remembered = bool(fault.remedy and written and kept.fits(written.fields))
    if remembered and written:
        kept.remember(request, kept.Kept(written.path, written.fields))
    onward = onward_of(written) if remembered and written else page_of(request)
    return texts.refused(fault, onward=onward)


def _brought_up_to_date(fault: Conflict, written: Written | None) -> Written | None:
    # A conflict may name newer values of what the form carried (the version that the page now shows).
    if not written:
        return None
    newer = {name: fault.facts[name] for name in written.carried if name in fault.facts}
    return from_fields(written.path, {**written.fields, **newer})


def _not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    answered = _page(request, texts.not_found(), written_in(request))
    answered.status_code = 405
    answered["Allow"] = response.headers.get("Allow", "GET, HEAD")
    return answered


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without our token: an old page, or one from elsewhere (Django's `CSRF_FAILURE_VIEW`)."""
    written = written_in(request)
    try:
        closed = request.resolver_match and getattr(request.resolver_match.func, "login_required", True)
        if closed and not request.user.is_authenticated:
            return page(request, texts.signed_out(written), written)
    except DatabaseError as fault:
        if answered := answer_for(request, fault):
            return answered
    return _page(request, texts.too_old(request.path, written), written)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    written = written_in(request)
    if isinstance(exception, RequestDataTooBig):
        return _page(request, texts.too_long(written), written)
    return _page(request, texts.not_understood(), written)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return _page(request, texts.not_open(), written_in(request))


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """Django's handler404: one page for what is missing and what is not yours (domain, section 5)."""
    return _page(request, texts.not_found(), written_in(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500. What failed is in the log by place and kind, without a word of content (log_lines)."""
    try:
        if answered := answer_for(request, sys.exc_info()[1]):
            return answered
        written = written_in(request)
        return _page(request, texts.our_fault(written), written)
    except Exception:
        log.exception("The page for a fault failed as well")
        return HttpResponse(texts.last_resort(), status=500)
