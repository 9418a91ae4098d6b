"""Rows of the access table for elections."""

from communities.audiences import ACTIVE_MEMBERS
from elections.motions import access as of_motions
from people.access import Role, Row

VOTERS = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}
ROWS = {
    **of_motions.ROWS,
    "elections:poll": Row(reads=VOTERS, sends=VOTERS, why="staff too, where they are on its roll"),
}
