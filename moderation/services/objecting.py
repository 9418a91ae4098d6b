"""Objecting to a decision about oneself, taking it back, and bringing it on to the community meeting."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from boards import screening
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle import ItemKind
from meetings.queries import lock_item, open_item
from meetings.services import close_item
from moderation import cases
from moderation.lifecycle import ObjectionState
from moderation.models import Objection
from moderation.objection_notices import tell_hearers, tell_maker
from moderation.objection_policies import may_bring_on, may_object, may_withdraw
from moderation.queries.objections import (
    access_own_case,
    hearing_of,
    last_objection,
    lock_objection,
    open_objections_to,
)
from moderation.services.closing_objections import bring_to_meeting, move, note
from people.decisions import Conflict, require

LONGEST_WORDS = 2000


@transaction.atomic
def object_to(*, case: str, by: Membership, words: str = "") -> Objection:
    """Object to a decision about oneself ("post:5"); the same one while it is open. Everybody about themselves.

    Somebody else than those who decided is asked to hear it; where nobody is left, or everybody decided it, it goes to
    the community meeting at once. Raises Http404 for what is not about them, `Refused` for what was heard already,
    ValidationError for words over 2,000 letters.
    """
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("Please make it shorter: 2,000 letters at most.")})
    member = lock_membership(by)
    _lock_case(case)
    now = clock.now()
    found = access_own_case(member, case, now)
    mine = [row for row in open_objections_to(case) if row.by_id == member.pk]
    if mine:
        return mine[0]
    require(may_object(member, found, last_objection(member, case)))
    urgency = max((finding.urgency for finding in screening.screen(words)), default=0) if words else 0
    row = Objection.objects.create(
        community=member.community, by=member, case=case, words=words, urgency=urgency, made_at=now
    )
    if (kind := cases.kind_of(case)) is not None:
        kind.begun(found, now)
    note(row, "object", member.ref, now)
    ask_or_bring(row, "first", now)
    return row


def ask_or_bring(objection: Objection, when: str, now: datetime) -> None:
    """Ask those who may hear a locked, open objection; or bring it to the meeting where they are too few."""
    waiting = hearing_of(objection, now)
    if waiting is None or waiting.case.for_the_meeting or len(waiting.circle.people) < waiting.circle.fewest:
        bring_to_meeting(objection, by="site", now=now)
        return
    people = Membership.objects.filter(pk__in=waiting.circle.people).select_related("person")
    tell_hearers(objection, list(people), when, now)


def _lock_case(ref: str) -> None:
    kind, number = cases.kind_of(ref), cases.number_of(ref)
    if kind is not None and number is not None:
        kind.lock(number)


@transaction.atomic
def withdraw_objection(*, objection: Objection, by: Membership) -> Objection:
    """Take one's own objection back, while it is open; off the agenda too. Twice is once. Raises `Refused`."""
    member = lock_membership(by)
    item = open_item(member.community, ItemKind.OBJECTION, objection.ref)
    held = lock_item(item.pk) if item else None
    _lock_case(objection.case)
    row = lock_objection(objection.pk)
    now = clock.now()
    if row.by_id == member.pk and row.state == ObjectionState.WITHDRAWN:
        return row
    require(may_withdraw(member, row))
    move(row, "withdraw", now)
    if held is not None:
        close_item(held, by=member.ref, now=now)
    kind, found = cases.kind_of(row.case), cases.find(row.community_id, row.case, now)
    if kind is not None and found is not None:
        kind.ended(found, row.state, now)
    tell_maker(row, now)
    note(row, "withdraw objection", member.ref, now)
    return row


@transaction.atomic
def bring_on(*, objection: Objection, by: Membership) -> Objection:
    """Bring one's own objection, heard already, to the community meeting. Its maker; twice is once.

    Raises `Refused`, and `Conflict` where another one to the same is open.
    """
    member = lock_membership(by)
    _lock_case(objection.case)
    row = lock_objection(objection.pk)
    now = clock.now()
    if row.by_id == member.pk and row.state == ObjectionState.AT_MEETING:
        return row
    require(may_bring_on(member, row))
    if any(other.by_id == member.pk for other in open_objections_to(row.case)):
        raise Conflict(_("There is another objection of yours to this, and it is open still."))
    bring_to_meeting(row, by=member.ref, now=now)
    return row


@transaction.atomic
def follow_up_objection(pk: int, *, again_after: datetime, to_meeting_after: datetime) -> None:
    """Ask again, or bring to the meeting, what nobody has heard. Called by the sweep for each; safe at any time."""
    found = Objection.objects.get(pk=pk)
    _lock_case(found.case)
    row = lock_objection(pk)
    now = clock.now()
    if row.state != ObjectionState.OPEN:
        return
    if row.made_at <= to_meeting_after:
        bring_to_meeting(row, by="site", now=now)
    else:
        ask_or_bring(row, "again" if row.made_at <= again_after else "first", now)
