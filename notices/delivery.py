"""One mail: to whom, what it says, and whose fault it was if it did not go."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend

from notices import errands, letters, queries
from notices.models import Outcome, Outgoing, Trouble


def deliver(outgoing: Outgoing, server: BaseEmailBackend) -> Outcome | Trouble | None:
    """Send this mail, if it may still go, and what waits with it; return how it ended (None: not now, or not by us)."""

    def send(mails: list[Outgoing]) -> bool:
        address = _address(mails[0])
        if address:
            server.send_messages([letters.letter(mails[0], address, mails)])
        return bool(address)

    return errands.run(outgoing, way="mail", send=send, whose=_whose)


def _address(outgoing: Outgoing) -> str:
    """Where to send it, or "" if its person has no proved address (any more)."""
    return queries.proved_address(outgoing.notice.person_id) if outgoing.notice else outgoing.address


def _whose(fault: Exception) -> Trouble:
    """Whether the server is unwell, or only this mail is not to its liking."""
    if isinstance(fault, smtplib.SMTPDataError):
        return Trouble.SERVER if fault.smtp_code < 500 else Trouble.ADDRESS
    if isinstance(fault, smtplib.SMTPRecipientsRefused | smtplib.SMTPNotSupportedError):
        return Trouble.ADDRESS
    return Trouble.SERVER if isinstance(fault, OSError) else Trouble.ADDRESS  # SMTPException is an OSError
