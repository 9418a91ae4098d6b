"""Rows of the access table for the bank of lead service users."""

from communities.audiences import ACTIVE_MEMBERS, DECIDES, STAFF
from people.access import NOBODY, Row

_SEES = ACTIVE_MEMBERS | STAFF
ROWS = {
    "outofhours:bank": Row(reads=_SEES, sends=_SEES, why="where the rules have a bank; one's own place, for members"),
    "outofhours:training": Row(reads=_SEES, sends=ACTIVE_MEMBERS, why="ticked by whoever learns"),
    "outofhours:sign_off": Row(
        reads=NOBODY, sends=DECIDES | STAFF, why="and lead service users of the bank; never one's own"
    ),
}
