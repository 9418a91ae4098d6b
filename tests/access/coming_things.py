"""What stands at the addresses of coming, times away and registers, put there without asking the services."""

from datetime import timedelta
from typing import TYPE_CHECKING

import clock
from communities.models import Membership
from meetings.apology_links import token_for
from tests.meetings.groups import a_session
from tests.meetings.sayings import an_away_time

if TYPE_CHECKING:
    from tests.access.group_things import People


def _session(people: "People", **ahead: float) -> dict[str, object]:
    return {"pk": a_session(people.author.community, clock.now() + timedelta(**ahead)).pk}


def token_of(membership: Membership) -> dict[str, object]:
    """A reminder's link of this member's, for a session tomorrow."""
    session = a_session(membership.community, clock.now() + timedelta(days=1))
    return {"token": token_for(session.pk, membership.pk)}


MAKERS = {
    "meetings:coming": lambda people: _session(people, days=1),
    "meetings:coming_for": lambda people: _session(people, days=1),
    "meetings:away": lambda people: {},
    "meetings:back": lambda people: {"pk": an_away_time(people.author).pk},
    "meetings:away_for": lambda people: {},
    "meetings:back_for": lambda people: {"pk": an_away_time(people.decider).pk},
    "meetings:reminders": lambda people: {},
    "meetings:register": lambda people: _session(people, hours=-1),
    "meetings:registers": lambda people: {},
}
