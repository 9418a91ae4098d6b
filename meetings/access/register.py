"""The rows of the register in the access table."""

from communities.audiences import DECIDES, STAFF
from people.access import Row

ROWS = {
    "meetings:register": Row(reads=STAFF, sends=STAFF, why="and the chair and the secretary of that session"),
    "meetings:registers": Row(reads=DECIDES | STAFF),
}
