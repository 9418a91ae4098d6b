"""When something changed that attendance is counted from, counting is asked again soon; the job does it in any case.

Only a hint leaves: what counting finds is worked out anew when it runs (meetings.services.absences).
"""

from datetime import datetime

from communities.models import Membership
from meetings import registered, returning
from meetings.lifecycle.attendance import ComeBackState
from meetings.models import ComeBackAsked, Session


def register_all() -> None:
    """Listen to registers, and say which session somebody comes back to; called once, as the site starts."""
    registered.listen(_register_changed)
    returning.register(_comes_back_to)


def _register_changed(session: Session, now: datetime) -> None:
    from meetings.schedule import count_again

    count_again.delay_on_commit(session.community_id)


def _comes_back_to(membership: Membership, session: Session) -> bool:
    return ComeBackAsked.objects.filter(membership=membership, session=session, state=ComeBackState.OPEN).exists()
