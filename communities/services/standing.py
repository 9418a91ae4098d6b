"""A member's standing: the state of the membership, terms of office, and a break of one's own."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.handing_over import office_ended
from communities.lifecycle import STEPS, Office, State
from communities.models import Membership, StateSince, TermOfOffice
from communities.policies import may_take_break
from communities.queries import lock_membership
from people.decisions import require
from people.transitions import target


@transaction.atomic
def change_state(
    *,
    membership: Membership,
    verb: str,
    by: str,
    suspended_from: str = "",
    suspended_until: datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> Membership:
    """Lead a membership through one step of its life cycle and record it; returns it as it is now.

    The one place where a membership's state changes. Called by services that have authorised `by` (a reference such as
    "membership:5"); whatever else must follow in the same transaction is theirs. Raises `Conflict` from another state.
    """
    member = lock_membership(membership)
    now = clock.now()
    state = target(STEPS, verb, member.state, said=_("This changed meanwhile. Please look again."))
    _note_state(member, state, now)
    member.state, member.state_since = state, now
    member.suspended_from = suspended_from if state == State.SUSPENDED else ""
    member.suspended_until = suspended_until if state == State.SUSPENDED else None
    member.save(update_fields=["state", "state_since", "suspended_from", "suspended_until"])
    # An office is held by somebody who is here; coming back does not bring it back.
    if state != State.ACTIVE and TermOfOffice.objects.not_over(now).filter(membership=member).update(ended_at=now):
        office_ended(member.community, now)
    record(
        chain=member.community.chain,
        verb=verb.replace("_", " "),
        actor=by,
        subject=member.ref,
        at=now,
        facts=facts or {},
    )
    return member


def _note_state(member: Membership, state: str, now: datetime) -> None:
    """Add that they stand so from now on; and how they stood, where that was made or changed without a row."""
    rows = [StateSince(membership=member, state=state, since=now)]
    last = StateSince.objects.filter(membership=member).last()
    if last is None or last.since < member.state_since:
        rows.insert(0, StateSince(membership=member, state=member.state, since=member.state_since))
    StateSince.objects.bulk_create(rows)


@transaction.atomic
def end_if_over(membership: Membership) -> Membership:
    """End a suspension whose time is over, and record it; returns the membership as it is now.

    Called by the door of every page for whoever comes in by it, and by the sweep: whichever is first. Safe at any time.
    """
    member = lock_membership(membership)
    if member.state == State.SUSPENDED and member.suspended_until and member.suspended_until <= clock.now():
        return change_state(membership=member, verb="end_suspension", by="site", facts={"how": "time"})
    return member


@transaction.atomic
def start_term(
    *,
    membership: Membership,
    office: Office,
    by: str,
    ends_at: datetime | None,
    starts_at: datetime | None = None,
) -> TermOfOffice:
    """Give a member an office from now (or `starts_at`) until `ends_at`, and record it. Called by services."""
    now = clock.now()
    term = TermOfOffice.objects.create(
        membership=membership, office=office, starts_at=starts_at or now, ends_at=ends_at
    )
    facts = {"office": str(office), "until": ends_at.isoformat() if ends_at else None}
    record(
        chain=membership.community.chain,
        verb="begin term",
        actor=by,
        subject=membership.ref,
        at=now,
        facts=facts,
    )
    return term


@transaction.atomic
def end_term(*, term: TermOfOffice, by: str) -> None:
    """End a term before its time (stepping down needs no reason), and record it. Called by services."""
    now = clock.now()
    if TermOfOffice.objects.not_over(now).filter(pk=term.pk).update(ended_at=now):
        member = Membership.objects.select_related("community").get(pk=term.membership_id)
        office_ended(member.community, now)
        facts = {"office": str(term.office)}
        record(chain=member.community.chain, verb="end term", actor=by, subject=member.ref, at=now, facts=facts)


@transaction.atomic
def begin_break(*, by: Membership) -> Membership:
    """Go on a break; an office ends with it. Any active member about themselves, nobody deciding (domain, section 5).

    Raises `Refused` for staff, `Conflict` for somebody who is not active.
    """
    require(may_take_break(by))
    return change_state(membership=by, verb="begin_break", by=by.ref)


@transaction.atomic
def end_break(*, by: Membership) -> Membership:
    """Come back from a break, at any time, nobody deciding. Raises `Conflict` for somebody who is not on one."""
    require(may_take_break(by))
    return change_state(membership=by, verb="end_break", by=by.ref)
