"""Rows of the access table for elections."""

from communities.audiences import ACTIVE_MEMBERS
from people.access import Role, Row

VOTERS = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}
ROWS = {
    "elections:poll": Row(reads=VOTERS, sends=VOTERS, why="staff too, where they are on its roll"),
}
