"""`peernet metrics`: the figures for Prometheus, on an address of their own that the proxy does not know."""

import signal
import threading
from argparse import ArgumentParser, Namespace
from pathlib import Path

from peernet.commands import Stop, site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--listen", default="127.0.0.1:9464", metavar="HOST:PORT", help="where (127.0.0.1:9464)")
    parser.add_argument("--folder", type=Path, metavar="PATH", help="above the folders where the processes count")
    parser.add_argument("--backups", type=Path, metavar="PATH", help="where backups lie, for the age of the newest")


def call(given: Namespace) -> int:
    """Answer Prometheus until a signal; 0 when it ended cleanly."""
    host, _, port = given.listen.rpartition(":")
    if not host or not port.isdecimal():
        raise Stop(f"{given.listen} is no place to listen at: HOST:PORT.")
    site.open_site()
    from prometheus_client import CollectorRegistry, start_http_server

    from peernet import figures

    registry = CollectorRegistry(auto_describe=False)
    registry.register(figures.Asked())
    if given.folder:
        registry.register(figures.Counted(given.folder))
    if given.backups:
        registry.register(figures.Backups(given.backups))
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    try:
        server, _thread = start_http_server(int(port), host, registry)
    except OSError as fault:
        raise Stop(f"{given.listen} can't be listened on ({fault.strerror}).") from None
    ending.wait()
    server.shutdown()
    server.server_close()
    return 0
