"""The sockets of every app together, and who may knock: pages of this very site, nobody else's (safety checks, 1.8)."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import URLPattern, re_path

APPS = ("boards", "moderation")


def patterns() -> list[URLPattern]:
    """Every socket's address, in the order of the apps."""
    return [pattern for app in APPS for pattern in import_module(f"{app}.sockets").sockets]


def application() -> Any:
    """What answers sockets: the address decides which, and any other is closed like one that is not theirs."""
    from boards.consumers import NothingHere

    router = URLRouter([*patterns(), re_path(r"", NothingHere.as_asgi())])

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if is_ours(scope["headers"]):
            await router(scope, receive, send)
        else:
            await denied(scope, receive, send)

    return answer


denied: AsyncWebsocketConsumer = WebsocketDenier.as_asgi()


def is_ours(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a handshake comes from a page of this site: same host and port, an allowed one, by TLS in production."""
    said = {name: value.decode("latin-1").lower() for name, value in headers if name in (b"host", b"origin")}
    host, origin = said.get(b"host", ""), said.get(b"origin", "")
    schemes = {"https"} if settings.SESSION_COOKIE_SECURE else {"http", "https"}
    allowed = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
    return allowed and any(origin == f"{scheme}://{host}" for scheme in schemes)
