"""Notices: one's own, for whoever is signed in."""

from people.access import EVERYBODY, SIGNED_IN, Row

ROWS = {
    "notices:list": Row(reads=SIGNED_IN),
    "notices:all_seen": Row(reads=frozenset(), sends=SIGNED_IN),
    "notices:choices": Row(reads=SIGNED_IN, sends=SIGNED_IN),
    "notices:add_phone": Row(reads=frozenset(), sends=SIGNED_IN),
    "notices:remove_phone": Row(reads=frozenset(), sends=SIGNED_IN, own=True),
    "notices:stop": Row(reads=EVERYBODY, sends=EVERYBODY, why="opens by the link in one's own mail, which it stops"),
    "notices:open": Row(reads=frozenset(), sends=SIGNED_IN, own=True),
}
