"""A text's stand-in in the record: a salted commitment. Without its salt, erased with the text, it tells nothing."""

import hashlib
import hmac
import secrets


def commit(text: str) -> tuple[str, str]:
    """Return (commitment, salt), both hex. The salt is kept beside the text and erased with it."""
    salt = secrets.token_hex(16)
    return _commitment(text, salt), salt


def matches(text: str, *, commitment: str, salt: str) -> bool:
    """Tell whether this text is the one that was committed to."""
    return hmac.compare_digest(_commitment(text, salt), commitment)


def _commitment(text: str, salt: str) -> str:
    return hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()
