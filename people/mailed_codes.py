"""A code sent to an e-mail, and what waits for it in this sitting.

The code lies in the sitting as a keyed digest: whoever reads the database can't use it. Whether there is somebody
to send it to makes no difference to the sitting, the page or the work (safety checks 1.11).
"""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from people.models import Person
from people.sealing import digest

LASTS = timedelta(minutes=15)
# No vowels (no words by chance) and nothing that looks alike: 20 to the power of 8 codes.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
RESET, PROVE = "reset", "prove"


def begin(request: HttpRequest, purpose: str, *, address: str, person: Person | None, now: datetime) -> str:
    """Start waiting for a code and return it, "BCDF-GHJK"; a code begun before stops working.

    `person` is None when there is nobody to send it to: then the code is never sent and fits nothing.
    """
    code = "".join(secrets.choice(LETTERS) for _letter in range(8))
    request.session[_key(purpose)] = {
        "address": address,
        "person": person.pk if person else 0,
        "check": digest("mailed code", code),
        "at": now.timestamp(),
    }
    return f"{code[:4]}-{code[4:]}"


def waiting(request: HttpRequest, purpose: str) -> bool:
    """Whether this sitting waits for a code of this purpose at all."""
    return _key(purpose) in request.session


def address_of(request: HttpRequest, purpose: str) -> str:
    """Return the address the code went to, or "" when none is waited for."""
    return str(_state(request, purpose).get("address", ""))


def fits(request: HttpRequest, purpose: str, code: str, *, now: datetime) -> bool:
    """Whether the code is right and not over 15 minutes old. From now on the sitting holds that it was."""
    state = _state(request, purpose)
    bare = "".join(letter for letter in code.upper() if letter in LETTERS)
    right = hmac.compare_digest(digest("mailed code", bare), str(state.get("check", "")))
    if not right or not state.get("person") or _too_old(state, now):
        return False
    request.session[_key(purpose)] = {**state, "check": "", "right": True}
    return True


def proved(request: HttpRequest, purpose: str, *, now: datetime) -> Person | None:
    """Return the person whose code was given in this sitting, while it is fresh. One query."""
    state = _state(request, purpose)
    if not state.get("right") or _too_old(state, now):
        return None
    return Person.objects.filter(pk=state["person"], is_active=True).first()


def end(request: HttpRequest, purpose: str) -> None:
    """Wait no more: the code has done what it was for."""
    request.session.pop(_key(purpose), None)


def _state(request: HttpRequest, purpose: str) -> dict[str, Any]:
    return request.session.get(_key(purpose), {})


def _too_old(state: dict[str, Any], now: datetime) -> bool:
    return now.timestamp() - float(state["at"]) > LASTS.total_seconds()


def _key(purpose: str) -> str:
    return f"mailed_code_{purpose}"
