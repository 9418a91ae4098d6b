"""The access log: what was asked for and how it went; not by whom, not with which words."""

import logging
from typing import Any

from peernet.log_lines import plain_path

log = logging.getLogger("peernet.access")


def write(protocol: str, action: str, details: dict[str, Any]) -> None:
    """Log one answered request, in the shape of daphne's action logger. No client's address, no query string."""
    if protocol == "http" and action == "complete":
        path = plain_path(details["path"])
        if not path.startswith("/static/"):
            milliseconds = 1000 * details["time_taken"]
            log.info("%s %s %s %.0f ms", details["method"], path, details["status"], milliseconds)
    elif protocol == "websocket" and action in ("connected", "rejected", "disconnected"):
        log.info("socket %s %s", action, plain_path(details["path"]))
