"""Who does what in a session."""

from communities.lifecycle import State
from communities.models import Membership
from meetings.models import Session, SessionRole


def roles_in(session: Session) -> dict[str, Membership]:
    """Who is chair, secretary, housekeeper of it, by role; a role of somebody who is away is nobody's. One query."""
    rows = SessionRole.objects.filter(session=session, membership__state=State.ACTIVE)
    return {row.role: row.membership for row in rows.select_related("membership")}
