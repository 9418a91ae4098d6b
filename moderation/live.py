"""The queue as an open page: what waits for the Top Three, without reload."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from boards.live.pages import Page, Parts, register
from boards.queries.holding import handed_on_cases
from communities.models import Membership
from moderation.queries import queue, reported, taken_back_lately, to_hear
from people import sittings
from people.decisions import YES, Decision, no


def register_all() -> None:
    """Make the queue known; called once, as the site starts."""
    # A first voice, a report and a day that has passed leave no trace in the feed: it is looked at each time.
    register(Page("queue", _may_moderate, _queue, always=True, shows_watch=True))


def queue_shown(membership: Membership, now: datetime) -> dict[str, object]:
    """What templates/moderation/queue_parts.html needs, for the page and for its socket. Both have asked the policy."""
    rows = queue(membership, now)
    return {
        "reported": reported(membership, membership.everybodys_offices),
        "rows": rows,
        "handed_on": handed_on_cases([row.post.ref for row in rows]),
        "taken_back": taken_back_lately(membership, now),
        "objections": to_hear(membership, now),
    }


def _may_moderate(membership: Membership, now: datetime) -> Decision:
    """As moderation.policies.may_moderate, by the offices that were asked for all sockets at once. No query."""
    if membership.decides and sittings.fresh(membership.sitting, now):
        return YES
    return no(_("Only the Top Three can do this while they are in office."))


def _queue(membership: Membership, _thread: int | None, now: datetime) -> Parts:
    frame = {"membership": membership, "community": membership.community, "now": now, "follows": True}
    return {
        "queue-parts": render_to_string("moderation/queue_parts.html", frame | queue_shown(membership, now)).strip()
    }
