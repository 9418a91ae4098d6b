"""Headers of every page: the content policy, and nothing kept in caches (safety checks 1.10, 2.9)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Safari 14 does not count a site's own sockets as 'self'.
OWN_SOCKETS = settings.SITE_ADDRESS.replace("http", "ws", 1).rstrip("/")
CONTENT_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {OWN_SOCKETS}; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
# The site needs none of a phone's senses; passkeys stay allowed for its own pages.
PERMISSIONS = ", ".join(
    f"{sense}=()"
    for sense in ("camera", "microphone", "geolocation", "payment", "usb", "midi", "display-capture", "browsing-topics")
)
EVERYWHERE = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class PageHeadersMiddleware:
    """Outermost of all, so that no answer leaves without its headers, whoever made it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, words in EVERYWHERE.items():
            response.headers.setdefault(name, words)
        if not _is_static(request, response):
            response.headers["Cache-Control"] = "no-store"
        return response


def _is_static(request: HttpRequest, response: HttpResponse) -> bool:
    # WhiteNoise has said how long each file keeps: for ever, where its name holds the hash of its content.
    return request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)
