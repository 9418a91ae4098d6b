"""The pack's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, DECIDES, STAFF
from meetings.access.timetable import COME
from people.access import Role, Row

_BRING = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}
_ARRANGE = DECIDES | STAFF
_OPEN = ACTIVE_MEMBERS | {Role.PROSPECTIVE, Role.ON_A_BREAK, Role.INACTIVE, Role.SUSPENDED_BOARD}
# Somebody inactive sees a session that they may come back to, and none that has begun.
_IN_THE_ROOM = _OPEN - {Role.INACTIVE}

ROWS = {
    "meetings:add_item": Row(reads=_BRING, sends=_BRING, why="in one's own words"),
    "meetings:arrange": Row(reads=_ARRANGE, sends=_ARRANGE, why="and the chair of that session"),
    "meetings:reviews": Row(reads=COME, sends=_OPEN, why="names for whoever sees who is here"),
    "meetings:open_own_plan": Row(reads=_IN_THE_ROOM, sends=_IN_THE_ROOM, own=True, why="while the session is on"),
}
