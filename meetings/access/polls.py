"""The rows of polls of times in the access table."""

from communities.audiences import ACTIVE_MEMBERS, DECIDES, STAFF
from people.access import NOBODY, Role, Row

_ASK = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}
_ANSWER = ACTIVE_MEMBERS | {Role.PROSPECTIVE, Role.SUSPENDED_BOARD}
_READ = _ANSWER | STAFF
_RUN = DECIDES | STAFF

ROWS = {
    "meetings:times": Row(reads=_READ, why="how many can when, never who"),
    "meetings:times_ask": Row(reads=_ASK, sends=_ASK),
    "meetings:times_one": Row(reads=_READ, sends=_READ, why="staff read, and are refused an answer"),
    "meetings:times_change": Row(reads=_RUN, sends=_RUN, why="and whoever asked"),
    "meetings:times_settle": Row(reads=_RUN, sends=_RUN, why="and whoever asked"),
    "meetings:times_call_off": Row(reads=NOBODY, sends=_RUN, why="and whoever asked"),
}
