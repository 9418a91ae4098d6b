"""What stands at the addresses of a meeting's pack, and of plans that a session looks at."""

from datetime import timedelta
from typing import TYPE_CHECKING

import clock
from crisisplans.models import Plan
from tests.crisisplans.opening import own_or_new
from tests.meetings.groups import a_session
from tests.meetings.making import a_meeting

if TYPE_CHECKING:
    from tests.access.group_things import People


def _plan_here(people: "People") -> dict[str, object]:
    """A session that is on, and a plan of the asker's where they have none yet."""
    has_one = Plan.objects.filter(person=people.author.person, kind="crisis").exists()
    if not people.author.is_staff and not has_one:
        own_or_new(people.author)
    return {"pk": a_session(people.author.community, clock.now()).pk, "kind": "crisis"}


MAKERS = {
    "meetings:add_item": lambda people: {},
    "meetings:arrange": lambda people: {"pk": a_meeting(people.decider.community).pk},
    "meetings:reviews": lambda people: {
        "pk": a_session(people.author.community, clock.now() + timedelta(days=1)).pk,
    },
    "meetings:open_own_plan": _plan_here,
}
