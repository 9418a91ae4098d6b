"""Secrets in links: made once, given once, kept only as their hash."""

import hashlib
import secrets


def make() -> str:
    """A new token of 256 bits for an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database keeps of a token. The token's own length makes a plain hash enough."""
    return hashlib.sha256(token.encode()).hexdigest()
