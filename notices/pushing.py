"""Pushing what is due to phones: in order, once each, again after a failure (safety checks, 5.2 and 5.3).

Each push service is a server of its own: one that is unwell holds up its own phones only, and is knocked at once at
each sweep, with the oldest push for it.
"""

from datetime import datetime
from urllib.parse import urlsplit

from django.contrib.sessions.models import Session

from clock import now
from clock.models import note_sweep
from notices import bell, endpoints, errands
from notices.alone import Lock, alone
from notices.models import Outcome, Phone, Push, Trouble
from notices.models.errands import unclaimed
from notices.spreading import spread_due

PUSHING = Lock(7_302_002)


def push_all_due() -> int:
    """Push what is due; return how many pushes went out. Called by the worker only, at every hint and every sweep."""
    with alone(PUSHING) as by_ourselves:
        if not by_ourselves:
            return 0
        at = now()
        spread_due(at)
        errands.give_up_the_useless(Push, at)
        sent = _push_while_it_works(at)
        note_sweep("notices.push", at)
        return sent


def _push_while_it_works(at: datetime) -> int:
    unwell: set[str] = set()
    sent = 0
    for pk in list(_to_try(at)):
        # What went out together with an earlier one, or lost its phone, is waiting no longer.
        push = Push.objects.waiting().select_related("phone", "notice__person").filter(pk=pk).first()
        service = _service(push.phone) if push else ""
        if push is None or service in unwell:
            continue
        ended = deliver(push)
        sent += ended == Outcome.SENT
        if ended == Trouble.SERVER:
            unwell.add(service)
    return sent


def _to_try(at: datetime) -> list[int]:
    """Those whose time has come, and those that wait only for their service to be well again; the oldest first."""
    due = Push.objects.due(at).filter(unclaimed(at)) | Push.objects.to_knock(at)
    return list(due.order_by("due_at", "id").values_list("pk", flat=True))


def deliver(push: Push) -> Outcome | Trouble | None:
    """Push this, if it may still go, and what waits with it; return how it ended (None: not now, or not by us)."""
    return errands.run(push, way="push", send=lambda pushes: _ring(pushes[0]), whose=_whose)


def _ring(push: Push) -> bool:
    phone, at = push.phone, now()
    endpoint = endpoints.opened(phone.sealed_endpoint)
    if endpoint is None or not _sitting_goes_on(phone, at):
        return _forget(phone)
    try:
        bell.ring(phone, endpoint, at)
    except bell.PhoneIsGone:
        return _forget(phone)
    Phone.objects.filter(pk=phone.pk).update(last_ok_at=at)
    return True


def _sitting_goes_on(phone: Phone, at: datetime) -> bool:
    """Whether nobody has ended the sitting this phone was last used in. One that just ran out rings on."""
    return at >= phone.sitting_ends_at or Session.objects.filter(session_key=phone.sitting).exists()


def _forget(phone: Phone) -> bool:
    Phone.objects.filter(pk=phone.pk).delete()
    return False


def _service(phone: Phone) -> str:
    return urlsplit(endpoints.opened(phone.sealed_endpoint) or "").netloc


def _whose(fault: Exception) -> Trouble:
    return Trouble.SERVER if isinstance(fault, OSError) else Trouble.ADDRESS
