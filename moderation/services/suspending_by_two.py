"""Suspension by two: by the Top Three until a meeting, or after missed meetings (domain, sections 2 and 5)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards.models import StepAside
from communities.asking import lock_both
from communities.keeping_apart import may_be_the_two
from communities.lifecycle import State, SuspendedFrom
from communities.models import Membership
from communities.queries import lock_membership, offices_in
from meetings.services.deciding_absences import settle_proposed, still_without_a_sign
from moderation.circle import Circle
from moderation.lifecycle import MOST_BY_TWO, SUSPENSION_STEPS, How, SuspensionState
from moderation.models import Suspension
from moderation.queries import lock_suspension
from moderation.roles import in_words
from moderation.services.closing import drop
from moderation.services.suspending import shut
from moderation.services.to_the_meeting import bring_suspension, lock_meetings
from moderation.standing_notices import ask_for_second
from moderation.suspending import can_be_suspended, circle_about, may_decide_about
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target


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
    _ask(row, circle_about(other, now).people - {member.pk}, now)
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
    _ask(row, circle_about(member, now).people, now)
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
    require(may_decide_about(member, about, now, case=row.ref))
    state = target(SUSPENSION_STEPS, "confirm", row.state, said=_("This was decided meanwhile."))
    if row.first_by_id == member.pk:
        raise Refused(_("You have said so already. One more of you needs to."))
    if row.how == How.ATTENDANCE and not still_without_a_sign(about, now):
        raise Conflict(_("It was counted again: there was a sign of them meanwhile. Please say no to this one."))
    left = circle_about(about, now, case=row.ref)
    if row.first_by is None or not left.includes(row.first_by.pk):
        return _first_voice(row, member, left, now)
    require(may_be_the_two(member, row.first_by_id, now))
    if about.state != State.SUSPENDED:
        require(can_be_suspended(about))
    else:
        raise Conflict(_("Somebody else has decided this meanwhile. Please look again."))
    lock_meetings(row.community)
    _hold(row, state, member, now)
    _settle_letter(row, about, member, now, suspended=True)
    shut(row, about, member.ref, now)
    bring_suspension(row, now)
    return row


def _settle_letter(row: Suspension, about: Membership, by: Membership, now: datetime, *, suspended: bool) -> None:
    """The group's letter that had no answer is at its end with what was decided on it."""
    if row.how == How.ATTENDANCE:
        settle_proposed(about=about, suspended=suspended, by=by.ref, now=now)


def _first_voice(row: Suspension, member: Membership, left: Circle, now: datetime) -> Suspension:
    row.first_by, row.first_at = member, now
    row.save(update_fields=["first_by", "first_at"])
    _record(row, "propose suspension", member, now)
    _ask(row, left.people - {member.pk}, now)
    return row


def _hold(row: Suspension, state: str, member: Membership, now: datetime) -> None:
    assert row.lasts is not None
    row.state, row.second_by, row.second_at = state, member, now
    assert row.first_by_id is not None
    row.by, row.by_role = member.ref, in_words(offices_in(row.community_id, now), [row.first_by_id, member.pk])
    row.starts_at, row.until = now, now + row.lasts
    row.save(update_fields=["state", "second_by", "second_at", "by", "by_role", "starts_at", "until"])


@transaction.atomic
def drop_suspension(*, suspension: Suspension, by: Membership) -> None:
    """Say no to one that was begun: it does not come about. One who may decide is enough; nothing has happened yet.

    Raises `Refused`, and `Conflict` when it was decided meanwhile.
    """
    member, about = lock_both(by, suspension.membership)
    row = lock_suspension(suspension.pk)
    now = clock.now()
    require(may_decide_about(member, about, now, case=row.ref))
    _settle_letter(row, about, member, now, suspended=False)
    drop(row, by=member.ref, now=now)


@transaction.atomic
def leave_suspension(*, suspension: Suspension, by: Membership) -> None:
    """Leave it to the others, for as long as there is something to decide on it. Nobody asks why. Twice is once.

    Whoever may decide on it. Voices of theirs count no more; alternates stand in where too few are left. Raises
    `Refused`.
    """
    member, about = lock_both(by, suspension.membership)
    row = lock_suspension(suspension.pk)
    now = clock.now()
    if StepAside.objects.filter(membership=member, case=row.ref).exists():
        return
    require(may_decide_about(member, about, now, case=row.ref))
    StepAside.objects.create(membership=member, case=row.ref, at=now)
    withdraw(key_prefix=f"{row.ref}:second:{member.pk}", now=now)
    if row.state == SuspensionState.PROPOSED:
        said = {row.first_by_id} if row.first_by_id else set()
        _ask(row, circle_about(about, now, case=row.ref).people - said, now)
    _record(row, "step aside", member, now)


def _ask(row: Suspension, people: Collection[int], now: datetime) -> None:
    others = Membership.objects.filter(pk__in=people).select_related("person", "community")
    ask_for_second(row, others, now)


def _record(row: Suspension, verb: str, member: Membership, now: datetime) -> None:
    facts = {"how": row.how, "from": row.suspended_from}
    record(chain=row.community.chain, verb=verb, actor=member.ref, subject=row.ref, at=now, facts=facts)
