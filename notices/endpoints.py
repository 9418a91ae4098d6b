"""Addresses of push services: the only ones the site ever calls because of what a browser said (safety checks, 1.15).

Whoever turns pushes on tells us where to send them, so the address is anybody's. It must be https, port 443, at a
push service that browsers really use; and at the moment of sending that name must lead to public addresses only.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from people.sealing import digests, seal, unseal

PURPOSE = "push endpoint"
LONGEST = 1000
HOSTS = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"})
BELOW = (".push.apple.com", ".notify.windows.com")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
# Everything that can stand in an address of these services; nothing that a header or a log could stumble over.
WHOLE = re.compile(r"[A-Za-z0-9:/._~%?=&+-]+")
GLOBAL_V6 = ipaddress.ip_network("2000::/3")
# Tunnels: the address inside is another one (6to4, Teredo and the rest of that block).
TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/23"))


class NotPublic(OSError):
    """The name of a push service leads to an address that is not on the open net."""


@dataclass(frozen=True)
class Place:
    """Where to call: an address that was checked, and the name whose certificate must be shown there."""

    address: str
    port: int
    host: str
    target: str
    tls: bool

    @property
    def audience(self) -> str:
        """How the service is named in what we sign."""
        return f"https://{self.host}" if self.tls else f"http://{self.host}:{self.port}"


def is_known(endpoint: str) -> bool:
    """Whether this is an address at a known push service, or on loopback where tests have allowed that."""
    if len(endpoint) > LONGEST or not WHOLE.fullmatch(endpoint):
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if settings.PUSH_LOOPBACK and parts.scheme == "http" and host == "127.0.0.1" and parts.netloc == f"{host}:{port}":
        return True
    if parts.scheme != "https" or parts.netloc not in {host, f"{host}:443"} or len(parts.path) < 2:
        return False
    return bool(HOST.fullmatch(host)) and (host in HOSTS or host.endswith(BELOW))


def sealed(endpoint: str) -> str:
    """How the address lies in the database."""
    return seal(PURPOSE, endpoint)


def marks(endpoint: str) -> list[str]:
    """By what its row is found: the first is how it is stored today."""
    return digests(PURPOSE, endpoint)


def opened(token: str) -> str | None:
    """The address that was sealed; None where it can't be read any more, or is none that we call (any more)."""
    endpoint = unseal(PURPOSE, token)
    return endpoint if endpoint and is_known(endpoint) else None


def find(endpoint: str) -> Place:
    """Return where to call for this address: the name is looked up once, here, and only what was checked is called.

    Raises ValueError for an address that is not known, `NotPublic` if its name leads to any that is not public, and
    OSError when it can't be looked up.
    """
    if not is_known(endpoint):
        raise ValueError("not an address of a push service")
    parts = urlsplit(endpoint)
    host, tls = parts.hostname or "", parts.scheme == "https"
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    if not tls:
        return Place(host, parts.port or 80, host, target, tls)
    found = _look_up(host)
    if not found or not all(is_public(address) for address in found):
        raise NotPublic(host)
    return Place(found[0], 443, host, target, tls)


def _look_up(host: str) -> list[str]:
    rows = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [str(row[4][0]) for row in rows]


def is_public(address: str) -> bool:
    """Whether an address is on the open net: not this machine, its own network, or a tunnel to somewhere else."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if found.version == 6 and (found not in GLOBAL_V6 or any(found in tunnel for tunnel in TUNNELS)):
        return False
    return found.is_global and not found.is_multicast
