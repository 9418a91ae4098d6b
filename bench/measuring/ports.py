"""Ports of 127.0.0.1, and waiting until somebody answers there."""

import socket
import time
import urllib.request
from contextlib import suppress
from random import SystemRandom


def free_port() -> int:
    """A port that nobody has now, and that no connection on its way out is given while a server of ours is away."""
    while True:
        port = SystemRandom().randrange(10_000, 32_768)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(port: int, *, alive: object = lambda: True) -> None:
    """Wait until a site answers on this port. Raises RuntimeError after two minutes, or when it has died."""
    for _ in range(1200):
        if not alive():
            raise RuntimeError("the server ended before it answered")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("a server did not answer within two minutes")
