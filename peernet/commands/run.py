"""`peernet run`: everything made ready, then the whole site in this one process, until Ctrl-C."""

import os
import signal
import socket
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from contextlib import ExitStack

from peernet.commands import Stop, migrate, site
from peernet.embedded import lock, port


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=port_number, default=8000, help="of 127.0.0.1 (8000)")
    parser.add_argument("--no-demo", action="store_true", help="leave an empty site empty")


def port_number(text: str) -> int:
    """Return a port that can be listened on."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"{text!r} is not a port: a number from 1 to 65535")
    return int(text)


def call(given: Namespace) -> int:
    """Serve until a signal; 0 when it ended cleanly. Raises `Stop` for whatever stands in the way."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    address = f"http://localhost:{given.port}"
    os.environ.setdefault("PEERNET_ADDRESS", address)
    with ExitStack() as held:
        held.enter_context(lock.take(site.need_data_folder(), address))
        listener = held.enter_context(port.take(given.port))
        site.open_site()
        serve(listener, greeting=make_ready(address, demo=not given.no_demo))
    return 0


def make_ready(address: str, *, demo: bool) -> str:
    """Bring database, demo and static files up to date; return what to print once the site answers.

    Raises `Stop` if the site must not start.
    """
    from peernet import demo_guard, first_start

    migrate.refuse_half_restored()
    migrate.bring_up_to_date()
    migrate.erase_again()
    if demo:
        first_start.fill_if_empty()
    if refused := demo_guard.refusal():
        raise Stop(refused)
    migrate.note_restore()
    first_start.collect_static_files()
    return first_start.greeting(address)


def serve(listener: socket.socket, *, greeting: str) -> None:
    """Run pages and jobs until a signal; every thread is ended and every connection closed when this returns."""
    from django.db import connections

    from peernet.asgi import application
    from peernet.embedded.server import Server
    from peernet.embedded.worker import JobThreads

    connections.close_all()
    threads = JobThreads()
    threads.start()
    try:
        Server(
            application,
            listener,
            ready=lambda: print(greeting, flush=True),
            stopping=threads.begin_to_stop,
        ).run()
    finally:
        threads.stop()
        connections.close_all()
