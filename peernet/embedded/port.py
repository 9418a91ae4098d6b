"""The port, taken before anything slow happens, so that nobody waits for a "taken" at the end."""

import errno
import socket

from peernet.commands import Stop

HOST = "127.0.0.1"


def take(port: int) -> socket.socket:
    """Return a socket bound to this port of the loopback address. Raises `Stop` if it is taken or not ours to use."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as fault:
        listener.close()
        taken = fault.errno == errno.EADDRINUSE
        why = "is taken by another program" if taken else f"can't be used ({fault.strerror})"
        raise Stop(f"Port {port} {why}. Choose another one: make run PORT={8123 if port != 8123 else 8124}") from None
    return listener
