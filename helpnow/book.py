"""The contacts of this site: ours, and the operator's own file laid over them. Read once, then kept in memory."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from helpnow.contacts import Contact, Mistake, read

OURS = Path(__file__).parent / "data" / "contacts.toml"


@dataclass(frozen=True)
class Book:
    """All contacts in their order, and what was wrong with the operator's file ("" when nothing was)."""

    contacts: tuple[Contact, ...]
    fault: str = ""


@lru_cache(maxsize=1)
def book() -> Book:
    """Return the site's contacts. A faulty operator's file is left out whole and named in `fault`.

    Help now must never fail over a typing slip, so the page goes on with our own contacts; the check at start-up
    says what is wrong (helpnow.checks).
    """
    ours = read(OURS)
    if not settings.CONTACTS_FILE:
        return Book(ours)
    try:
        return Book(merge(ours, read(Path(settings.CONTACTS_FILE))))
    except (Mistake, OSError) as fault:
        return Book(ours, fault=str(fault))


def merge(ours: tuple[Contact, ...], theirs: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Lay an operator's contacts over ours: the same key replaces, a new key is added at the end.

    Raises `Mistake` where theirs would take away or push aside 999 or Samaritans (safety check 2.1).
    """
    fixed = {contact.key for contact in ours if contact.always}
    for contact in theirs:
        if contact.key in fixed or contact.always:
            raise Mistake(f"{contact.key}: 999 and Samaritans always come first and can't be changed here")
    replaced = {contact.key: contact for contact in theirs}
    merged = [replaced.pop(contact.key, contact) for contact in ours]
    return tuple(merged + list(replaced.values()))
