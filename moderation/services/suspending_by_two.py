"""Suspension by two: by the Top Three until a meeting, or after missed meetings (domain, sections 2 and 5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.lifecycle import DECIDING_OFFICES, Office, State, SuspendedFrom
from communities.models import Membership
from communities.queries import apart_from, deciders, lock_membership, offices_of
from moderation.lifecycle import MOST_BY_TWO, SUSPENSION_STEPS, How, SuspensionState
from moderation.models import Suspension
from moderation.queries import lock_suspension
from moderation.services.closing import drop
from moderation.services.suspending import shut
from moderation.services.to_the_meeting import bring_suspension
from moderation.standing_notices import ask_for_second
from moderation.suspending import can_be_suspended, may_decide_about
from people.decisions import Conflict, Refused, require
from people.transitions import target

Pair = tuple[Membership, Membership]


def lock_both(by: Membership, about: Membership) -> Pair:
    """Both memberships, locked in the order of their numbers, so that two who do this never wait for each other."""
    locked = {member.pk: lock_membership(member) for member in sorted((by, about), key=lambda one: one.pk)}
    return locked[by.pk], locked[about.pk]


@transaction.atomic
def propose_suspension(
    *, about: Membership, by: Membership, suspended_from: str, lasts: timedelta, why: str, letter: str = ""
) -> Suspension:
    """Say, as the first of two, that somebody should be kept out until a meeting, at most 72 hours.

    The Top Three in office (or caretakers), not about themselves and not in a conflict. Nothing changes for `about`
    before the second says so too. `why` and `letter`: what they will read. Raises `Refused`, and `Conflict` where
    one is proposed already.
    """
    member, other = lock_both(by, about)
    now = clock.now()
    require(may_decide_about(member, other, now))
    require(can_be_suspended(other))
    if not timedelta(0) < lasts <= MOST_BY_TWO:
        raise Refused(_("Two of you can do this for 72 hours at most. For longer, the community votes."))
    row = _begun(other, how=How.TWO, suspended_from=suspended_from, lasts=lasts, why=why, letter=letter, now=now)
    row.by, row.first_by, row.first_at = member.ref, member, now
    row.save(update_fields=["by", "first_by", "first_at"])
    _record(row, "propose suspension", member, now)
    ask_for_second(row, _others(row, member, now), now)
    return row


@transaction.atomic
def begin_for_attendance(*, membership: Membership, why: str, lasts: timedelta, now: datetime) -> Suspension:
    """Begin a suspension from everything after missed meetings; it holds once two of the Top Three have confirmed it.

    Called by the rule about missed meetings, in its transaction. Raises `Refused`, `Conflict` as proposing does.
    """
    member = lock_membership(membership)
    require(can_be_suspended(member))
    row = _begun(
        member, how=How.ATTENDANCE, suspended_from=SuspendedFrom.EVERYTHING, lasts=lasts, why=why, letter="", now=now
    )
    facts = {"how": str(How.ATTENDANCE)}
    chain = member.community.chain
    record(chain=chain, verb="propose suspension", actor="site", subject=row.ref, at=now, facts=facts)
    ask_for_second(row, _others(row, None, now), now)
    return row


def _begun(
    about: Membership, *, how: How, suspended_from: str, lasts: timedelta, why: str, letter: str, now: datetime
) -> Suspension:
    if Suspension.objects.filter(membership=about, state=SuspensionState.PROPOSED).exists():
        raise Conflict(_("One of you has begun this already. Please look at it first."))
    return Suspension.objects.create(
        community=about.community,
        membership=about,
        suspended_from=SuspendedFrom(suspended_from),
        how=how,
        why=why,
        letter=letter,
        by="site",
        by_role="",
        state=SuspensionState.PROPOSED,
        begun_at=now,
        lasts=lasts,
    )


@transaction.atomic
def confirm_suspension(*, suspension: Suspension, by: Membership) -> Suspension:
    """Say it as another of the two; with the second voice it holds at once, and the one it is about is told.

    A first voice counts only while its speaker is in office and free to decide. Where two do it until a meeting, it
    goes on the agenda, and a special meeting is called if none comes in time. Raises `Refused` for somebody in a
    conflict or for both voices by one, `Conflict` when it was decided meanwhile.
    """
    member, about = lock_both(by, suspension.membership)
    row = lock_suspension(suspension.pk)
    now = clock.now()
    require(may_decide_about(member, about, now))
    state = target(SUSPENSION_STEPS, "confirm", row.state, said=_("This was decided meanwhile."))
    if row.first_by_id == member.pk:
        raise Refused(_("You have said so already. One more of you needs to."))
    if row.first_by is None or not _still_counts(row.first_by, about, now):
        row.first_by, row.first_at = member, now
        row.save(update_fields=["first_by", "first_at"])
        _record(row, "propose suspension", member, now)
        return row
    if about.state != State.SUSPENDED:
        require(can_be_suspended(about))
    else:
        raise Conflict(_("Somebody else has decided this meanwhile. Please look again."))
    _hold(row, state, member, now)
    shut(row, about, member.ref, now)
    bring_suspension(row, by=member, now=now)
    return row


def _hold(row: Suspension, state: str, member: Membership, now: datetime) -> None:
    assert row.lasts is not None
    row.state, row.second_by, row.second_at = state, member, now
    row.by, row.by_role = member.ref, two_in_words(member, now)
    row.starts_at, row.until = now, now + row.lasts
    row.save(update_fields=["state", "second_by", "second_at", "by", "by_role", "starts_at", "until"])


def _still_counts(first: Membership, about: Membership, now: datetime) -> bool:
    return bool(offices_of(first, now) & DECIDING_OFFICES) and about.pk not in apart_from(first, now)


@transaction.atomic
def drop_suspension(*, suspension: Suspension, by: Membership) -> None:
    """Say no to one that was begun: it does not come about. One who may decide is enough; nothing has happened yet.

    Raises `Refused`, and `Conflict` when it was decided meanwhile.
    """
    member, about = lock_both(by, suspension.membership)
    row = lock_suspension(suspension.pk)
    now = clock.now()
    require(may_decide_about(member, about, now))
    drop(row, by=member.ref, now=now)


def two_in_words(member: Membership, now: datetime) -> str:
    """As the letter says who it was: their role, never a name."""
    if Office.TOP_THREE in offices_of(member, now):
        return _("Two of the Top Three")
    return _("Two of the caretakers")


def _others(row: Suspension, member: Membership | None, now: datetime) -> Iterable[Membership]:
    kept = {row.membership_id, *apart_from(row.membership, now)} | ({member.pk} if member else set())
    return deciders(row.community, now).exclude(pk__in=kept).select_related("person", "community")


def _record(row: Suspension, verb: str, member: Membership, now: datetime) -> None:
    facts = {"how": row.how, "from": row.suspended_from}
    record(chain=row.community.chain, verb=verb, actor=member.ref, subject=row.ref, at=now, facts=facts)
