"""The pages as a WSGI application, for the processes that serve no sockets (docs/adr/0019)."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def site() -> Application:
    """Return the application. Ends the process, with the reason, if nothing may be served from here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peernet.settings")
    # A thread of such a server lives long, so its connection serves many pages: peernet.settings reads this.
    os.environ.setdefault("PEERNET_KEEP_DATABASE", "60")
    pages = get_wsgi_application()
    from django.db import connections

    from boards import screening
    from peernet import demo_guard, serving

    # Its words and weights take a quarter of a second to read: once for all processes, not in somebody's first reply.
    screening.screen("Ready?")
    refused, guarded = serving.refusal(), demo_guard.demo_people()
    # Asked before the server divides into processes, which must not share one connection.
    connections.close_all()
    if refused:
        sys.exit(refused)
    return on_loopback_only(pages) if guarded else pages


def on_loopback_only(pages: Application) -> Application:
    """With the demo inside: answer only what came in by this machine's own address, as `peernet.asgi` does."""
    from peernet.demo_guard import is_loopback

    def guarded(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_loopback(str(environ.get("SERVER_NAME", ""))):
            return pages(environ, start_response)
        start_response("421 Misdirected Request", [("Content-Length", "0")])
        return []

    return guarded


application = site()
