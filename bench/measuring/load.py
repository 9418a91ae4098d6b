"""Clients that ask as fast as they are answered, each on a connection it keeps. A process of its own, and a light one.

`python -m bench.measuring.load` reads one job as JSON: {"port", "seconds", "status", "requests": [one for each client]}
and prints {"seconds": how long each answer took, "busy": the share of one processor that the clients themselves took}.
`FRESH` in a request is another UUID each time.
"""

import asyncio
import json
import re
import sys
import time
from uuid import uuid4

FRESH = "00000000-0000-4000-8000-000000000000"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)


class Client(asyncio.Protocol):
    """One browser: asks, reads the whole answer, asks again until its time is over."""

    def __init__(self, request: bytes, status: bytes, ends_at: float) -> None:
        self.request, self.status, self.ends_at = request, status, ends_at
        self.times: list[float] = []
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.read = b""
        self.asked_at = time.perf_counter()
        self.transport.write(self.request.replace(FRESH.encode(), str(uuid4()).encode()))

    def data_received(self, data: bytes) -> None:
        self.read += data
        head, gap, body = self.read.partition(b"\r\n\r\n")
        length = LENGTH.search(head) if gap else None
        if gap and not length:
            self._end(RuntimeError(f"no length: {head[:300]!r}"))
        elif length and len(body) >= int(length[1]):
            self._answered(head)

    def _answered(self, head: bytes) -> None:
        now = time.perf_counter()
        self.times.append(now - self.asked_at)
        if head[9:12] != self.status:
            self._end(RuntimeError(f"not {self.status!r}: {head[:200]!r}"))
        elif now >= self.ends_at:
            self._end()
        else:
            self._ask()

    def connection_lost(self, fault: Exception | None) -> None:
        self._end(fault or RuntimeError("the server hung up"))

    def _end(self, fault: Exception | None = None) -> None:
        if not self.ended.done():
            self.ended.set_exception(fault) if fault else self.ended.set_result(None)
        self.transport.close()


async def run(job: dict) -> dict:
    ends_at, loop = time.perf_counter() + job["seconds"], asyncio.get_running_loop()
    began, own = time.perf_counter(), time.process_time()
    clients = [Client(request.encode(), job["status"].encode(), ends_at) for request in job["requests"]]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", job["port"])
    await asyncio.gather(*(client.ended for client in clients))
    busy = (time.process_time() - own) / (time.perf_counter() - began)
    return {"seconds": [took for client in clients for took in client.times], "busy": busy}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.load(sys.stdin)))))
