"""One errand, mail or push, from its claim to its end; what waited for the same hour goes out as one."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from clock import now
from notices.asking import Answer, ask
from notices.models import Errand, Outcome, Trouble
from notices.models.errands import unclaimed

log = logging.getLogger(__name__)

WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60)]


def run(
    errand: Errand, *, way: str, send: Callable[[list[Any]], bool], whose: Callable[[Exception], Trouble]
) -> Outcome | Trouble | None:
    """Claim this errand and what goes with it, ask again what of it may go, send it as one; return how that ended.

    None: somebody else has it, or all of it waits for an hour of its person's. `send` is given all that go as one, the
    oldest first, and returns False when there is nowhere to send it; `whose` says whose fault a failure was. Sent once:
    only a process that dies between the server's "yes" and our note of it sends it a second time, marked so that it
    shows once.
    """
    at = now()
    claimed = _claim_with_others(errand, at)
    going: list[Any] = []
    ended: Outcome | Trouble | None = None
    for one in claimed:
        answer = ask(one.notice, way=way, now=at) if one.notice else None
        if answer and not answer.goes:
            ended = close(one, Outcome.DROPPED)
        elif answer and (until := _waits_until(one, answer, at)):
            _put_off(one, until)
            if until <= at:
                # Its daily hour came while nobody swept: all that belong to that hour go as one, now.
                _gather(one, until)
                ended = run(one, way=way, send=send, whose=whose)
        else:
            going.append(one)
    return _send(going, send, whose) if going else ended


def _waits_until(errand: Any, answer: Answer, at: datetime) -> datetime | None:
    """Until when it has to wait; None if it goes now. A daily hour is used once: what comes too late has the next."""
    if answer.at > at:
        return answer.at
    if answer.daily is None or errand.together_at is not None:
        return None
    mine, after = answer.daily
    gone = _of_the_same(errand).filter(outcome__in=(Outcome.SENT, Outcome.TOGETHER), together_at__gte=mine)
    return after if gone.exists() else mine


def _claim_with_others(errand: Any, at: datetime) -> list[Any]:
    """The oldest of them is claimed first: whoever has that has all of them."""
    together = list(_with(errand, at).order_by("due_at", "id")) or [errand]
    if not _claim(together[0], at):
        return []
    return [together[0], *(one for one in together[1:] if _claim(one, at))]


def _with(errand: Any, at: datetime) -> QuerySet[Any]:
    if errand.together_at is None:
        return type(errand).objects.none()
    return _of_the_same(errand).filter(closed_at=None, together_at__lte=at)


def _of_the_same(errand: Any) -> QuerySet[Any]:
    """All errands to the same place, ever."""
    whose = errand
    for step in errand.TOGETHER_BY.split("__"):
        whose = getattr(whose, step)
    return type(errand).objects.filter(**{errand.TOGETHER_BY: whose})


def _claim(errand: Any, at: datetime) -> bool:
    mine = type(errand).objects.waiting().filter(unclaimed(at), pk=errand.pk)
    if not mine.update(claimed_at=at, tries=F("tries") + 1):
        return False
    errand.refresh_from_db()
    return True


def _send(
    going: list[Any], send: Callable[[list[Any]], bool], whose: Callable[[Exception], Trouble]
) -> Outcome | Trouble | None:
    first, *others = going
    try:
        sent = send(going)
    except Exception as fault:  # an errand that breaks something must not stop those behind it
        trouble = whose(fault)
        for other in others:
            _wait(other, trouble, fault)
        return _wait(first, trouble, fault)
    for other in others:
        close(other, Outcome.TOGETHER if sent else Outcome.DROPPED)
    return close(first, Outcome.SENT if sent else Outcome.DROPPED)


def close(errand: Any, outcome: Outcome) -> Outcome:
    """End this errand and forget what it said."""
    ended = {"closed_at": now(), "outcome": outcome, "trouble": "", **errand.BLANK}
    type(errand).objects.filter(pk=errand.pk).update(**ended)
    return outcome


def give_up_the_useless(errands: type[Errand], at: datetime) -> None:
    """Close what nobody is served by any more, also while no server can be reached."""
    late = errands.objects.waiting().filter(unclaimed(at), useless_at__lte=at)
    late.update(closed_at=at, outcome=Outcome.GAVE_UP, trouble="", **errands.BLANK)


def _put_off(errand: Any, until: datetime) -> None:
    """Let it wait for an hour of its person's; that is no failed try."""
    waiting = type(errand).objects.filter(pk=errand.pk)
    waiting.update(again_at=until, together_at=until, claimed_at=None, tries=0, trouble="")
    errand.together_at = until


def _gather(errand: Any, until: datetime) -> None:
    fresh = _of_the_same(errand).filter(closed_at=None, together_at=None, claimed_at=None, due_at__lte=until)
    fresh.update(together_at=until)


def _wait(errand: Any, trouble: Trouble, fault: Exception) -> Outcome | Trouble:
    """Let it wait longer after each failure, or give up when its time is over."""
    what = type(errand).__name__.lower()
    log.warning("%s %s: try %s failed (%s)", what, errand.pk, errand.tries, type(fault).__name__)
    again_at = now() + WAITS[min(errand.tries, len(WAITS)) - 1]
    if again_at > errand.useless_at:
        return close(errand, Outcome.GAVE_UP)
    type(errand).objects.filter(pk=errand.pk).update(again_at=again_at, trouble=trouble, claimed_at=None)
    return trouble
