"""The site's proof to push services that it is the one whose bell was asked for (VAPID, RFC 8292)."""

import hashlib
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

# Services refuse proofs that hold for more than a day.
HOLDS_FOR = timedelta(hours=12)
# The order of the curve P-256: a private key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@cache
def _signer(key: str) -> Vapid02:
    # Made from the file's text, so that an operator makes this key like every other one.
    number = int.from_bytes(hashlib.sha512(f"peernet push {key}".encode()).digest())
    return Vapid02(ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1()))


def public_key() -> str:
    """What a browser is given when it turns pushes on: it takes none from anybody else."""
    point = _signer(settings.PUSH_KEY).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return str(b64urlencode(point))


def proof(audience: str, now: datetime) -> str:
    """Return the Authorization header for one push service, good for twelve hours from `now`."""
    claims = {"aud": audience, "exp": int((now + HOLDS_FOR).timestamp()), "sub": _subject()}
    return str(_signer(settings.PUSH_KEY).sign(claims)["Authorization"])


def _subject() -> str:
    """Where a service could turn to: the site's own address, which it knows from the browser already."""
    return f"https://{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}"
