"""Sittings as a socket meets them: by their key alone, many at once, and asked again while the socket is open.

A page gets its sitting from the middleware; a socket stays open for hours and must end with it (safety checks, 1.2).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http.cookie import parse_cookie
from django.utils.crypto import constant_time_compare

from people.decisions import Sitting
from people.models import Person
from people.sitting_cookie import key_in


@dataclass(frozen=True)
class OpenSitting:
    """A sitting that has not ended: whose it says it is, by which password, and what it has proved."""

    person_id: int
    password_mark: str
    sitting: Sitting

    def is_of(self, person: Person) -> bool:
        """Whether the sitting is this person's: not closed, and the password still the one it began with."""
        marks = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
        same = any(constant_time_compare(self.password_mark, mark) for mark in marks)
        return person.is_active and person.pk == self.person_id and same


def key_from(headers: Collection[tuple[bytes, bytes]]) -> str:
    """Return the key of the sitting in a handshake's cookies; "" where there is none that this site gave out."""
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    return key_in(parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")) or ""


def open_sittings(keys: Collection[str], now: datetime) -> dict[str, OpenSitting]:
    """Return the sittings with these keys that somebody is signed in by and that have not ended, by key. One query."""
    rows = Session.objects.filter(session_key__in=set(keys), expire_date__gt=now)
    found = {key: _said_in(data) for key, data in rows.values_list("session_key", "session_data")}
    return {key: sitting for key, sitting in found.items() if sitting is not None}


@lru_cache(maxsize=2048)
def _said_in(session_data: str) -> OpenSitting | None:
    # What stands in a row as it is, unpacked once. Whether the row is still there is asked each time.
    return _read(import_module(settings.SESSION_ENGINE).SessionStore().decode(session_data))


def _read(data: Mapping[str, Any]) -> OpenSitting | None:
    person, mark = str(data.get(SESSION_KEY, "")), str(data.get(HASH_SESSION_KEY, ""))
    if not person.isdecimal() or not mark:
        return None
    return OpenSitting(int(person), mark, Sitting(second_factor_at=_second_factor_at(data, person)))


def _second_factor_at(data: Mapping[str, Any], person: str) -> datetime | None:
    """As `people.sittings.of` reads it for a page."""
    records = data.get("account_authentication_methods")
    if data.get("account_authentication_methods_user") != person or not isinstance(records, list):
        return None
    times = [record["at"] for record in records if record.get("method") == "mfa"]
    return datetime.fromtimestamp(max(times), UTC) if times else None
