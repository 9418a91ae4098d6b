"""Holding everything, one member's or everybody's, for a while: what a vote set, and its end (domain, section 6)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from boards.holding_notices import tell_of_hold_all
from boards.models import HoldAll
from communities.models import Community, Membership
from people.decisions import Conflict


@transaction.atomic
def hold_all(
    *,
    community: Community,
    membership: Membership | None,
    until: datetime,
    why: str,
    by: str,
    decided_by: str,
    now: datetime,
    starts_at: datetime | None = None,
) -> HoldAll:
    """Hold every post by this member (or, with None, by everybody) from `starts_at` (now) until a time.

    Called by whoever carries out what was decided, who authorised it and holds its locks. `by` is the record's name of
    it ("motion:4"), `decided_by` says it in words ("The members, by a vote"). The member is told; what waits in its
    pause already stays as it is. It ends by itself. Raises ValidationError for a time that is over, or a member of
    another community.
    """
    begins = starts_at or now
    if until <= max(begins, now):
        raise ValidationError({"until": _("Please choose a time that is still to come.")})
    if membership is not None and membership.community_id != community.pk:
        raise ValidationError({"membership": _("This person is not here.")})
    row = HoldAll.objects.create(
        community=community,
        membership=membership,
        starts_at=begins,
        until=until,
        why=why,
        decided_by=decided_by,
        by=by,
        made_at=now,
    )
    tell_of_hold_all(row, now)
    subject = membership.ref if membership else row.ref
    facts = {"hold": row.ref, "from": begins.isoformat(), "until": until.isoformat()}
    record(chain=community.chain, verb="hold everything", actor=by, subject=subject, at=now, facts=facts)
    return row


@transaction.atomic
def stop_hold_all(*, hold: HoldAll, by: str, now: datetime) -> HoldAll:
    """End it before its time; the member is told. Called as `hold_all` is. Raises `Conflict` where it has ended."""
    row = (
        HoldAll.objects.select_for_update(of=("self",))
        .select_related("community", "membership__person")
        .get(pk=hold.pk)
    )
    if row.stopped_at is not None or row.until <= now:
        raise Conflict(_("This has ended already."))
    row.stopped_at = now
    row.save(update_fields=["stopped_at"])
    tell_of_hold_all(row, now)
    subject = row.membership.ref if row.membership else row.ref
    record(
        chain=row.community.chain,
        verb="stop holding everything",
        actor=by,
        subject=subject,
        at=now,
        facts={"hold": row.ref},
    )
    return row
