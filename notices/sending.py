"""Sending what is in the outbox: in order, once each, again after a failure (safety checks, 5.2 and 5.3).

Two kinds of failure. A mail server that can't be reached touches no row: each sweep knocks again, and when it is back
everything goes out in order. A mail that the server did not take waits longer after each try.
"""

import logging
import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from clock import now
from clock.models import note_sweep
from notices.alone import Lock, alone
from notices.delivery import deliver
from notices.errands import give_up_the_useless
from notices.models import Outcome, Outgoing, Trouble
from notices.models.errands import unclaimed

log = logging.getLogger(__name__)

SENDING = Lock(7_302_001)


def send_all_due() -> int:
    """Send what is due; return how many went out. Called by the worker only, at every hint and every sweep."""
    with alone(SENDING) as by_ourselves:
        if not by_ourselves:
            return 0
        at = now()
        give_up_the_useless(Outgoing, at)
        sent = _send_while_it_works() if settings.MAIL_IS_SET and _next(at) else 0
        note_sweep("notices.send", at)
        return sent


def _send_while_it_works() -> int:
    server = get_connection()
    sent = 0
    while (outgoing := _next(now())) and _reach(server):
        ended = deliver(outgoing, server)
        sent += ended == Outcome.SENT
        if isinstance(ended, Trouble):
            _hang_up(server)  # what is left of a broken conversation must not reach the next mail
        if ended == Trouble.SERVER:
            break
        if ended == Outcome.SENT:
            _let_the_others_try_again()
    _hang_up(server)
    return sent


def _next(at: datetime) -> Outgoing | None:
    """The oldest that is due; if all wait because the server was unwell, the oldest of them knocks."""
    return Outgoing.objects.due(at).filter(unclaimed(at)).first() or Outgoing.objects.to_knock(at).first()


def _let_the_others_try_again() -> None:
    """The server is well again: nobody has to sit out the rest of a wait that was its fault."""
    at = now()
    Outgoing.objects.waiting().filter(trouble=Trouble.SERVER, again_at__gt=at).update(again_at=at)


def _reach(server: BaseEmailBackend) -> bool:
    try:
        server.open()
    except OSError as fault:  # SMTPException is an OSError
        log.warning("the mail server can't be reached (%s)", type(fault).__name__)
        return False
    return True


def _hang_up(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        log.warning("the mail server hung up first")
