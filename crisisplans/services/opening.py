"""The one service for every time-limited look at a plan: opened and closed by whoever has the reason (domain, 4.5).

An upper app calls `open_plan` and `close_opening` in its own transaction; whether somebody may read is told from the
rows they leave, and from nothing else (`crisisplans.queries.readings_at`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

import clock
from audit.services import PEOPLE, record
from communities.models import Community, Membership
from crisisplans.lifecycle import OpeningKind
from crisisplans.models import Opening, OpeningReader, Plan
from crisisplans.opening_notices import OPENED, tell_opened
from crisisplans.parts import keys_of
from crisisplans.queries.opened import readings_at
from crisisplans.queries.owning import may_be_read_by, require_not_closed
from crisisplans.services.dates import offer_another_look
from notices.services import withdraw
from people.decisions import Refused

# Nothing is open for ever: whoever needs it longer is asked again, and the owner looks at it again.
LONGEST = {
    OpeningKind.REVIEW: timedelta(hours=12),
    OpeningKind.CALL: timedelta(hours=12),
    OpeningKind.NAMED: timedelta(days=92),
    OpeningKind.LINK: timedelta(days=31),
}
# A form that was sent again on a bad line.
SENT_AGAIN = timedelta(minutes=2)


@transaction.atomic
def open_plan(
    *,
    plan: Plan,
    kind: OpeningKind,
    parts: Collection[str],
    readers: Iterable[Membership],
    until: datetime,
    community: Community | None,
    case: str = "",
    by: str,
) -> Opening:
    """Let these readers read these parts of a plan until a time. It ends by itself.

    Called by what has the reason, in its transaction: its owner's own services here, and an app above for a support
    call (`case`: "call:7"). `by`: who, as the record names them. The same opened again to the same readers while it is
    open is one opening. Raises Http404 where the plan is erased, `PlanClosed` while it is shut after a way back,
    `Refused` for readers who can't read now, parts that are none, or a time that is over or too far ahead.
    """
    row = lock_plan(plan.pk)
    now = clock.now()
    require_not_closed(row.person, now)
    wanted = _parts_of(row, parts)
    if not now < until <= now + LONGEST[kind]:
        raise Refused(_("Please choose an end that is still to come, and not too far away."))
    named = _readers(row, readers, community, now)
    if bool(named) == (kind == OpeningKind.LINK):
        raise Refused(_("Please choose who may read it."))
    opening = Opening(plan=row, community=community, kind=kind, parts=wanted, opened_at=now, until=until, case=case)
    if there := _same(opening, named):
        return there
    opening.save()
    OpeningReader.objects.bulk_create(OpeningReader(opening=opening, membership=reader) for reader in named)
    if named:
        tell_opened(opening, named, now)
    facts = {"kind": str(kind), "parts": len(wanted), "readers": len(named), "until": until.isoformat()}
    record(chain=chain_of(opening), verb="open plan", actor=by, subject=opening.ref, at=now, facts=facts)
    return opening


@transaction.atomic
def close_opening(*, opening: Opening, by: str, why: str) -> Opening:
    """End an opening: from the next request on nobody reads by it, and open pages close. Twice is once.

    Called by what has the reason, as `open_plan`. `why`: a kind, for the record ("withdrawn", "call over"). After a
    support call its owner is offered to look at their plan again.
    """
    if opening.kind == OpeningKind.CALL:
        # The plan's row comes before the opening's, as everywhere.
        Plan.objects.select_for_update(no_key=True).filter(pk=opening.plan_id).first()
    row = Opening.objects.select_for_update(of=("self",)).select_related("community").filter(pk=opening.pk).first()
    if row is None or row.closed_at is not None:
        return row or opening
    now = clock.now()
    row.closed_at, row.closed_by = now, by
    row.save(update_fields=["closed_at", "closed_by"])
    if row.kind == OpeningKind.CALL:
        offer_another_look(plan_id=row.plan_id, now=now)
    withdraw(key_prefix=f"{OPENED}:{row.pk}", now=now)
    record(chain=chain_of(row), verb="close plan", actor=by, subject=row.ref, at=now, facts={"why": why})
    return row


def lock_plan(pk: int) -> Plan:
    """A plan under its row's lock, with its person. Raises Http404 where it has been erased."""
    row = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("person").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def chain_of(opening: Opening) -> str:
    """Which chain of the record an opening is kept in: its community's, or that of people."""
    return opening.community.chain if opening.community else PEOPLE


def _parts_of(plan: Plan, parts: Collection[str]) -> list[str]:
    wanted = [key for key in keys_of(plan.kind) if key in parts]
    if not wanted or len(wanted) < len(set(parts)):
        raise Refused(_("Please choose what may be read."))
    return wanted


def _readers(plan: Plan, readers: Iterable[Membership], community: Community | None, now: datetime) -> list[Membership]:
    """Those named, read anew. One who can't read is said to nobody by a reason of their own."""
    asked = {reader.pk for reader in readers}
    if not asked:
        return []
    named = list(may_be_read_by(plan.person_id, community, now).filter(pk__in=asked).select_related("person"))
    if len(named) < len(asked):
        raise Refused(_("Not everybody you chose can read it now. Please choose again."))
    return named


def _same(wanted: Opening, named: list[Membership]) -> Opening | None:
    """An opening in force that is the same; of links each is its own."""
    if wanted.kind == OpeningKind.LINK:
        return None
    rows = Opening.objects.open_at(wanted.opened_at).filter(plan=wanted.plan, kind=wanted.kind, case=wanted.case)
    if not wanted.case:
        # Later it is meant: whoever was away meanwhile is asked anew.
        rows = rows.filter(opened_at__gt=wanted.opened_at - SENT_AGAIN)
    asked = {reader.pk for reader in named}
    for row in rows.select_related("community"):
        readings = readings_at(wanted.opened_at).filter(opening=row).values_list("membership", flat=True)
        if row.parts == wanted.parts and set(readings) == asked:
            return row
    return None
