"""Channels' layer in memory, for one process: whoever sends does so in the loop of those who wait.

The stock one is not thread-safe: what another thread sent came up to a second late (stack, "Embedded mode").
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from channels.layers import InMemoryChannelLayer


class ThreadSafeLayer(InMemoryChannelLayer):
    """The stock one, except that sending happens in the server's own loop, from wherever it was asked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.loop: asyncio.AbstractEventLoop | None = None

    @property
    def reaches_anybody(self) -> bool:
        """Whether somebody in this process waits for messages: nobody else ever gets them."""
        return self.loop is not None and not self.loop.is_closed()

    async def new_channel(self, prefix: str = "specific.") -> str:
        """Return a new channel; the loop it is made in is the one that receives."""
        self.loop = asyncio.get_running_loop()
        return await super().new_channel(prefix)

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        """Put a message on a channel, in the loop that waits for it."""
        await self._there(super().send(channel, message))

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Put a message on every channel of a group, in the loop that waits for it."""
        await self._there(super().group_send(group, message))

    async def _there(self, sending: Coroutine[Any, Any, None]) -> None:
        loop = self.loop
        if loop is None or loop.is_closed() or loop is asyncio.get_running_loop():
            await sending
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(sending, loop))
