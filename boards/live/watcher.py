"""The one watcher of a process: begun with its first open socket, ended with its last.

It asks the database once a second what has come due, because posts come due by time and no event says so. It needs no
Redis and no worker; a hint through Channels' layer only makes it look at once.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from channels.layers import get_channel_layer
from django.db import connections

from boards.hints import GROUP
from boards.live.looking import LookOut
from boards.live.outcome import Outcome
from boards.live.sockets import ASK_AGAIN, Socket

# Seconds.
LOOKS_EVERY = 1.0
# Rights are asked of every open socket this often; they end within five (safety checks, 1.2).
WHOLE_EVERY = 3.0
LISTENS_AGAIN_AFTER = 5.0
# Going from one page to the next, somebody alone here has no page open for a moment.
LINGERS = 15.0
# Nobody looks at so many pages at once; somebody who floods us does.
MOST_OF_A_SITTING = 20
MOST = 5_000

log = logging.getLogger(__name__)


class Watcher:
    """Knows the open sockets of one loop, and looks for them."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self.hinted: set[int] = set()
        self.wake = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.looks = 0

    def add(self, socket: Socket) -> bool:
        """Look for this socket from now on; what came before it was open is sent with the next look, at once.

        False for more than one sitting, or one server, can have open.
        """
        of_sitting = sum(other.sitting_key == socket.sitting_key for other in self.sockets)
        if of_sitting >= MOST_OF_A_SITTING or len(self.sockets) >= MOST:
            return False
        self.sockets.add(socket)
        self.wake.set()
        if self.task is None:
            self.task = asyncio.create_task(self._watch())
        return True

    def remove(self, socket: Socket) -> None:
        """Look for it no more."""
        self.sockets.discard(socket)
        self.wake.set()

    async def end(self) -> None:
        """Look for nobody any more, and leave nothing behind."""
        self.sockets.clear()
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task

    async def _watch(self) -> None:
        listening = asyncio.create_task(self._listen())
        # A thread of its own keeps one connection; it is closed with the last socket.
        thread = ThreadPoolExecutor(1, thread_name_prefix="look-out")
        out = LookOut()
        try:
            await self._look_while_open(thread, out)
        finally:
            self.task = None
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            thread.submit(_end, out)
            thread.shutdown(wait=False)

    async def _look_while_open(self, thread: ThreadPoolExecutor, out: LookOut) -> None:
        loop = asyncio.get_running_loop()
        whole_at = loop.time()
        empty_since = loop.time()
        while self.sockets or loop.time() - empty_since < LINGERS:
            self.wake.clear()
            empty_since = loop.time() if self.sockets else empty_since
            whole = loop.time() >= whole_at
            hinted, self.hinted = frozenset(self.hinted), set()
            look = partial(out.look, list(self.sockets), whole=whole, hinted=hinted)
            steps = _steps(look)
            unfinished, failed = False, False
            while (outcome := await loop.run_in_executor(thread, next, steps)) is not None:
                failed = failed or outcome.failed
                unfinished = unfinished or outcome.unfinished
                await self._deliver(outcome)
            self.looks += 1
            if whole and not failed:
                whole_at = loop.time() + WHOLE_EVERY
            if not unfinished:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.wake.wait(), LOOKS_EVERY)

    async def _deliver(self, outcome: Outcome) -> None:
        for socket, code in outcome.closes:
            self.sockets.discard(socket)
            with suppress(Exception):
                await socket.close(code)
        for socket, text in outcome.sends:
            if socket in self.sockets:
                await self._send(socket, text)

    async def _send(self, socket: Socket, text: str) -> None:
        try:
            await socket.send(text)
        except Exception:
            # Whoever could not be told must not go on as if nothing had been: they ask again from their place.
            log.warning("an open page could not be told", exc_info=True)
            self.sockets.discard(socket)
            with suppress(Exception):
                await socket.close(ASK_AGAIN)

    async def _listen(self) -> None:
        """Take hints from every process. While the layer is away there are none, and nothing else is missing."""
        while True:
            try:
                await self._take_hints(get_channel_layer())
            except Exception:
                log.warning("no hints for open pages; they look by themselves", exc_info=True)
            await asyncio.sleep(LISTENS_AGAIN_AFTER)

    async def _take_hints(self, layer: Any) -> None:
        channel = await layer.new_channel()
        await layer.group_add(GROUP, channel)
        try:
            while True:
                message = await layer.receive(channel)
                self.hinted.add(message["community"])
                self.wake.set()
        finally:
            with suppress(Exception):
                await layer.group_discard(GROUP, channel)


def _steps(look: Callable[[], Iterator[Outcome]]) -> Iterator[Outcome | None]:
    """The steps of a look, then None; None at once where the database can't be asked. In the watcher's own thread."""
    try:
        yield from look()
    except Exception:
        log.warning("a look at open pages failed; the next one looks again", exc_info=True)
        connections.close_all()
        yield Outcome(failed=True)
    yield None


def _end(out: LookOut) -> None:
    try:
        out.present.end()
    except Exception:
        log.warning("who was here is believed a minute longer", exc_info=True)
    finally:
        connections.close_all()


_watchers: dict[asyncio.AbstractEventLoop, Watcher] = {}


def watcher() -> Watcher:
    """The watcher of the loop that runs."""
    loop = asyncio.get_running_loop()
    for ended in [known for known in _watchers if known.is_closed()]:
        del _watchers[ended]
    return _watchers.setdefault(loop, Watcher())
