"""The day's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, DECIDES, STAFF
from people.access import NOBODY, Role, Row

_KNOW = ACTIVE_MEMBERS | STAFF | {Role.PROSPECTIVE, Role.ON_A_BREAK, Role.SUSPENDED_BOARD}
_KEEP = DECIDES | STAFF

ROWS = {
    "meetings:order": Row(reads=_KNOW, sends=_KEEP),
    "meetings:group_order": Row(reads=_KNOW, sends=_KEEP, why="and whoever started a group that members lead"),
    "meetings:room": Row(reads=_KNOW),
    "meetings:topic": Row(reads=STAFF, sends=STAFF, why="and chair and secretary of that session"),
    "meetings:turns": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, why="one's own"),
    "meetings:turn": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, own=True),
    "meetings:turn_asked": Row(reads=NOBODY, sends=ACTIVE_MEMBERS, why="of oneself, or of whoever can"),
    "meetings:take_turn": Row(reads=NOBODY, sends=ACTIVE_MEMBERS),
    "meetings:hand_turn": Row(reads=STAFF, sends=STAFF, why="in the room; and chair and secretary of that session"),
}
