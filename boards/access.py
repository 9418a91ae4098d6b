"""The board's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, HAS_WRITTEN
from people.access import Row

ROWS = {
    "boards:front": Row(reads=BELONGS, why="what is on it follows one's standing"),
    "boards:board": Row(reads=ACTIVE_MEMBERS),
    "boards:new_thread": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS),
    "boards:thread": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS),
    "boards:waiting": Row(reads=HAS_WRITTEN, why="one's own posts, also when away or suspended"),
    "boards:one": Row(reads=HAS_WRITTEN, own=True),
    "boards:change": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, own=True),
    "boards:take_back": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, own=True),
}
