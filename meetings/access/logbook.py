"""The logbook's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, STAFF
from people.access import NOBODY, Role, Row

_SEE = ACTIVE_MEMBERS | STAFF | {Role.SUSPENDED_BOARD}

ROWS = {
    "meetings:logbooks": Row(reads=_SEE | {Role.PROSPECTIVE}, why="somebody new: of sessions they were at"),
    "meetings:logbook": Row(reads=_SEE, why="agreed; before that those who were there, who run it, and staff"),
    "meetings:logbook_part": Row(reads=STAFF, sends=STAFF, why="while it is written; and those who were there"),
    "meetings:logbook_change": Row(reads=NOBODY, sends=STAFF, why="who writes the record; one's own: its author"),
    "meetings:agree_logbook": Row(reads=NOBODY, sends=STAFF, why="those who were there, and who leads the reading"),
    "meetings:record_read": Row(reads=NOBODY, sends=STAFF, why="and chair and secretary of that session"),
}
