"""Who does what in a session."""

from django.db.models import Prefetch

from communities.lifecycle import State
from communities.models import Membership
from meetings.models import Session, SessionRole


def roles_in(session: Session) -> dict[str, Membership]:
    """Who is chair, secretary, housekeeper of it, by role; a role of somebody who is away is nobody's.

    One query; none for a session that came by a page's door (`with_roles`), however often a page asks.
    """
    known = "roles" in getattr(session, "_prefetched_objects_cache", {})
    rows = session.roles.all() if known else session.roles.select_related("membership")
    return {row.role: row.membership for row in rows if row.membership.state == State.ACTIVE}


def with_roles() -> "Prefetch[str]":
    """For a door: fetch the roles with the session, in one query, since most parts of its page ask for them."""
    return Prefetch("roles", queryset=SessionRole.objects.select_related("membership"))
