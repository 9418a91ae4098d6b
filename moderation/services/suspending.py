"""Suspensions coming into force and ending, whoever decided it; the letter's row goes with the standing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from communities.lifecycle import State
from communities.models import Membership
from communities.queries import lock_membership
from communities.services import end_if_over
from moderation.lifecycle import (
    EndedHow,
    SuspensionState,
)
from moderation.models import Suspension
from moderation.queries import in_force
from moderation.services.closing import close, drop_proposed
from moderation.services.standing import change_standing
from moderation.standing_notices import tell_over, tell_suspended
from moderation.suspending import can_be_suspended
from notices.services import withdraw
from people.decisions import Conflict, require


@transaction.atomic
def suspend(
    *,
    membership: Membership,
    suspended_from: str,
    until: datetime,
    why: str,
    how: str,
    by: str,
    by_role: str,
    now: datetime,
    letter: str = "",
) -> Suspension:
    """Suspend a member from "board" or "everything" until a time, and tell them what, why, by whom and until when.

    Called by a vote that was passed (`how` "motion"), in its transaction; two of the Top Three come by
    `propose_suspension`, missed meetings by `begin_for_attendance`. `by`: as the record names it ("motion:3");
    `by_role`: as the letter does ("The community, by a vote"). It takes the place of a suspension in force and of one
    that was proposed. Raises `Refused` for staff and somebody not yet in, `Conflict` where they have left, or `until`
    is past.
    """
    member = lock_membership(membership)
    if until <= now or member.state in {State.LEFT, State.DIED}:
        raise Conflict(_("This can't take effect any more."))
    if member.state != State.SUSPENDED:
        require(can_be_suspended(member))
    if earlier := in_force(member, lock=True):
        close(earlier, by=by, how=EndedHow.REPLACED, why="", now=now)
    row = Suspension.objects.create(
        community=member.community,
        membership=member,
        suspended_from=suspended_from,
        how=how,
        why=why,
        letter=letter,
        by=by,
        by_role=by_role,
        state=SuspensionState.IN_FORCE,
        begun_at=now,
        starts_at=now,
        until=until,
    )
    shut(row, member, by, now)
    drop_proposed(member, by, now)
    return row


def shut(row: Suspension, member: Membership, by: str, now: datetime) -> None:
    """Let the standing follow a suspension that is now in force, and tell. Called in the transaction of that."""
    assert row.until is not None
    facts = {"how": row.how, "from": row.suspended_from, "until": row.until.isoformat(), "suspension": row.pk}
    after = change_standing(
        membership=member,
        verb="suspend",
        by=by,
        suspended_from=row.suspended_from,
        suspended_until=row.until,
        facts=facts,
    )
    withdraw(key_prefix=f"{row.ref}:second", now=now)
    tell_suspended(row, after, now)


@transaction.atomic
def end_suspension(
    *, membership: Membership, by: str, why: str, now: datetime, how: str = EndedHow.MOTION
) -> Membership:
    """End a suspension before its time, and tell its member. An office does not come back with it.

    Called by whoever has authorised `by`: a vote, two of the Top Three, an objection that was heard (`how`).
    Raises `Conflict` where they are not suspended any more.
    """
    member = lock_membership(membership)
    if member.state != State.SUSPENDED:
        raise Conflict(_("This suspension is over already."))
    row = in_force(member, lock=True)
    facts: dict[str, Any] = {"how": str(how)} | ({"suspension": row.pk} if row else {})
    member = change_standing(membership=member, verb="end_suspension", by=by, facts=facts)
    if row:
        close(row, by=by, how=EndedHow(how), why=why, now=now)
    tell_over(member, row.ref if row else f"{member.ref}:{now.isoformat()}", now)
    return member


def end_what_is_over() -> int:
    """End every suspension whose time is over, and tell; returns how many. Run by the sweep, safe at any time.

    Nobody waits for it: the door of each page does the same for whoever comes in by it (`communities.entry`).
    """
    now = clock.now()
    over = Membership.objects.filter(state=State.SUSPENDED, suspended_until__lte=now)
    rows = Suspension.objects.filter(state=SuspensionState.IN_FORCE, until__lte=now)
    members = {*over.values_list("pk", flat=True), *rows.values_list("membership_id", flat=True)}
    for pk in sorted(members):
        _end_if_over(pk)
    return len(members)


@transaction.atomic
def _end_if_over(pk: int) -> None:
    member = end_if_over(Membership(pk=pk))
    row = in_force(member, lock=True)
    now = clock.now()
    if row and row.until and row.until <= now and member.state != State.SUSPENDED:
        close(row, by="site", how=EndedHow.TIME, why="", now=now)
        tell_over(member, row.ref, now)
