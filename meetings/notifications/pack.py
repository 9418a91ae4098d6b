"""That something on the agenda may be about danger: told to those who look, never what it is (safety checks, 6.5)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.watching import WATCH, while_on_duty
from communities import rota
from communities.duty import duty_hours, next_cover, watch
from communities.lifecycle import DECIDING_OFFICES, Kind, State
from communities.models import Hours, Membership
from communities.queries import apart_from, deciders
from meetings.lifecycle import ItemState
from meetings.models import AgendaItem
from meetings.notifications.community_meeting import copy_key
from notices import kinds
from notices.models import Notice
from notices.services import tell, withdraw

URGENT = "item_urgent"
# From here on it may be about danger now (boards.screening).
DANGER = 2


def register_all() -> None:
    """Make the kind known; called once, as the site starts."""
    kinds.register(
        URGENT,
        _("Something needs one of you to look at it soon."),
        still_wanted=_still_waits,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=_looks_after_it,
    )


def tell_urgent(item: AgendaItem, now: datetime) -> None:
    """Tell those on duty of an item that may be about danger; with nobody on duty each for when they next look, and
    staff for their cover hours. Nobody off duty is woken (domain, section 8). Never its bringer, nor whoever is kept
    apart from them.
    """
    if item.urgency < DANGER or item.by is None:
        return
    path = reverse("meetings:next", args=[item.community.slug])
    for member, due_at in _whom(item, item.by, now):
        key = f"{_key(item)}:{member.pk}"
        tell(person=member.person, kind=URGENT, key=key, path=path, now=now, due_at=due_at)


def end_notices(item: AgendaItem, now: datetime) -> None:
    """Take back what was told about an item that waits no more."""
    withdraw(key_prefix=copy_key(item), now=now)
    withdraw(key_prefix=f"{_key(item)}:", now=now)


def _key(item: AgendaItem) -> str:
    return f"{URGENT}:{item.pk}"


def _whom(item: AgendaItem, by: Membership, now: datetime) -> list[tuple[Membership, datetime]]:
    on_duty = watch(item.community, now, but_not=by).on_duty
    if on_duty:
        return [(member, now) for member in on_duty]
    not_they = apart_from(by, now) | {by.pk}
    hours: dict[int, list[Hours]] = {}
    for row in duty_hours(item.community, now):
        hours.setdefault(row.membership_id, []).append(row)
    found = {
        member: rota.next_look(hours.get(member.pk, []), now) or now
        for member in deciders(item.community, now).select_related("person")
    } | next_cover(item.community, now)
    return [(member, due_at) for member, due_at in found.items() if member.pk not in not_they]


def _still_waits(notice: Notice) -> bool:
    waits = AgendaItem.objects.filter(pk=int(notice.key.split(":")[1]), state=ItemState.WAITING)
    return waits.exists() and _looks_after_it(notice)


def _looks_after_it(notice: Notice) -> bool:
    member = Membership.objects.filter(pk=int(notice.key.rpartition(":")[2]))
    in_office: bool = member.in_office(DECIDING_OFFICES, clock.now()).exists()
    return in_office or member.filter(kind=Kind.STAFF, state=State.ACTIVE).exists()
