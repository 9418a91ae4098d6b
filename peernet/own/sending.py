"""Sending a document while it is made; nothing of it stays on the server."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse


def streamed(request: HttpRequest, pieces: Iterator[bytes], kind: str, name: str = "") -> StreamingHttpResponse:
    """Answer with the pieces as they come; `name` makes it a file to keep. Never stored on the way (no-store)."""
    content = _one_by_one(pieces) if isinstance(request, ASGIRequest) else pieces
    response = StreamingHttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Cache-Control"] = "no-store"
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    # Django would collect a plain iterator whole before it sends the first piece to an ASGI server.
    while (piece := await sync_to_async(_next)(pieces)) is not None:
        yield piece


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)
