"""Requests as a signed-in member's browser sends them, and figures of how they were answered."""

import json
import os
import statistics
import subprocess
import sys
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from bench.measuring.load import FRESH
from bench.measuring.sites import ROOT

HEAD = "Host: localhost\r\nAccept-Encoding: gzip\r\nUser-Agent: a bench\r\nCookie: {}\r\n"


def cookies(jar: CookieJar) -> str:
    """All cookies of a browser, as it sends them."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def page(path: str, cookie: str) -> str:
    """The request for a page."""
    return f"GET {path} HTTP/1.1\r\n{HEAD.format(cookie)}\r\n"


def form(path: str, cookie: str, token: str, fields: dict[str, str]) -> str:
    """The request that sends a form; `FRESH` among its fields is another value each time."""
    body = urlencode({**fields, "csrfmiddlewaretoken": token})
    more = f"Referer: http://localhost{path}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"POST {path} HTTP/1.1\r\n{HEAD.format(cookie)}{more}Content-Length: {len(body)}\r\n\r\n{body}"


def reply(path: str, cookie: str, token: str) -> str:
    """The request that sends a reply, a new one each time."""
    return form(path, cookie, token, {"text": "I read this twice. Thank you for writing it.", "form_key": FRESH})


def load(port: int, requests: list[str], seconds: float, status: str = "200") -> dict:
    """Let one client for each request ask for so long, from a process of their own; what `load` prints."""
    job = {"port": port, "requests": requests, "seconds": seconds, "status": status}
    done = subprocess.run(
        [sys.executable, "-m", "bench.measuring.load"],
        input=json.dumps(job),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def figures(runs: list[dict], seconds: float) -> dict[str, float]:
    """Requests a second (the middle run's), milliseconds over all runs, and how busy the clients themselves were."""
    together = sorted(took for run in runs for took in run["seconds"])
    return {
        "requests": len(together),
        "a_second": round(statistics.median(len(run["seconds"]) for run in runs) / seconds, 1),
        "p50_ms": round(1000 * together[len(together) // 2], 1),
        "p99_ms": round(1000 * together[min(len(together) - 1, int(len(together) * 0.99))], 1),
        "clients_busy": round(max(run["busy"] for run in runs), 2),
    }
