"""What stands at the addresses of groups and all that hangs on them, put there without asking the services.

One line for each address in `MAKERS`: who made it, whom it belongs to, and staff there, are given.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import clock
from communities.models import Membership
from meetings.models import Session
from tests.access.coming_things import MAKERS as COMING
from tests.access.day_things import MAKERS as DAY
from tests.access.letter_things import MAKERS as LETTERS
from tests.access.pack_things import MAKERS as PACK
from tests.access.timetable_things import MAKERS as TIMETABLE
from tests.meetings.groups import a_session
from tests.meetings.local_steps import a_piece, first_text
from tests.meetings.poll_steps import a_poll


class People(NamedTuple):
    """Whose thing it is (the asker, where the row says `own`), one of those who decide, and one of staff."""

    author: Membership
    decider: Membership
    staff: Membership


def session_ahead(people: People) -> Session:
    """A session tomorrow, of no group."""
    return a_session(people.author.community, clock.now() + timedelta(days=1))


MAKERS: dict[str, Callable[[People], dict[str, object]]] = {
    **COMING,
    **PACK,
    **DAY,
    **LETTERS,
    **TIMETABLE,
    "meetings:times": lambda people: {},
    "meetings:times_ask": lambda people: {},
    "meetings:times_one": lambda people: {"pk": a_poll(people.decider).pk},
    "meetings:times_change": lambda people: {"pk": a_poll(people.decider).pk},
    "meetings:times_settle": lambda people: {"pk": a_poll(people.decider).pk},
    "meetings:times_call_off": lambda people: {"pk": a_poll(people.decider).pk},
    "meetings:diary": lambda people: {},
    "meetings:diary_end": lambda people: {},
    "meetings:local": lambda people: {},
    "meetings:local_new": lambda people: {},
    "meetings:local_piece": lambda people: {"pk": a_piece(people.decider).pk},
    "meetings:local_change": lambda people: {"pk": a_piece(people.decider).pk},
    "meetings:local_checked": lambda people: {"pk": a_piece(people.decider).pk},
    "meetings:local_move": lambda people: {"pk": a_piece(people.decider).pk},
    "meetings:local_words_away": lambda people: {"pk": first_text(a_piece(people.decider)).pk},
}


def things_at(name: str, author: Membership, decider: Membership, staff: Membership) -> dict[str, object]:
    """What the address of this name needs."""
    return MAKERS[name](People(author, decider, staff))
