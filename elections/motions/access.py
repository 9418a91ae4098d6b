"""Rows of the access table for votes and motions."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, DECIDES
from people.access import NOBODY, Role, Row

_TAKES_PART = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}

ROWS = {
    "elections:votes": Row(reads=BELONGS, why="whoever does not take part finds there what is about themselves"),
    "elections:propose": Row(reads=_TAKES_PART),
    "elections:propose_rule": Row(reads=_TAKES_PART),
    "elections:propose_one_rule": Row(reads=_TAKES_PART, sends=_TAKES_PART),
    "elections:propose_one": Row(reads=_TAKES_PART, sends=_TAKES_PART),
    "elections:motion": Row(reads=_TAKES_PART, why="and the one it is about, and staff who are on its roll"),
    "elections:withdraw_motion": Row(reads=NOBODY, sends=_TAKES_PART, own=True, why="by whoever proposed it"),
    "elections:motion_words": Row(reads=NOBODY, why="for the one it is about, until the vote closes"),
    "elections:look_at_words": Row(reads=DECIDES, sends=DECIDES, why="not one's own, nor in one's own case"),
}
