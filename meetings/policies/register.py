"""Who takes the register of a session, and from when."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from communities.models import Membership
from meetings.models.sessions import Session
from meetings.policies.timetable import runs_session
from people.decisions import YES, Decision, no

# People arrive before it begins.
FROM_BEFORE = timedelta(minutes=30)


def may_take_register(membership: Membership, session: Session, now: datetime) -> Decision:
    """Secretary, chair or facilitator of that session, and staff; from half an hour before, and ever after.

    Also to correct one. A session that was called off has none (domain, sections 2 and 5).
    """
    if not (runs := runs_session(membership, session, now)):
        return runs
    if not session.takes_place:
        return no(_("This session was called off, so it has no register."))
    if now < session.starts_at - FROM_BEFORE:
        return no(_("You can take the register from half an hour before it begins."))
    return YES
