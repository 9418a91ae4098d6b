"""The site as an ASGI application: pages, and the sockets of pages that are open."""

import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.asgi import get_asgi_application

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def site() -> Application:
    """Return the application. Ends the process, with the reason, if nothing may be served from here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peernet.settings")
    pages = get_asgi_application()
    from peernet import demo_guard, serving, sockets

    if refused := serving.refusal():
        sys.exit(refused)
    whole = by_protocol(pages, sockets.application())
    return on_loopback_only(whole) if demo_guard.demo_people() else whole


def by_protocol(pages: Application, open_pages: Application) -> Application:
    """Requests to the pages, sockets to those that are open."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await (open_pages if scope["type"] == "websocket" else pages)(scope, receive, send)

    return answer


def on_loopback_only(pages: Application) -> Application:
    """With the demo inside: answer only what came in by this machine's own address, wherever the server listens."""
    from peernet.demo_guard import is_loopback

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        server = scope.get("server")
        if server is None or is_loopback(str(server[0])):
            await pages(scope, receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 421, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})

    return guarded


application = site()
