"""Codes of authenticator apps: which time step a code is of (RFC 6238, steps of 30 seconds)."""

import hmac
from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def step_of(at: datetime) -> int:
    """Return the number of the time step at this moment."""
    return int(at.timestamp()) // app_settings.TOTP_PERIOD


def code_for(secret: str, at: datetime) -> str:
    """Return the code an authenticator app shows at this moment (for the demo and the tests)."""
    return format_hotp_value(hotp_value(secret, step_of(at)))


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step this code is of, or None. A phone's clock may be one step (30 s) off, either way."""
    typed = "".join(sign for sign in code if sign.isdigit())
    for step in (step_of(at), step_of(at) - 1, step_of(at) + 1):
        if hmac.compare_digest(typed, format_hotp_value(hotp_value(secret, step))):
            return step
    return None
