"""A page's socket: in by the page's own door, then silent. It is told what happens and says nothing itself."""

from typing import Any
from urllib.parse import parse_qsl

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from boards.live.entering import Asked, enter
from boards.live.pages import page_of
from boards.live.sockets import NO_RIGHT, NOT_UNDERSTOOD, TOO_MANY, Socket
from boards.live.watcher import watcher

LONGEST_QUESTION = 200


class LiveConsumer(AsyncWebsocketConsumer):
    """One open page. `page` names its kind; the address says which community, and which thread."""

    # It has no channel of its own: one watcher looks for all, and a layer that is gone closes no socket.
    channel_layer_alias = "none"

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.open_socket: Socket | None = None
        self.is_closed = False

    async def connect(self) -> None:
        """Let in whoever gets the page itself; close everybody else, so that the page learns why."""
        await self.accept()
        entered = await database_sync_to_async(enter, thread_sensitive=False)(self._asked(), self.scope["headers"])
        if isinstance(entered, int):
            await self.close(entered)
            return
        self.open_socket = entered.socket(send=self.send, close=self.close)
        if not self.is_closed and not watcher().add(self.open_socket):
            await self.close(TOO_MANY)

    def _asked(self) -> Asked:
        place = self.scope["url_route"]["kwargs"]
        query = dict(parse_qsl(self.scope["query_string"].decode("latin-1")[:LONGEST_QUESTION]))
        thread, opening = place.get("thread"), place.get("opening")
        return Asked(page_of(self.page), place["slug"], thread, query.get("after", ""), opening)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """A page has nothing to say here: whatever comes is not a page's, and a flood ends with its first word."""
        await self.close(NOT_UNDERSTOOD)

    async def disconnect(self, code: int) -> None:
        """Look after it no more."""
        self.is_closed = True
        if self.open_socket is not None:
            watcher().remove(self.open_socket)


class NothingHere(AsyncWebsocketConsumer):
    """Any other address: closed like one that is not theirs."""

    channel_layer_alias = "none"

    async def connect(self) -> None:
        await self.accept()
        await self.close(NO_RIGHT)


def socket_of(page: str) -> Any:
    """The application behind a socket's address: one kind of page, as registered in boards.live.pages."""
    return LiveConsumer.as_asgi(page=page)
