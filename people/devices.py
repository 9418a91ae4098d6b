"""Where a try comes from: a device that has signed in as this person before, or else an address."""

import ipaddress
import secrets
from dataclasses import dataclass, field

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from people.models import Person
from people.sealing import digest

COOKIE = "known-device"
# The longest a browser keeps a cookie.
LASTS_SECONDS = 400 * 24 * 3600
MOST_PEOPLE = 8


@dataclass(frozen=True)
class Device:
    """A browser, and (as digests) who has signed in on it. Signed, so nobody can make themselves many."""

    mark: str
    people: list[str] = field(default_factory=list)


def source(request: HttpRequest, person: Person | None) -> str:
    """Return what tries are counted by: this device, if this person has signed in on it, else the address.

    So somebody guessing from elsewhere uses up their own tries and not those of the owner's phone.
    """
    device = _device_of(request)
    if device and person and _mark_of(person) in device.people:
        return f"device:{device.mark}"
    return f"address:{network_of(request)}"


def mark_known(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Remember on this device, for 400 days, that this person has signed in on it."""
    device = _device_of(request) or Device(secrets.token_urlsafe(16))
    people = [mark for mark in device.people if mark != _mark_of(person)] + [_mark_of(person)]
    value = {"mark": device.mark, "people": people[-MOST_PEOPLE:]}
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=COOKIE),
        max_age=LASTS_SECONDS,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def network_of(request: HttpRequest) -> str:
    """Return the address tries are counted by; of an IPv6 address the network, since one person has the whole of it."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever asks.

    X-Forwarded-For is believed only as far as our own proxies wrote it (PEERNET_PROXIES): anybody can send one.
    """
    trusted = settings.TRUSTED_PROXIES
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if trusted and len(chain) >= trusted:
        return chain[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


def _device_of(request: HttpRequest) -> Device | None:
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return None
    return Device(mark=value["mark"], people=value["people"])


def _mark_of(person: Person) -> str:
    return digest("device", str(person.pk))[:16]
