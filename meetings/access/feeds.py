"""The rows of diaries in the access table."""

from communities.audiences import BELONGS
from people.access import EVERYBODY, NOBODY, Role, Row

_SEES = BELONGS - {Role.SUSPENDED_ALL}

ROWS = {
    "meetings:diary": Row(reads=_SEES, sends=_SEES, why="one's own; its address is shown this once"),
    "meetings:diary_end": Row(reads=NOBODY, sends=_SEES, why="one's own"),
    "meetings_outside:diary": Row(
        reads=EVERYBODY, why="whoever holds its address, signed in or not; over with its owner's right"
    ),
}
