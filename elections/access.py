"""Rows of the access table for elections."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, DECIDES
from elections.motions import access as of_motions
from people.access import NOBODY, Role, Row

VOTERS = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}
FOLLOWERS = VOTERS | {Role.ON_A_BREAK}
OFFICERS = DECIDES | {Role.ALTERNATE}
ROWS = {
    **of_motions.ROWS,
    "elections:elections": Row(reads=FOLLOWERS),
    "elections:election": Row(reads=FOLLOWERS),
    "elections:stand": Row(reads=NOBODY, sends=FOLLOWERS, why="active members, while people can stand"),
    "elections:nominate": Row(reads=VOTERS, sends=VOTERS, why="while people can stand"),
    "elections:own_nominations": Row(reads=FOLLOWERS),
    "elections:answer_nomination": Row(reads=NOBODY, sends=FOLLOWERS, own=True),
    "elections:seats": Row(reads=BELONGS - {Role.SUSPENDED_ALL}),
    "elections:step_down": Row(reads=OFFICERS, sends=OFFICERS, own=True, why="whoever holds it"),
    "elections:stand_in": Row(reads=NOBODY, sends=DECIDES | {Role.TERM_ENDED}, why="who held an office that decides"),
    "elections:poll": Row(reads=VOTERS, sends=VOTERS, why="staff on its roll too; of elections, on a break too"),
}
