"""One mail, from its claim to its end."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q

from clock import now
from notices import kinds, letters, queries
from notices.models import Outcome, Outgoing, Trouble

log = logging.getLogger(__name__)

WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60)]
# Whoever claimed a mail this long ago and has not closed it has died: a mail server is given 10 seconds.
CLAIM_DIES_AFTER = timedelta(minutes=5)
BLANK = {"address": "", "subject": "", "body": ""}


def unclaimed(at: datetime) -> Q:
    """Mails that nobody is sending just now."""
    return Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM_DIES_AFTER)


def deliver(outgoing: Outgoing, server: BaseEmailBackend) -> Outcome | Trouble | None:
    """Claim this mail, ask again whether it may go, send it; return how it ended (None: somebody else has it).

    Sent once. Only a process that dies between the server's "yes" and our note of it sends a mail a second time,
    with the same Message-ID.
    """
    at = now()
    mine = Outgoing.objects.waiting().filter(unclaimed(at), pk=outgoing.pk)
    if not mine.update(claimed_at=at, tries=F("tries") + 1):
        return None
    outgoing.refresh_from_db()
    try:
        address = _address(outgoing)
        if not address:
            return close(outgoing, Outcome.DROPPED)
        server.send_messages([letters.letter(outgoing, address)])
    except Exception as fault:  # a mail that breaks something must not stop those behind it
        return _wait(outgoing, _whose(fault), fault)
    return close(outgoing, Outcome.SENT)


def close(outgoing: Outgoing, outcome: Outcome) -> Outcome:
    """End this mail and forget what it said."""
    Outgoing.objects.filter(pk=outgoing.pk).update(closed_at=now(), outcome=outcome, trouble="", **BLANK)
    return outcome


def _address(outgoing: Outgoing) -> str:
    """Where to send it, or "" if it is no longer wanted, no longer allowed, or there is no proved address."""
    notice = outgoing.notice
    if notice is None:
        return outgoing.address
    question = kinds.get(notice.kind).still_wanted
    wanted = (
        notice.withdrawn_at is None
        and notice.seen_at is None
        and notice.person.is_active
        and queries.mail_is_wanted(notice.person_id)
        and (question is None or question(notice))
    )
    return queries.proved_address(notice.person_id) if wanted else ""


def _whose(fault: Exception) -> Trouble:
    """Whether the server is unwell, or only this mail is not to its liking."""
    if isinstance(fault, smtplib.SMTPDataError):
        return Trouble.SERVER if fault.smtp_code < 500 else Trouble.ADDRESS
    if isinstance(fault, smtplib.SMTPRecipientsRefused | smtplib.SMTPNotSupportedError):
        return Trouble.ADDRESS
    return Trouble.SERVER if isinstance(fault, OSError) else Trouble.ADDRESS  # SMTPException is an OSError


def _wait(outgoing: Outgoing, trouble: Trouble, fault: Exception) -> Outcome | Trouble:
    """Let it wait longer after each failure, or give up when its time is over."""
    log.warning("mail %s: try %s failed (%s)", outgoing.pk, outgoing.tries, type(fault).__name__)
    again_at = now() + WAITS[min(outgoing.tries, len(WAITS)) - 1]
    if again_at > outgoing.useless_at:
        return close(outgoing, Outcome.GAVE_UP)
    Outgoing.objects.filter(pk=outgoing.pk).update(again_at=again_at, trouble=trouble, claimed_at=None)
    return trouble
