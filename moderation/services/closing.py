"""Writing down that a suspension is over, or came to nothing; and that nothing about it waits any more."""

from datetime import datetime

from django.utils.translation import gettext as _

from audit.services import record
from communities.models import Membership
from moderation.lifecycle import RETURN_STEPS, SUSPENSION_STEPS, EndedHow, SuspensionState
from moderation.models import Suspension
from moderation.queries import in_force, open_return
from notices.services import withdraw
from people.transitions import target


def close(row: Suspension, *, by: str, how: EndedHow, why: str, now: datetime) -> None:
    """Write down that a suspension in force is over, and that nothing about it waits any more. Its row is locked."""
    row.state = target(SUSPENSION_STEPS, "end", row.state, said=_("This suspension is over already."))
    row.closed_at, row.closed_by, row.ended_how, row.ended_why = now, by, how, why
    row.save(update_fields=["state", "closed_at", "closed_by", "ended_how", "ended_why"])
    if asked := open_return(row, lock=True):
        asked.state = target(RETURN_STEPS, "close", asked.state, said=_("This was answered meanwhile."))
        asked.decided_at = now
        asked.save(update_fields=["state", "decided_at"])
        withdraw(key_prefix=f"{asked.ref}:asked", now=now)


def drop(row: Suspension, *, by: str, now: datetime) -> None:
    """Write down that one that was proposed does not come about. Its row is locked; the caller has authorised `by`."""
    row.state = target(SUSPENSION_STEPS, "drop", row.state, said=_("This was decided meanwhile."))
    row.closed_at, row.closed_by = now, by
    row.save(update_fields=["state", "closed_at", "closed_by"])
    withdraw(key_prefix=f"{row.ref}:second", now=now)
    facts = {"how": row.how}
    record(chain=row.community.chain, verb="drop suspension", actor=by, subject=row.ref, at=now, facts=facts)


def drop_proposed(member: Membership, by: str, now: datetime) -> None:
    """Drop what was proposed about somebody on whom it has been decided otherwise. The membership is locked."""
    for proposed in Suspension.objects.select_for_update().filter(membership=member, state=SuspensionState.PROPOSED):
        drop(proposed, by=by, now=now)


def close_for_good(member: Membership, by: str, now: datetime) -> None:
    """Close whatever is open about somebody who leaves or has died. Called in the transaction of that."""
    if row := in_force(member, lock=True):
        close(row, by=by, how=EndedHow.GONE, why="", now=now)
    drop_proposed(member, by, now)
