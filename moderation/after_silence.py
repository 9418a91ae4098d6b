"""Where the group's letter had no answer: the suspension that two of the Top Three look at, for meetings to begin."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from communities.models import Membership
from meetings import after_silence
from meetings.lifecycle.attendance import After
from moderation.lifecycle import How, SuspensionState
from moderation.models import Suspension
from moderation.services.closing import drop
from moderation.services.standing import change_standing
from moderation.services.suspending_by_two import begin_for_attendance
from moderation.suspending import can_be_suspended

A_MONTH = timedelta(days=30)


def register_all() -> None:
    """Say how it goes on here; called once, as the site starts."""
    after_silence.register(After.SUSPEND, after_silence.Way(begin=_begin, take_back=_take_back))
    after_silence.register_step(change_standing)


def _begin(about: Membership, why: str, months: int, now: datetime) -> bool:
    """Lay it before two of them; not where one is proposed about the same member already, until that is decided."""
    if _proposed(about).exists() or not can_be_suspended(about):
        return False
    begin_for_attendance(membership=about, why=why, lasts=A_MONTH * months, now=now)
    return True


def _take_back(about: Membership, now: datetime) -> None:
    """They have answered, or were seen: nobody is asked to decide on it any more."""
    for row in _proposed(about).filter(how=How.ATTENDANCE).select_for_update(of=("self",)):
        drop(row, by="site", now=now)


def _proposed(about: Membership) -> QuerySet[Suspension]:
    return Suspension.objects.select_related("community").filter(membership=about, state=SuspensionState.PROPOSED)
