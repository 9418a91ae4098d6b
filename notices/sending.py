"""Sending what is in the outbox: in order, once each, again after a failure (safety checks, 5.2 and 5.3).

Two kinds of failure. A mail server that can't be reached touches no row: each sweep knocks again, and when it is back
everything goes out in order. A mail that the server did not take waits longer after each try.
"""

import logging
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from clock import now
from clock.models import note_sweep
from notices.delivery import BLANK, deliver, unclaimed
from notices.models import Outcome, Outgoing, Trouble

log = logging.getLogger(__name__)

ADVISORY_LOCK = 7_302_001
_one_at_a_time = threading.Lock()


def send_all_due() -> int:
    """Send what is due; return how many went out. Called by the worker only, at every hint and every sweep."""
    with _alone() as alone:
        if not alone:
            return 0
        at = now()
        _give_up_the_useless(at)
        sent = _send_while_it_works() if settings.MAIL_IS_SET and _next(at) else 0
        note_sweep("notices.send", at)
        return sent


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is sending just now: two at once would mix up the order."""
    if not _one_at_a_time.acquire(blocking=False):
        yield False
        return
    try:
        if connection.vendor == "postgresql":
            yield from _alone_among_processes()
        else:
            yield True  # embedded: there is no other process
    finally:
        _one_at_a_time.release()


def _alone_among_processes() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _give_up_the_useless(at: datetime) -> None:
    """A code that has run out helps nobody; its mail is blanked even while no mail server can be reached."""
    late = Outgoing.objects.waiting().filter(unclaimed(at), useless_at__lte=at)
    late.update(closed_at=at, outcome=Outcome.GAVE_UP, trouble="", **BLANK)


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
    free = unclaimed(at)
    knocking = Outgoing.objects.waiting().filter(free, due_at__lte=at, trouble=Trouble.SERVER)
    return Outgoing.objects.due(at).filter(free).first() or knocking.order_by("due_at", "id").first()


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
