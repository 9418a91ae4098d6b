"""Notices: one's own, for whoever is signed in."""

from people.access import SIGNED_IN, Row

ROWS = {
    "notices:list": Row(reads=SIGNED_IN),
    "notices:all_seen": Row(reads=frozenset(), sends=SIGNED_IN),
    "notices:choices": Row(reads=SIGNED_IN, sends=SIGNED_IN),
    "notices:open": Row(reads=frozenset(), sends=SIGNED_IN, own=True),
}
