"""Keyed digests and sealed texts, under keys made from the site's secret, which lies outside the database."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


def digest(purpose: str, text: str) -> str:
    """Return what is stored in place of a secret or an address: 64 hex characters."""
    return digests(purpose, text)[0]


def digests(purpose: str, text: str) -> list[str]:
    """Return the digests to look for, the newest key first: what was stored before a change of key is still found."""
    return [salted_hmac(f"people.{purpose}", text, secret=key, algorithm="sha256").hexdigest() for key in _keys()]


def seal(purpose: str, text: str) -> str:
    """Encrypt a text for a place that others could read (the database, a sitting's row)."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, token: str) -> str | None:
    """Return what was sealed, or None when the token is not ours."""
    try:
        return _box(purpose).decrypt(token.encode()).decode()
    except InvalidToken:
        return None


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def _box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_key_for(purpose, key)) for key in _keys()])


def _key_for(purpose: str, key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"peernet people {purpose}".encode())
    return base64.urlsafe_b64encode(derived.derive(key.encode()))
