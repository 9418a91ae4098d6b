"""Requests handled inside one process, and the processor's time they take: steady also on a busy machine.

`python -m bench.measuring.handling COOKIE` reads lines "PATH TIMES" and answers each with the seconds a request.
The settings are named by DJANGO_SETTINGS_MODULE.
"""

import gc
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application

TICKS = os.sysconf("SC_CLK_TCK")


def environ(path: str, cookie: str) -> dict[str, Any]:
    """A browser's request as a WSGI server hands it over."""
    path, _mark, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_USER_AGENT": "a bench",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


class Handling:
    """The site of these settings in this process."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self.application = get_wsgi_application()

    def get(self, path: str) -> bytes:
        """One request from its beginning to the end of its answer."""
        said: list[str] = []
        answer = self.application(environ(path, self.cookie), lambda status, _headers: said.append(status))
        body = b"".join(answer)
        answer.close()
        if not said[0].startswith("200"):
            raise RuntimeError(f"{path}: {said[0]}")
        return body

    def cost(self, path: str, times: int) -> dict[str, float]:
        """Seconds a request of this process (`python`) and of its connection's in the database (`database`)."""
        self.get(path)
        gc.collect()
        database, own = self._database_seconds(), time.process_time()
        for _ in range(times):
            self.get(path)
        own = time.process_time() - own
        return {"python": own / times, "database": (self._database_seconds() - database) / times}

    def _database_seconds(self) -> float:
        from django.db import connection

        connection.ensure_connection()
        process = connection.connection.info.backend_pid
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def main() -> None:
    site = Handling(sys.argv[1])
    for line in sys.stdin:
        path, times = line.split()
        print(json.dumps(site.cost(path, int(times))), flush=True)


if __name__ == "__main__":
    main()
