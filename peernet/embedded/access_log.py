"""Sockets in the access log; pages write their own lines (peernet.request_lines)."""

import logging
from typing import Any

log = logging.getLogger("peernet.access")


def write(protocol: str, action: str, details: dict[str, Any]) -> None:
    """Log what a socket does, in the shape of daphne's action logger. Nothing of who it is, nor of which page."""
    if protocol == "websocket" and action in ("connected", "rejected", "disconnected"):
        log.info("socket %s", action)
