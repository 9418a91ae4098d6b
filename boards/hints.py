"""A hint to every process with open sockets that something happened in a community: look now, not in a second.

Only a hint (docs/adr/0013): each process looks by itself every second. So nothing waits for it and nothing depends on
it, and a Redis that is gone never fails or slows what was already stored.
"""

import asyncio
import logging
import os
import threading
from functools import cache
from typing import Any

from channels.layers import get_channel_layer
from django.db import transaction

GROUP = "live"
# Seconds. A hint that takes longer has been overtaken by the regular look.
USELESS_AFTER = 2.0
MOST_UNDER_WAY = 50

log = logging.getLogger(__name__)


class Sender:
    """The loop that hints are sent from: its own, in a thread of its own, begun with the first hint of the process."""

    def __init__(self) -> None:
        self.under_way = 0
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, name="hints", daemon=True).start()

    def send(self, layer: Any, message: dict[str, Any]) -> None:
        """Send it some time soon, or never; return at once."""
        if self.under_way < MOST_UNDER_WAY:
            self.under_way += 1
            asyncio.run_coroutine_threadsafe(self._send(layer, message), self.loop)

    async def _send(self, layer: Any, message: dict[str, Any]) -> None:
        try:
            await asyncio.wait_for(layer.group_send(GROUP, message), USELESS_AFTER)
        except Exception:
            log.warning("a hint to open pages was not sent", exc_info=True)
        finally:
            self.under_way -= 1


@cache
def _sender_of(process: int) -> Sender:
    # By process: a forked one has none of its parent's threads.
    return Sender()


def look_soon(community_id: int) -> None:
    """Once this transaction is committed, let open pages of the community be looked after. Called by services."""

    def hint() -> None:  # a partial would do, but Django's log line of a failed one needs a name
        _hint(community_id)

    transaction.on_commit(hint, robust=True)


def _hint(community_id: int) -> None:
    layer = get_channel_layer()
    # Asked of its class first: Redis's layer looks for what it lacks in a loop, and here is none.
    if layer is None or (hasattr(type(layer), "reaches_anybody") and not layer.reaches_anybody):
        return
    _sender_of(os.getpid()).send(layer, {"type": "look", "community": community_id})
