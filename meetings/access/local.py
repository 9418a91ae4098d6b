"""Local life's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS
from people.access import NOBODY, Role, Row

_READ = BELONGS - {Role.SUSPENDED_ALL}
_KEEP = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}

ROWS = {
    "meetings:local": Row(reads=_READ, why="what is near one's home is of use to whoever is away, too"),
    "meetings:local_new": Row(reads=_KEEP, sends=_KEEP),
    "meetings:local_piece": Row(reads=_KEEP, why="with everything that was done to it; no names"),
    "meetings:local_change": Row(reads=_KEEP, sends=_KEEP),
    "meetings:local_checked": Row(reads=NOBODY, sends=_KEEP),
    "meetings:local_move": Row(reads=NOBODY, sends=_KEEP),
    "meetings:local_words_away": Row(reads=NOBODY, sends=_KEEP, why="refused to all but the Top Three in office"),
}
