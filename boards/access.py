"""The board's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, HAS_WRITTEN, STAFF
from people.access import NOBODY, Row

ROWS = {
    "boards:front": Row(reads=BELONGS, why="what is on it follows one's standing"),
    "boards:board": Row(reads=ACTIVE_MEMBERS),
    "boards:new_thread": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS),
    "boards:thread": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS),
    "boards:search": Row(reads=ACTIVE_MEMBERS),
    "boards:all_read": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS),
    "boards:mute_thread": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS),
    "boards:mute_author": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS),
    "boards:staff_looks": Row(reads=ACTIVE_MEMBERS | STAFF, why="whom the community asked in, and who looked when"),
    "boards:guest_board": Row(reads=STAFF, why="only under an invitation to the whole board; each look is on record"),
    "boards:guest_thread": Row(reads=STAFF, why="only under an invitation that covers it; each look is on record"),
    "boards:muted": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, why="one's own mutes, known to nobody else"),
    "boards:end_mute": Row(reads=NOBODY, sends=ACTIVE_MEMBERS, own=True),
    "boards:draft": Row(reads=HAS_WRITTEN, sends=HAS_WRITTEN, own=True, why="to read, copy and let go in any standing"),
    "boards:waiting": Row(reads=HAS_WRITTEN, why="one's own posts, also when away or suspended"),
    "boards:one": Row(reads=HAS_WRITTEN, own=True),
    "boards:change": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, own=True),
    "boards:take_back": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, own=True),
}

SOCKETS = {
    "live:counts": Row(reads=BELONGS, why="the menu's numbers, one's own"),
    "live:front": Row(reads=ACTIVE_MEMBERS),
    "live:board": Row(reads=ACTIVE_MEMBERS),
    "live:thread": Row(reads=ACTIVE_MEMBERS),
    "live:guest_board": Row(reads=STAFF, why="while an invitation to the whole board lasts; it is sent no post"),
    "live:guest_thread": Row(reads=STAFF, why="while an invitation that covers it lasts; it is sent no post"),
    "live:opening": Row(reads=ACTIVE_MEMBERS | STAFF, why="while a plan is open to them; it is sent nothing of it"),
}
