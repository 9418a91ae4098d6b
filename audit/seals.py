"""Seals of the record: HMAC-SHA-256 over a canonical form and the entry before, under a key outside the database."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings


def keys() -> dict[str, bytes]:
    """The record's keys by id; the first line of the key file seals, the others still verify what they sealed."""
    return _ring(settings.RECORD_KEY)


@cache
def _ring(lines: str) -> dict[str, bytes]:
    ring = (line.encode() for line in lines.split())
    return {hashlib.sha256(b"peernet record key\0" + key).hexdigest()[:8]: key for key in ring}


def sealing_key_id() -> str:
    """The id of the key that seals new entries."""
    return next(iter(keys()))


def canonical(value: Any) -> str:
    """JSON with one possible spelling, so that the same facts always give the same seal."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def in_seals(at: datetime) -> str:
    """A time as seals and the erasure list spell it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def seal_entry(
    *,
    key_id: str,
    chain: str,
    number: int,
    at: datetime,
    verb: str,
    actor: str,
    subject: str,
    facts: str,
    before: str,
) -> str:
    """Return the seal of an entry as 64 hex digits. Raises KeyError for a key this installation does not hold."""
    form = canonical(["entry", key_id, chain, number, in_seals(at), verb, actor, subject, facts, before])
    return hmac.new(keys()[key_id], form.encode(), hashlib.sha256).hexdigest()


def seal_head(*, chain: str, length: int, head: str) -> str:
    """Return the seal of a chain's head under the sealing key."""
    return head_seals(chain=chain, length=length, head=head)[0]


def head_seals(*, chain: str, length: int, head: str) -> list[str]:
    """Every seal that a key of this installation could have put on that head."""
    form = canonical(["head", chain, length, head]).encode()
    return [hmac.new(key, form, hashlib.sha256).hexdigest() for key in keys().values()]
