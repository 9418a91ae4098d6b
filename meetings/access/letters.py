"""The access rows of the group's letters and of coming back."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, DECIDES, STAFF
from people.access import NOBODY, Role, Row

_WRITE = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}
_SEE = _WRITE | STAFF
_OWN = BELONGS - {Role.PROSPECTIVE, Role.STAFF}
_MINE = "a letter to oneself; to everybody else it is missing"

ROWS = {
    "meetings:group_letters": Row(reads=_SEE),
    "meetings:group_letter": Row(
        reads=_SEE, sends=_WRITE, why="never the one it is to, nor who is kept apart from them"
    ),
    "meetings:agree_letter": Row(reads=NOBODY, sends=_WRITE),
    "meetings:letter_reached": Row(reads=NOBODY, sends=_SEE),
    "meetings:letter_not_reached": Row(reads=NOBODY, sends=_SEE),
    "meetings:letter_paper": Row(reads=_SEE, why="once it is agreed"),
    "meetings:decide_letter": Row(reads=DECIDES, sends=DECIDES, why="once the time to answer is over"),
    "meetings:own_letters": Row(reads=_OWN, why="one's own letters, in every standing"),
    "meetings:own_letter": Row(reads=_OWN, own=True, why=_MINE),
    "meetings:open_letter": Row(reads=NOBODY, sends=_OWN, own=True, why=_MINE),
    "meetings:answer_letter": Row(reads=NOBODY, sends=_OWN, own=True, why=_MINE),
    "meetings:come_back": Row(reads=frozenset({Role.INACTIVE}), sends=frozenset({Role.INACTIVE})),
    "meetings:come_back_asked": Row(
        reads=DECIDES | STAFF, sends=DECIDES | STAFF, why="and whoever runs the session they chose"
    ),
}
