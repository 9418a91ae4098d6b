"""Pages as a browser keeps them open: each with its place in the feed, asked again from there after a break."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake


@dataclass
class Follower:
    """One open page, following the rule of static/js/live.js: it keeps its place and drops what it has had."""

    port: int
    path: str
    cookie: str
    place: str = ""
    had: dict[str, float] = field(default_factory=dict)
    # Every message as it came, with when: (kind, key, seconds).
    came: list[tuple[str, str, float]] = field(default_factory=list)
    doubles_dropped: int = 0
    cuts: int = 0
    longest: int = 0
    here: asyncio.Event = field(default_factory=asyncio.Event)
    socket: ClientConnection | None = None

    async def follow(self) -> None:
        """Stay connected until cancelled, from one connection to the next."""
        while True:
            with suppress(OSError, ConnectionClosed, InvalidHandshake, TimeoutError, EOFError):
                await self._once()
            self.here.clear()
            await asyncio.sleep(0.02)

    async def _once(self) -> None:
        where = f"ws://localhost:{self.port}{self.path}?after={self.place}"
        headers = {"Cookie": self.cookie}
        async with connect(where, origin=f"http://localhost:{self.port}", additional_headers=headers) as self.socket:
            async for text in self.socket:
                self._take(text, time.time())

    def _take(self, text: str, at: float) -> None:
        message = json.loads(text)
        self.place = message.get("place", self.place)
        kind, key = message["kind"], message.get("key", "")
        if kind == "hello":
            self.here.set()
        if kind == "post":
            self.longest = max(self.longest, len(text))
            if key in self.had:
                self.doubles_dropped += 1
                return
            self.had[key] = at
        self.came.append((kind, key, at))

    def cut(self) -> None:
        """Break the line off as a tunnel does: no goodbye."""
        if self.socket is not None and self.here.is_set():
            self.cuts += 1
            self.socket.transport.abort()

    def posts(self) -> list[int]:
        """The posts that appeared on it, in the order in which they came."""
        return [int(key.partition(":")[2]) for kind, key, _at in self.came if kind == "post" and "appeared" in key]
