"""Health checks of docker-compose.yml; needs nothing of the site, so it is there at once. Exit code 0: healthy.

`alive.py answers SOCKET|HOST:PORT [PATH]`: whether it answers /healthz (or PATH) with 200, and prints what it said.
`alive.py younger FILE SECONDS`: whether this file was touched within so long.
"""

import http.client
import os
import socket
import sys
import time
from pathlib import Path


def answers(place: str, path: str = "/healthz") -> bool:
    """Ask over a path of this machine, or over the loopback address."""
    line = http.client.HTTPConnection("localhost", timeout=4)
    try:
        if place.startswith("/"):
            line.sock = socket.socket(socket.AF_UNIX)
            line.sock.settimeout(4)
            line.sock.connect(place)
        else:
            line.sock = socket.create_connection(tuple(place.rsplit(":", 1)), timeout=4)
        # The site answers to its own names only.
        line.request("GET", path, headers={"Host": os.environ.get("PEERNET_HOSTS", "localhost").split(",")[0]})
        answer = line.getresponse()
        print(answer.read().decode())
    except OSError as fault:
        print(type(fault).__name__)
        return False
    return answer.status == 200


def younger(file: str, seconds: str) -> bool:
    """Whether whoever touches this file did so lately."""
    path = Path(file)
    return path.exists() and time.time() - path.stat().st_mtime < float(seconds)


if __name__ == "__main__":
    sys.exit(0 if {"answers": answers, "younger": younger}[sys.argv[1]](*sys.argv[2:]) else 1)
