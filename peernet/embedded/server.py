"""Daphne in this process, with an end that leaves nothing behind.

Stock daphne 4.2.3 leaves tasks in its loop when it ends, which crashed some Pythons: here they are awaited.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from daphne import server as daphne_server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import defer, reactor

from peernet import counting
from peernet.embedded import access_log, requests

# Seconds that a page in the making has to be finished after the first signal.
GRACE = 8.0
GOING_AWAY = 1001


class Server(daphne_server.Server):
    """Listens on a socket already bound, or at a path; ends on the first SIGINT or SIGTERM, at once on the second."""

    def __init__(
        self,
        application: Any,
        listener: socket.socket | Path,
        *,
        ready: Callable[[], None],
        stopping: Callable[[], None],
    ) -> None:
        super().__init__(
            application,
            endpoints=[_endpoint(listener)],
            signal_handlers=False,
            action_logger=self.note_action,
            http_timeout=60,
            verbosity=0,
            server_name="",
            ready_callable=ready,
        )
        self.ports: list[Any] = []
        self.say_stopping = stopping
        self.ending: asyncio.Task[None] | None = None

    def run(self) -> None:
        loop = daphne_server.twisted_loop
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.on_signal, number)
        # Stock `run` makes the factory itself, by this name.
        daphne_server.HTTPFactory = requests.Factory
        super().run()
        _empty(loop)

    def note_action(self, protocol: str, action: str, details: dict[str, Any]) -> None:
        """Called by daphne for whatever a page or a socket does."""
        access_log.write(protocol, action, details)
        if protocol == "websocket":
            counting.sockets_open(self._open_sockets())

    def _open_sockets(self) -> int:
        each = list(self.connections.items())
        return sum(isinstance(line, WebSocketProtocol) and "disconnected" not in about for line, about in each)

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    def on_signal(self, number: int) -> None:
        """First: finish what is being answered, take nothing new. Second: end now."""
        if self.ending:
            os._exit(128 + number)
        print("\nStopping …", file=sys.stderr, flush=True)
        self.say_stopping()
        for port in self.ports:
            port.stopListening()
        self._end_sockets()
        self.ending = daphne_server.twisted_loop.create_task(self._stop_after_last_page())

    def _end_sockets(self) -> None:
        """Say to every open page that the server is going away: it asks again from its place when there is one."""
        for protocol in list(self.connections):
            if isinstance(protocol, WebSocketProtocol) and protocol.state == protocol.STATE_OPEN:
                protocol.sendCloseFrame(code=GOING_AWAY, isReply=False)

    async def _stop_after_last_page(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + GRACE
        while loop.time() < end and any(not task.done() for task in self._tasks(pages_only=True)):
            await asyncio.sleep(0.02)
        self.stop()

    def kill_all_applications(self) -> defer.Deferred[Any]:
        """Called by the reactor before it ends: cancel what is left, sockets above all, and wait for it."""
        left = [task for task in self._tasks() if not task.done()]
        for task in left:
            task.cancel()
        return defer.Deferred.fromFuture(asyncio.gather(*left, return_exceptions=True))

    def _tasks(self, *, pages_only: bool = False) -> list[asyncio.Future[None]]:
        return [
            details["application_instance"]
            for protocol, details in list(self.connections.items())
            if "application_instance" in details and not (pages_only and isinstance(protocol, WebSocketProtocol))
        ]


def _endpoint(listener: socket.socket | Path) -> str:
    """Name what to listen on as Twisted does. A path is for the site's own account and group: the proxy's."""
    if isinstance(listener, Path):
        return f"unix:{listener}:mode=660:lockfile=0"
    listener.listen(512)
    return f"fd:fileno={listener.detach()}"


def _empty(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel and await whatever still lies in the loop, then close it."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())
    reactor.disconnectAll()
    loop.close()
