"""What concerns those who look after the board: its group of notices, and who may be told of it in quiet hours."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

import clock
from communities.duty import is_looking
from communities.lifecycle import Kind, Office, State
from communities.models import Membership
from notices.kinds import Group
from notices.models import Notice
from people.models import Person

WATCH = "watch"


def writes_on_a_board(person: Person, now: datetime) -> bool:
    """Whether somebody has a place from which they write, away or suspended too: not staff, not while still waiting."""
    own = Membership.objects.filter(person=person, kind=Kind.MEMBER).here()
    return bool(own.exclude(state=State.PROSPECTIVE).exists())


def _looks_after_a_board(person: Person, now: datetime) -> bool:
    own = Membership.objects.filter(person=person, state=State.ACTIVE)
    return own.in_office(frozenset(Office), now).exists() or own.filter(kind=Kind.STAFF).exists()


GROUP = Group(
    WATCH,
    _("For those who look after the board"),
    _("A post or a report waits for you. This comes at once, and in your quiet hours too while you are on duty."),
    can_wait=False,
    is_for=_looks_after_a_board,
)


def while_on_duty(notice: Notice) -> bool:
    """Whether a notice of this group may go out in its reader's quiet hours: they have said that they look now.

    Nobody off duty is woken (domain, section 8). The notice's key ends with its reader's membership.
    """
    return is_looking(int(notice.key.rpartition(":")[2]), clock.now())
