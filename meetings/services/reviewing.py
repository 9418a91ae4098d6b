"""Plans and sessions: asking a group for a look at one's plan, and opening it in the room until the session ends."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from crisisplans.lifecycle import OpeningKind
from crisisplans.models import Opening, Plan
from crisisplans.queries.owning import may_be_asked
from crisisplans.services.opening import close_opening, open_plan
from meetings.lifecycle import ItemKind, ItemState
from meetings.models import Session
from meetings.models.pack import ReviewAsked
from meetings.policies.pack import may_ask_review, may_open_in
from meetings.queries import lock_item, open_item
from meetings.queries.pack import case_of
from meetings.queries.timetable import lock_session
from meetings.services.agenda import close_item, put_on_agenda
from people.decisions import Refused, require


@transaction.atomic
def ask_review(*, session: Session, by: Membership) -> ReviewAsked:
    """Ask for a look at one's plan with the group of a session still to come. It opens nothing and holds no word of it.

    Whoever may open their plan to people here (crisisplans.policies). In a community meeting it is a thing of its
    agenda. Twice is once. Raises `Refused`.
    """
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_ask_review(member, row, now))
    asked, made = ReviewAsked.objects.get_or_create(session=row, membership=member, defaults={"asked_at": now})
    if made:
        if row.meeting is not None:
            _put_on_agenda(asked, member, now)
        _record(row, "ask for review", member, now)
    return asked


def _put_on_agenda(asked: ReviewAsked, by: Membership, now: datetime) -> None:
    put_on_agenda(
        community=by.community,
        kind=ItemKind.REVIEW,
        title=_("A look at a plan together"),
        why="",
        by=by,
        ref=asked.ref,
        now=now,
    )


@transaction.atomic
def take_back_review(*, session: Session, by: Membership) -> None:
    """Take that back, at any time. Oneself. Twice is once; nothing where nobody asked."""
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    asked = ReviewAsked.objects.filter(session=row, membership=member).first()
    if asked is None:
        return
    if (there := open_item(member.community, ItemKind.REVIEW, asked.ref)) is not None:
        item = lock_item(there.pk)
        if item.state == ItemState.WAITING:
            close_item(item, by=member.ref, now=now)
    asked.delete()
    _record(row, "take back review", member, now)


@transaction.atomic
def open_in_session(
    *, session: Session, by: Membership, plan: Plan, parts: Collection[str], readers: Iterable[Membership]
) -> Opening:
    """Open one's own plan to people of a session until it ends: a group review (domain, sections 3 and 4.5).

    By its owner, from a quarter of an hour before the session to its end. Whoever reads, and when it ends, say the
    rows of `crisisplans` alone. Sent again while it is open it is one opening. Raises `Refused`, also for readers who
    can't be asked (one sentence for all of them), Http404 and `PlanClosed` as `open_plan` does.
    """
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_open_in(member, row, now))
    if plan.person_id != member.person_id:
        raise Refused(_("You can open your own plan only."))
    asked = {reader.pk for reader in readers}
    if may_be_asked(member, now).filter(pk__in=asked).count() < len(asked):
        raise Refused(_("Not everybody you chose can read it now. Please choose again."))
    return open_plan(
        plan=plan,
        kind=OpeningKind.REVIEW,
        parts=parts,
        readers=readers,
        until=row.ends_at,
        community=member.community,
        case=case_of(row),
        by=member.ref,
    )


def close_reviews(sessions: Iterable[Session], *, by: str) -> int:
    """Close what is open for sessions that do not take place now: called off or moved. Returns how many.

    Called by services in their transaction. One query where nothing is open.
    """
    cases = [case_of(session) for session in sessions]
    rows = list(Opening.objects.filter(case__in=cases, closed_at=None).order_by("pk")) if cases else []
    return len([close_opening(opening=row, by=by, why="session changed") for row in rows])


def _record(session: Session, verb: str, by: Membership, now: datetime) -> None:
    record(chain=session.community.chain, verb=verb, actor=by.ref, subject=session.ref, at=now)
