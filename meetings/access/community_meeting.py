"""Meetings' rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, DECIDES, HAS_WRITTEN, STAFF
from people.access import NOBODY, Role, Row

_KNOW_OF_IT = ACTIVE_MEMBERS | STAFF | {Role.PROSPECTIVE, Role.ON_A_BREAK, Role.SUSPENDED_BOARD}
_AGENDA = ACTIVE_MEMBERS | STAFF | {Role.SUSPENDED_BOARD}
_PLAN = DECIDES | STAFF
_OPEN = DECIDES | {Role.ALTERNATE}

ROWS = {
    "meetings:next": Row(reads=_KNOW_OF_IT, why="when and where; what will be talked about follows one's standing"),
    "meetings:one": Row(reads=_KNOW_OF_IT),
    "meetings:paper": Row(reads=_AGENDA, why="pointers only"),
    "meetings:plan": Row(reads=_PLAN, sends=_PLAN),
    "meetings:move": Row(reads=_PLAN, sends=_PLAN),
    "meetings:cancel": Row(reads=NOBODY, sends=_PLAN),
    "meetings:open": Row(reads=NOBODY, sends=_OPEN, why="members open it: with it staff may read the copies"),
    "meetings:end": Row(reads=NOBODY, sends=_OPEN | STAFF),
    "meetings:pack": Row(
        reads=ACTIVE_MEMBERS | STAFF, why="from the opening of the meeting to its end; each look of staff on record"
    ),
    "meetings:bring": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, own=True, why="any thread: the Top Three"),
    "meetings:withdraw": Row(
        reads=NOBODY, sends=ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}, own=True, why="and the Top Three"
    ),
    "meetings:outcome": Row(reads=_OPEN | STAFF, sends=_OPEN | STAFF, why="never about one's own case"),
    "meetings:copy": Row(reads=DECIDES, why="while it is prepared"),
    "meetings:leave_out": Row(reads=NOBODY, sends=DECIDES),
    "meetings:own_copy": Row(reads=HAS_WRITTEN, sends=HAS_WRITTEN, own=True, why="one's own post, in every standing"),
}
