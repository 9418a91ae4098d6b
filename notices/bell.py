"""Ringing one phone: a POST without a word in it to its push service.

The service learns that this browser is rung, and when: every push bears the same headers, whatever it is about.
"""

import logging
from datetime import datetime

import urllib3
from django.utils.crypto import salted_hmac

from notices import endpoints, vapid
from notices.models import Phone

# It would write whole addresses, which are keys to bells, into a log set to say everything.
logging.getLogger("urllib3").setLevel(logging.WARNING)
# A phone that is off is rung once when it is on again, within a day: a newer ring takes the place of an older one.
KEPT_SECONDS = 24 * 3600
WAITS = urllib3.Timeout(connect=4, read=6)
MOST_READ = 1024
GONE = frozenset({404, 410})
# "Slow down" and "not now": the service's own fault, or ours towards all its phones.
UNWELL = frozenset({408, 425, 429})


class PhoneIsGone(Exception):
    """The push service knows this browser no longer."""


class ServiceIsUnwell(OSError):
    """The push service can't take pushes just now."""


class Refused(Exception):
    """The push service won't take this one."""


def ring(phone: Phone, endpoint: str, now: datetime) -> None:
    """Ring this phone once. Raises `PhoneIsGone`, `ServiceIsUnwell`, `Refused`, or OSError if it can't be reached."""
    place = endpoints.find(endpoint)
    status = _post(place, _headers(phone, place, now))
    if status in GONE:
        raise PhoneIsGone
    if status >= 500 or status in UNWELL:
        raise ServiceIsUnwell(status)
    if not 200 <= status < 300:
        raise Refused(status)


def _headers(phone: Phone, place: endpoints.Place, now: datetime) -> dict[str, str]:
    return {
        "Host": place.host if place.tls else f"{place.host}:{place.port}",
        "Authorization": vapid.proof(place.audience, now),
        "TTL": str(KEPT_SECONDS),
        "Urgency": "high",
        "Topic": salted_hmac("notices.phone", str(phone.pk), algorithm="sha256").hexdigest()[:32],
        "Content-Length": "0",
        "User-Agent": "push",
    }


def _post(place: endpoints.Place, headers: dict[str, str]) -> int:
    """Send it to the address that was checked, under the service's own name; follow nothing, read next to nothing."""
    with _line(place) as line:
        try:
            answer = line.urlopen(
                "POST",
                place.target,
                body=b"",
                headers=headers,
                redirect=False,
                retries=False,
                assert_same_host=False,
                preload_content=False,
            )
            answer.read(MOST_READ, decode_content=False)
            answer.close()
        except urllib3.exceptions.HTTPError as fault:
            raise ServiceIsUnwell(type(fault).__name__) from None
        return int(answer.status)


def _line(place: endpoints.Place) -> urllib3.HTTPConnectionPool:
    if not place.tls:
        return urllib3.HTTPConnectionPool(place.address, place.port, timeout=WAITS, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        place.address,
        place.port,
        timeout=WAITS,
        maxsize=1,
        cert_reqs="CERT_REQUIRED",
        server_hostname=place.host,
        assert_hostname=place.host,
    )
