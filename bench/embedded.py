"""The one-process site: from nothing to the first page, the second start, and memory at rest and after 10,000 pages.

`python -m bench.embedded [PAGES]`. Clones the checkout it stands in (what is committed), with an empty HOME, and calls
`make run` as a newcomer does: the first start waits for the package registry too.
"""

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from itertools import cycle, islice
from pathlib import Path

from bench.measuring.browsers import Browser, signed_in
from bench.measuring.ports import free_port
from bench.measuring.results import keep
from bench.measuring.sites import ROOT, Site

CLIENTS = 4
PAGES = ("/c/fellside/", "/c/fellside/board/", "/c/fellside/board/{thread}/", "/notices/", "/help-now/")


class Clone:
    """A fresh clone with a HOME and a data folder in which nothing is."""

    def __init__(self, folder: str) -> None:
        self.place, home = Path(folder) / "peernet", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "-q", ROOT, self.place], check=True)
        self.port = free_port()
        bare = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_", "VIRTUAL_"))}
        self.environment = {**bare, "HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin"}
        self.python = Path(sys.base_prefix) / "bin" / "python3"

    def run(self) -> tuple[subprocess.Popen[str], float]:
        """`make run`; return the process and the seconds until it has greeted."""
        began = time.perf_counter()
        command = ["make", "run", f"PORT={self.port}", f"PYTHON={self.python}"]
        process = subprocess.Popen(
            command,
            cwd=self.place,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        for line in process.stdout or ():
            if line.startswith("Ctrl-C"):
                threading.Thread(target=(process.stdout or sys.stdin).read, daemon=True).start()
                return process, time.perf_counter() - began
        raise RuntimeError(f"make run ended with {process.wait()}")

    def site(self) -> Site:
        """The same data and code, for asking the demo's names."""
        site = Site(str(self.place / "var"), [])
        site.port = self.port
        return site


def end(process: subprocess.Popen[str]) -> float:
    """Ctrl-C; return the seconds it took."""
    began = time.perf_counter()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(60)
    return time.perf_counter() - began


def server_of(process: subprocess.Popen[str]) -> int:
    """The process below make that serves."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[0])


def megabytes(pid: int) -> float:
    """What this process holds, its share of what it shares with others (PSS)."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", told, re.M)[1]) / 1024


def ask_for(browser: Browser, port: int, pages: list[str], count: int) -> None:
    """Ask for so many pages over one kept connection. Raises RuntimeError for anything but a page."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.jar)
    for path in islice(cycle(pages), count):
        line.request("GET", path, headers={"Host": f"localhost:{port}", "Cookie": cookies, "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        if answer.status != 200 or not answer.read():
            raise RuntimeError(f"{path}: {answer.status}")


def many_pages(browsers: list[Browser], port: int, count: int) -> float:
    """All browsers at once; return pages a second."""
    thread = re.search(r"/c/fellside/board/(\d+)/", browsers[0].get("/c/fellside/board/"))[1]
    pages = [page.format(thread=thread) for page in PAGES]
    failed: list[BaseException] = []

    def go_on(browser: Browser) -> None:
        try:
            ask_for(browser, port, pages, count // len(browsers))
        except BaseException as fault:
            failed.append(fault)

    threads = [threading.Thread(target=go_on, args=(browser,)) for browser in browsers]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if failed:
        raise failed[0]
    return count / (time.perf_counter() - began)


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        clone = Clone(folder)
        process, cold = clone.run()
        ended = end(process)
        process, second = clone.run()
        try:
            server = server_of(process)
            at_rest = megabytes(server)
            browsers = signed_in(clone.site(), CLIENTS)
            signed = megabytes(server)
            a_second = many_pages(browsers, clone.port, count)
            after = megabytes(server)
        finally:
            end(process)
    figures = {
        "cold_start_s": round(cold, 1),
        "ctrl_c_s": round(ended, 1),
        "second_start_s": round(second, 1),
        "mb_at_rest": round(at_rest),
        "mb_after_signing_in": round(signed),
        f"mb_after_{count}_pages": round(after),
        "pages_a_second_4_clients": round(a_second),
    }
    keep("embedded", figures)
    print(*(f"{name:>28}: {figure}" for name, figure in figures.items()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
