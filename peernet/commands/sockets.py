"""`peernet sockets`: one process of the live pages' sockets, beside the pages' own, behind the proxy (docs/adr/0019).

The same server as `peernet run` has, without the jobs: it logs no address, refuses what is too long before it reads it,
and ends with nothing left open, where stock daphne has crashed.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from peernet.commands import Stop, site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--unix", metavar="PATH", type=Path, required=True, help="listen at this path, for the proxy")


def call(given: Namespace) -> int:
    """Serve until a signal; 0 when it ended cleanly. Raises `Stop` where the site must not start."""
    path: Path = given.unix
    if not path.parent.is_dir() or ":" in str(path):
        raise Stop(f"{path} is no place to listen at: its folder must be there, and it may hold no colon.")
    site.open_site()
    from django.db import connections

    from peernet.asgi import application
    from peernet.embedded.server import Server

    connections.close_all()
    path.unlink(missing_ok=True)  # left behind by a process that was killed
    Server(application, path, ready=lambda: print("Ready.", flush=True), stopping=lambda: None).run()
    return 0
