"""The timetable's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, DECIDES, STAFF
from people.access import NOBODY, Role, Row

KNOW = ACTIVE_MEMBERS | STAFF | {Role.PROSPECTIVE, Role.ON_A_BREAK, Role.SUSPENDED_BOARD}
COME = KNOW | {Role.INACTIVE}
KEEP = DECIDES | STAFF
START = ACTIVE_MEMBERS | STAFF | {Role.SUSPENDED_BOARD}
_LED_BY_MEMBERS = "and whoever started it, where members lead it"

ROWS = {
    "meetings:timetable": Row(reads=COME, why="somebody inactive sees what they may come back to"),
    "meetings:groups": Row(reads=KNOW),
    "meetings:group_new": Row(reads=START, sends=START, why="members: one that members lead"),
    "meetings:session_new": Row(reads=START, sends=START, why="the same"),
    "meetings:group": Row(reads=KNOW),
    "meetings:group_change": Row(reads=KEEP, sends=KEEP, why=_LED_BY_MEMBERS),
    "meetings:group_end": Row(reads=KEEP, sends=KEEP, why=_LED_BY_MEMBERS),
    "meetings:group_extra": Row(reads=KEEP, sends=KEEP, why=_LED_BY_MEMBERS),
    "meetings:session": Row(reads=COME, why="somebody inactive: what they may come back to"),
    "meetings:session_move": Row(reads=KEEP, sends=KEEP, why=_LED_BY_MEMBERS),
    "meetings:session_cancel": Row(reads=KEEP, sends=KEEP, why=_LED_BY_MEMBERS),
    "meetings:session_hold": Row(reads=NOBODY, sends=KEEP, why=_LED_BY_MEMBERS),
    "meetings:venues": Row(reads=KNOW),
    "meetings:venue_new": Row(reads=KEEP, sends=KEEP),
    "meetings:venue_change": Row(reads=KEEP, sends=KEEP),
    "meetings:venue_use": Row(reads=NOBODY, sends=KEEP),
}
