"""Ports of 127.0.0.1, and waiting until somebody answers there."""

import socket
import time
import urllib.request


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


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
