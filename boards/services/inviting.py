"""Asking staff in for a time, ending it, and keeping each of their looks (domain, sections 3 and 4.4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards.hints import look_soon
from boards.models import StaffInvitation, StaffLook, Thread
from boards.notifications import tell_asked_in
from boards.policies import may_look_as_asked
from boards.queries import access_invitation_to
from communities.lifecycle import Kind
from communities.lifecycle import State as Standing
from communities.models import Community, Membership
from communities.queries import lock_membership
from notices.services import withdraw
from people.decisions import Conflict, Refused, require

# A leave for a time: whoever needs it longer is asked in again.
LONGEST = timedelta(days=92)
# An open page connects again after a bad line; that is still the same look.
SAME_LOOK = timedelta(minutes=10)


@transaction.atomic
def open_to_staff(
    *, community: Community, staff: Iterable[Membership], thread: Thread | None, until: datetime, by: str, now: datetime
) -> StaffInvitation:
    """Let these of staff read one thread, or the whole board (None), until a time. It ends by itself.

    Called by what has decided it, in its transaction: a motion that passed, the second of two of the Top Three. `by`:
    who that was, as the record names them ("motion:5", "membership:7"). Those who are not staff here any more are left
    out. Raises `Conflict` where none is left or the thread is not on the board, `Refused` for a time that has passed
    or lies more than 92 days ahead.
    """
    if not now < until <= now + LONGEST:
        raise Refused(_("Please choose a day that is still to come, at most three months from now."))
    wanted = {member.pk for member in staff}
    named = Membership.objects.filter(pk__in=wanted, community=community, kind=Kind.STAFF, state=Standing.ACTIVE)
    here = list(named.select_related("person").order_by("pk"))
    if not here:
        raise Conflict(_("Nobody of those you named is staff here now."))
    if thread is not None and not _stands(thread, community, now):
        raise Conflict(_("This thread is not on the board."))
    invitation = StaffInvitation.objects.create(community=community, thread=thread, by=by, opened_at=now, until=until)
    invitation.staff.set(here)
    path = reverse("boards:guest_thread" if thread else "boards:guest_board", args=_place(community, thread))
    tell_asked_in(invitation, here, path, now)
    look_soon(community.pk)
    facts = {"staff": [member.ref for member in here], "until": until.isoformat(), **_what(thread)}
    record(chain=community.chain, verb="open to staff", actor=by, subject=invitation.ref, at=now, facts=facts)
    return invitation


@transaction.atomic
def close_to_staff(*, invitation: StaffInvitation, by: str, now: datetime) -> StaffInvitation:
    """End an invitation before its time: from the next request on nothing of it is open. Twice is once.

    Called by what has decided it, in its transaction, as `open_to_staff`.
    """
    row = StaffInvitation.objects.select_for_update(of=("self",)).select_related("community").get(pk=invitation.pk)
    if row.ended_at is not None or row.until <= now:
        return row
    row.ended_at, row.ended_by = now, by
    row.save(update_fields=["ended_at", "ended_by"])
    withdraw(key_prefix=f"asked_in:{row.pk}", now=now)
    look_soon(row.community_id)
    record(chain=row.community.chain, verb="close to staff", actor=by, subject=row.ref, at=now)
    return row


@transaction.atomic
def note_look(*, by: Membership, thread: Thread | None, again_after: timedelta = timedelta(0)) -> StaffLook:
    """Put one look of one of staff on record, before anything is shown to them; return it, with its invitation.

    Staff with an invitation in force that covers it, and with their second step given. `again_after`: a look at the
    same place within this is still the same one. Raises Http404 without an invitation, `Refused` without the step.
    """
    member = lock_membership(by)
    now = clock.now()
    invitation = access_invitation_to(member, thread.pk if thread else None, now, lock=True)
    require(may_look_as_asked(member, now))
    place = {"invitation": invitation, "staff": member, "thread": thread}
    same = StaffLook.objects.filter(**place, at__gt=now - again_after).first() if again_after else None
    if same is not None:
        return same
    look = StaffLook.objects.create(**place, at=now)
    chain = member.community.chain
    record(chain=chain, verb="staff look", actor=member.ref, subject=invitation.ref, at=now, facts=_what(thread))
    return look


def _stands(thread: Thread, community: Community, now: datetime) -> bool:
    return Thread.objects.filter(pk=thread.pk, community=community, shown_from__lte=now).exists()


def _what(thread: Thread | None) -> dict[str, str]:
    return {"what": f"thread:{thread.pk}" if thread else "board"}


def _place(community: Community, thread: Thread | None) -> list[object]:
    return [community.slug, thread.pk] if thread else [community.slug]
