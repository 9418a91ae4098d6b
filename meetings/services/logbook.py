"""Writing the logbook: its parts, what somebody who was there would like changed, and what is left out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.logbook import LOGBOOK_STEPS, PROPOSAL_STEPS, Heading, LogbookState, ProposalState
from meetings.models import Session
from meetings.models.logbook import LONGEST_PART, MOST_PARTS, MOST_WAITING, Logbook, LogbookPart, LogbookProposal
from meetings.policies.logbook import InIt, may_leave_out, may_propose, may_write
from meetings.queries.logbook import in_it, lock_logbook
from meetings.queries.timetable import lock_session
from people.decisions import Conflict, Refused, require
from people.transitions import target


@transaction.atomic
def add_part(*, session: Session, by: Membership, heading: str, words: str, form_key: UUID) -> LogbookPart:
    """Write one part of a session's record; the first one begins it. Whoever runs the session, from its beginning on.

    The same form is one part. Raises `Refused`, ValidationError.
    """
    _check(words)
    member, logbook, stands, now = _authorised(by, session)
    require(may_write(member, session, logbook, stands, now))
    logbook = logbook or Logbook.objects.create(session=session, began_by=member, began_at=now)
    if (sent_before := logbook.parts.filter(form_key=form_key).first()) is not None:
        return sent_before
    given = {"heading": Heading(heading), "words": words, "written_by": member, "at": now}
    part = _new_part(logbook, form_key=form_key, **given)
    _changed(logbook)
    note(logbook, "write logbook", member, now, heading=part.heading)
    return part


@transaction.atomic
def change_part(*, part: LogbookPart, by: Membership, words: str, seen: int) -> LogbookPart:
    """Write a part anew; the words before are not kept. Whoever runs the session, until it is agreed.

    `seen`: the edition of the record that its writer saw. Raises `Refused`, `Conflict` when it has changed meanwhile,
    ValidationError.
    """
    _check(words)
    member, logbook, row, stands, now = _with_part(part, by)
    require(may_write(member, logbook.session, logbook, stands, now))
    if row.words == words:
        return row
    if logbook.edition != seen:
        raise Conflict(_("Somebody changed this record meanwhile. Please look again."))
    _check_there(row)
    row.words, row.written_by, row.at = words, member, now
    row.save(update_fields=["words", "written_by", "at"])
    _changed(logbook)
    note(logbook, "change logbook", member, now, part=row.pk)
    return row


@transaction.atomic
def leave_out_part(*, part: LogbookPart, by: Membership) -> LogbookPart:
    """Leave a part out, at once and for good: nothing of its words is kept, nor of changes to it that wait.

    Anybody who was there, and whoever writes it, until it is agreed; nobody asks why. Twice is once. Raises `Refused`.
    """
    member, logbook, row, stands, now = _with_part(part, by)
    require(may_leave_out(member, logbook, stands))
    if row.left_out:
        return row
    row.words, row.left_out = "", True
    row.save(update_fields=["words", "left_out"])
    waiting = LogbookProposal.objects.filter(part=row, state=ProposalState.WAITING)
    for proposal in waiting.select_for_update(of=("self",)):
        _settle(proposal, "decline", member, now)
    _changed(logbook)
    note(logbook, "leave out of logbook", member, now, part=row.pk)
    return row


@transaction.atomic
def propose_change(
    *,
    session: Session,
    by: Membership,
    heading: str,
    words: str,
    form_key: UUID,
    part: LogbookPart | None = None,
) -> LogbookProposal:
    """Say what should stand there instead of a part, or as well. Only somebody who was there, until it is agreed.

    The same form is one. Raises `Refused`, `Conflict` for a part that was left out meanwhile, ValidationError.
    """
    _check(words)
    member, logbook, stands, now = _authorised(by, session)
    require(may_propose(member, logbook, stands))
    if logbook is None:
        raise Refused(_("Nobody has begun this record yet."))
    if (sent_before := LogbookProposal.objects.filter(by=member, form_key=form_key).first()) is not None:
        return sent_before
    if logbook.proposals.filter(by=member, state=ProposalState.WAITING).count() >= MOST_WAITING:
        raise Refused(_("Ten changes of yours wait for an answer. Please wait for one, or take one back."))
    row = _lock_part(part) if part else None
    if row is not None:
        _check_there(row)
    proposal = LogbookProposal.objects.create(
        logbook=logbook,
        part=row,
        heading=row.heading if row else Heading(heading),
        words=words,
        by=member,
        made_at=now,
        form_key=form_key,
    )
    note(logbook, "propose for logbook", member, now)
    return proposal


@transaction.atomic
def settle_proposal(*, proposal: LogbookProposal, by: Membership, verb: str) -> None:
    """Take a change into the record, or not ("take", "decline"): whoever runs the session. Its own author takes it back
    ("take_back"). Its words go from here either way. Raises `Refused`, `Conflict` when it was answered meanwhile.
    """
    member, logbook, stands, now = _authorised(by, proposal.logbook.session)
    row = LogbookProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    assert logbook is not None
    if verb == "take_back" and row.by_id != member.pk:
        raise Refused(_("Only the one who asked for it can take it back."))
    require(
        may_propose(member, logbook, stands)
        if verb == "take_back"
        else may_write(member, logbook.session, logbook, stands, now)
    )
    words = row.words
    _settle(row, verb, member, now)
    if verb == "take":
        _take_in(row, words, logbook, now)
        _changed(logbook)
    note(logbook, f"{verb.replace('_', ' ')} change of logbook", member, now)


def forget_proposals(membership: Membership, until: datetime) -> int:
    """Take back what this member wanted changed and nobody has answered, up to a moment; returns how many.

    Called with the erasing of their posts, in its transaction (meetings.services.erasing).
    """
    waiting = LogbookProposal.objects.filter(by=membership, state=ProposalState.WAITING, made_at__lte=until)
    rows = list(waiting.select_for_update(of=("self",)))
    for row in rows:
        _settle(row, "take_back", membership, until)
    return len(rows)


def _take_in(row: LogbookProposal, words: str, logbook: Logbook, now: datetime) -> None:
    if row.part is None:
        given = {"heading": row.heading, "words": words, "written_by": row.by, "at": now}
        _new_part(logbook, form_key=row.form_key, **given)
        return
    part = _lock_part(row.part)
    _check_there(part)
    part.words, part.written_by, part.at = words, row.by, now
    part.save(update_fields=["words", "written_by", "at"])


def _settle(row: LogbookProposal, verb: str, member: Membership, now: datetime) -> None:
    row.state = target(PROPOSAL_STEPS, verb, row.state, said=_("This was answered meanwhile."))
    row.words, row.settled_by, row.settled_at = "", member, now
    row.save(update_fields=["words", "state", "settled_by", "settled_at"])


def _authorised(by: Membership, session: Session) -> tuple[Membership, Logbook | None, InIt, datetime]:
    """The member and the record, read anew under their locks; how they stand to it, and the time."""
    member = lock_membership(by)
    # The session's lock before the record's: two who begin it at once begin one.
    lock_session(session.pk)
    found = Logbook.objects.filter(session=session).values_list("pk", flat=True).first()
    logbook = lock_logbook(found) if found else None
    now = clock.now()
    return member, logbook, in_it(member, session.pk, now).stands, now


def _with_part(part: LogbookPart, by: Membership) -> tuple[Membership, Logbook, LogbookPart, InIt, datetime]:
    member, logbook, stands, now = _authorised(by, part.logbook.session)
    assert logbook is not None
    return member, logbook, _lock_part(part), stands, now


def _lock_part(part: LogbookPart) -> LogbookPart:
    return LogbookPart.objects.select_for_update(of=("self",)).get(pk=part.pk)


def _new_part(logbook: Logbook, **given: Any) -> LogbookPart:
    if logbook.parts.count() >= MOST_PARTS:
        raise Refused(_("This record is long enough. Please make a part of it shorter instead."))
    return LogbookPart.objects.create(logbook=logbook, **given)


def _changed(logbook: Logbook) -> None:
    """Another edition: whoever agreed with the words before has not agreed with these."""
    verb = "change_as_read" if logbook.state == LogbookState.READ_OUT else "change"
    logbook.state = target(LOGBOOK_STEPS, verb, logbook.state, said=_("This record is agreed."))
    logbook.edition += 1
    logbook.save(update_fields=["state", "edition"])


def _check(words: str) -> None:
    if not words.strip():
        raise ValidationError({"words": _("Please write a few words.")})
    if len(words) > LONGEST_PART:
        raise ValidationError({"words": _("Please make it shorter: 600 letters at most.")})


def _check_there(part: LogbookPart) -> None:
    if part.left_out:
        raise Conflict(_("Somebody has left this part out. It stays out."))


def note(logbook: Logbook, verb: str, member: Membership, now: datetime, **facts: Any) -> None:
    """Put on record what happened to a logbook: never a word of it."""
    chain = logbook.session.community.chain
    record(chain=chain, verb=verb, actor=member.ref, subject=logbook.ref, at=now, facts=facts)
