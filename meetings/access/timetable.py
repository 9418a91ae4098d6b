"""The timetable's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, STAFF
from people.access import Role, Row

KNOW = ACTIVE_MEMBERS | STAFF | {Role.PROSPECTIVE, Role.ON_A_BREAK, Role.SUSPENDED_BOARD}
COME = KNOW | {Role.INACTIVE}

ROWS = {
    "meetings:timetable": Row(reads=COME, why="somebody inactive sees what they may come back to"),
    "meetings:session": Row(reads=COME, why="the same"),
}
