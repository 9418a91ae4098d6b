"""Whether a session, and with it its meeting, can still be given another time: one rule, whichever of the two is asked.

Called by services that hold the session's lock.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from meetings.models import Session
from meetings.queries.register import register_of
from people.decisions import Refused


def check_not_begun(row: Session, now: datetime) -> None:
    """Raise `Refused` for one whose time has come."""
    if row.has_begun(now):
        raise Refused(_("This has begun already. It can't be moved any more."))


def check_no_register(row: Session) -> None:
    """Raise `Refused` for one whose register is taken. One query.

    Who was there at one time says nothing of another: moved with its register, nobody would be asked for it again, and
    whoever was not there yet would be counted as away.
    """
    if register_of(row) is not None:
        raise Refused(_("Its register is taken already. If it does not take place, you can call it off."))
