"""Whom to turn to when somebody has died: shown to a community for a while after a death (domain, section 8)."""

from functools import lru_cache
from pathlib import Path

from helpnow.contacts import Contact, read

FILE = Path(__file__).parent / "data" / "grief.toml"


@lru_cache(maxsize=1)
def _all() -> tuple[Contact, ...]:
    return read(FILE)


def grief_contacts(nation: str) -> tuple[Contact, ...]:
    """Those for a nation, or for all of them where none was said. No query."""
    return tuple(contact for contact in _all() if not nation or nation in contact.nations)
