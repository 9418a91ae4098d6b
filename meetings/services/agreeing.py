"""Reading the logbook out, agreeing to it, and freezing it: after that nothing of it changes (domain, section 4.12)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.commitments import commit
from boards.plain_words import words_of
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.logbook import LOGBOOK_STEPS, ProposalState
from meetings.models import Session
from meetings.models.logbook import Logbook, LogbookProposal, LogbookSaid
from meetings.policies.logbook import may_agree
from meetings.policies.timetable import runs_session
from meetings.queries.logbook import FREEZE, in_it, last_record, lock_logbook, parts_of, said_of, whole
from meetings.queries.timetable import lock_session
from meetings.services.logbook import note
from people.decisions import Conflict, Refused, require
from people.transitions import target


@transaction.atomic
def read_out(*, session: Session, by: Membership) -> Logbook:
    """Note that the last record was read out in this session. Whoever runs this session, once it has begun.

    Twice is once. Raises `Refused` where there is none, or it is agreed already.
    """
    member = lock_membership(by)
    lock_session(session.pk)
    last = last_record(session)
    if last is None:
        raise Refused(_("There is no record to read."))
    logbook = lock_logbook(last.pk)
    now = clock.now()
    require(runs_session(member, session, now))
    if not session.has_begun(now) or not session.takes_place:
        raise Refused(_("The record is read once this session has begun."))
    if logbook.read_in_id == session.pk or logbook.is_agreed:
        return logbook
    logbook.state = target(LOGBOOK_STEPS, "read_out", logbook.state, said=_("This record is agreed."))
    logbook.read_in, logbook.read_at = session, now
    logbook.save(update_fields=["state", "read_in", "read_at"])
    note(logbook, "read out logbook", member, now)
    return logbook


@transaction.atomic
def agree(*, logbook: Logbook, by: Membership, seen: int) -> bool:
    """Agree with a record as it stands in the edition that was `seen`; return whether it is frozen with that.

    Whoever was there, on the day or when it is read; and the chair or secretary of the session that reads it. It is
    frozen once the chair or the secretary has said so and somebody else who was there as well. Twice is once. Raises
    `Refused`, also while a change waits for its answer, and `Conflict` where its words have changed meanwhile.
    """
    member = lock_membership(by)
    lock_session(logbook.session_id)
    row = lock_logbook(logbook.pk)
    now = clock.now()
    stands = in_it(member, row.session_id, now).stands
    require(may_agree(member, row, stands))
    if row.edition != seen:
        raise Conflict(_("The words have changed meanwhile. Please read them again."))
    if not any(part.words for part in parts_of(row)):
        raise Refused(_("There is nothing in this record yet."))
    if LogbookProposal.objects.filter(logbook=row, state=ProposalState.WAITING).exists():
        raise Refused(_("Somebody would like a change. It waits for an answer first."))
    given = {"edition": row.edition, "was_there": stands.there, "leads": stands.leads, "at": now}
    LogbookSaid.objects.update_or_create(logbook=row, membership=member, defaults=given)
    note(row, "agree to logbook", member, now)
    if is_enough(said_of(row)):
        freeze(row, by=member, now=now)
    return row.is_agreed


def is_enough(said: Iterable[LogbookSaid]) -> bool:
    """Whether the chair or the secretary has agreed, and somebody else who was there."""
    rows = list(said)
    return any(
        one.leads and other.was_there and one.membership_id != other.membership_id for one in rows for other in rows
    )


def freeze(logbook: Logbook, *, by: Membership, now: datetime) -> None:
    """Freeze a locked record: its words are committed to in the community's record, salted, and never change again.

    Called by `agree` alone, in its transaction.
    """
    parts = [part for part in parts_of(logbook) if not part.left_out]
    logbook.state = target(LOGBOOK_STEPS, "freeze", logbook.state, said=_("This record is agreed."))
    logbook.commitment, logbook.salt = commit(whole(parts))
    logbook.agreed_at = now
    logbook.folded = " " + " ".join(word for part in parts for word in words_of(part.words))
    logbook.save(update_fields=["state", "commitment", "salt", "agreed_at", "folded"])
    note(logbook, FREEZE, by, now, parts=len(parts), words=logbook.commitment)
