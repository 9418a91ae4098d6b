"""The rows of coming or not in the access table."""

from communities.audiences import DECIDES, STAFF
from meetings.access.timetable import KNOW
from people.access import EVERYBODY, NOBODY, Role, Row

_OWN_AWAY = (KNOW - STAFF) | {Role.INACTIVE}

ROWS = {
    "meetings:coming": Row(reads=KNOW, sends=KNOW, why="somebody inactive: the session they asked to come back to"),
    "meetings:coming_for": Row(reads=STAFF, sends=STAFF, why="and the chair and the secretary of that session"),
    "meetings:away": Row(reads=_OWN_AWAY, sends=_OWN_AWAY),
    "meetings:back": Row(reads=NOBODY, sends=_OWN_AWAY, own=True),
    "meetings:away_for": Row(reads=DECIDES | STAFF, sends=DECIDES | STAFF),
    "meetings:back_for": Row(reads=NOBODY, sends=DECIDES | STAFF),
    "meetings_outside:apology": Row(
        reads=EVERYBODY, sends=EVERYBODY, why="by the link in a reminder, until the session is over: one button"
    ),
    "meetings:reminders": Row(reads=KNOW, sends=KNOW),
}
