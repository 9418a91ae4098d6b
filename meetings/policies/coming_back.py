"""Who says welcome to somebody who comes back after being inactive."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.apart import apart_from
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office
from meetings.models import ComeBackAsked
from meetings.policies.timetable import runs_session
from people.decisions import YES, Decision, no


def may_welcome_back(membership: Membership, asked: ComeBackAsked, now: datetime) -> Decision:
    """One of the Top Three in office (or a caretaker), staff, or whoever runs the session they chose.

    Never somebody kept apart from them, and not why. Five queries at most.
    """
    about = asked.membership
    if about.community_id != membership.community_id or about.pk in apart_from(membership, now):
        return no(_("There is no such thing here."))
    if membership.is_staff:
        return acts_as_staff(membership, now)
    held = acts_in_office(membership, now)
    if held or held.remedy:
        return held
    if asked.session is not None and runs_session(membership, asked.session, now):
        return YES
    return no(_("One of the Top Three says welcome, or whoever runs the session they come to."))
