"""Asking staff in by two of the Top Three, and ending it before its time (domain, section 3)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards.models import StaffInvitation, Thread
from boards.services import close_to_staff, open_to_staff
from boards.services.inviting import LONGEST
from communities.keeping_apart import may_be_the_two
from communities.lifecycle import DECIDING_OFFICES
from communities.models import Membership
from communities.queries import deciders, lock_membership, offices_of
from moderation.models import AskingIn
from moderation.policies import may_moderate
from moderation.staff_notices import ask_another_to_ask_in
from notices.services import withdraw
from people.decisions import Conflict, Refused, require

GONE = _("This has been answered meanwhile. Please see how it stands now.")


@transaction.atomic
def ask_staff_in(
    *, by: Membership, staff: Iterable[Membership], thread: Thread | None, until: datetime, form_key: UUID
) -> AskingIn:
    """Give the first of two voices for asking staff in: these, for one thread or the board (None), until a time.

    One of the Top Three in office (or a caretaker). Nothing is open before a second of them agrees. The same form is
    one asking. Raises `Refused`.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_moderate(member, now))
    if (sent_before := AskingIn.objects.filter(by=member, form_key=form_key).first()) is not None:
        return sent_before
    named = [one for one in staff if one.is_staff and one.community_id == member.community_id]
    if not named:
        raise Refused(_("Please choose who of staff you want to ask in."))
    if thread is not None and thread.community_id != member.community_id:
        raise Refused(_("This thread is not here."))
    if not now < until <= now + LONGEST:
        raise Refused(_("Please choose a day that is still to come, at most three months from now."))
    asking = AskingIn.objects.create(
        community=member.community, thread=thread, until=until, by=member, at=now, form_key=form_key
    )
    asking.staff.set(named)
    others = deciders(member.community, now).exclude(pk=member.pk).select_related("person")
    ask_another_to_ask_in(asking, others, now)
    _record(asking, "propose asking in", member, now)
    return asking


@transaction.atomic
def second_asking_in(*, asking: AskingIn, by: Membership) -> StaffInvitation:
    """Agree as the second of two: it is open from this moment. Raises `Refused` for the first voice's own speaker.

    The first voice counts only while its speaker is in office. Raises `Conflict` where it has gone or come already.
    """
    member = lock_membership(by)
    row = _locked(asking, member)
    now = clock.now()
    require(may_moderate(member, now))
    if row.invitation_id is not None or row.dropped_at is not None or row.until <= now:
        raise Conflict(GONE)
    if row.by_id == member.pk:
        raise Refused(_("You have said so already. One more of you needs to."))
    if not offices_of(row.by, now) & DECIDING_OFFICES:
        raise Conflict(_("Whoever asked first is not in office any more. Please ask anew."))
    require(may_be_the_two(member, row.by_id, now))
    row.invitation = open_to_staff(
        community=row.community, staff=row.staff.all(), thread=row.thread, until=row.until, by=member.ref, now=now
    )
    row.seconded_by = member
    row.save(update_fields=["invitation", "seconded_by"])
    withdraw(key_prefix=f"asking_in:{row.pk}", now=now)
    return row.invitation


@transaction.atomic
def drop_asking_in(*, asking: AskingIn, by: Membership) -> None:
    """Let it be, as one of those in office: one may always keep a door shut. Raises `Conflict` once it is open."""
    member = lock_membership(by)
    row = _locked(asking, member)
    now = clock.now()
    require(may_moderate(member, now))
    if row.invitation_id is not None:
        raise Conflict(GONE)
    if row.dropped_at is not None:
        return
    row.dropped_at = now
    row.save(update_fields=["dropped_at"])
    withdraw(key_prefix=f"asking_in:{row.pk}", now=now)
    _record(row, "drop asking in", member, now)


@transaction.atomic
def end_asking_in(*, invitation: StaffInvitation, by: Membership) -> None:
    """End an invitation that two of those in office gave, as one of them: at once, with open pages. Twice is once.

    What members voted for ends by its time or by another vote. Raises `Refused`.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_moderate(member, now))
    if invitation.community_id != member.community_id:
        raise Http404
    if invitation.is_by_vote:
        raise Refused(_("Members voted for this. It ends on its day, or by another vote."))
    close_to_staff(invitation=invitation, by=member.ref, now=now)


def _locked(asking: AskingIn, member: Membership) -> AskingIn:
    rows = AskingIn.objects.select_for_update(of=("self",)).select_related("community", "by", "thread")
    return get_object_or_404(rows, pk=asking.pk, community_id=member.community_id)


def _record(asking: AskingIn, verb: str, member: Membership, now: datetime) -> None:
    facts = {"what": f"thread:{asking.thread_id}" if asking.thread_id else "board", "until": asking.until.isoformat()}
    record(chain=asking.community.chain, verb=verb, actor=member.ref, subject=asking.ref, at=now, facts=facts)
