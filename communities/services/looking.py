"""When somebody looks: the hours that the Top Three, alternates and staff set for themselves."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

import clock
from audit.services import record
from communities.models import Hours, Membership
from communities.policies import may_set_hours
from communities.queries import lock_membership
from people.decisions import require

Stretch = tuple[int, time, time]


@transaction.atomic
def set_hours(*, by: Membership, stretches: Iterable[Stretch]) -> None:
    """Replace one's own duty hours (staff: cover hours). Each stretch: weekday (0 Monday), from, to.

    Raises `Refused` for somebody without an office who is not staff.
    """
    member, now = _authorised(by)
    member.hours.filter(what=_what(member)).delete()
    _add(member, stretches)
    _record(member, now)


@transaction.atomic
def add_hours(*, by: Membership, stretches: Iterable[Stretch]) -> None:
    """Add to one's own hours; what is there already stays one. Raises `Refused` as `set_hours` does."""
    member, now = _authorised(by)
    there = set(member.hours.filter(what=_what(member)).values_list("weekday", "starts", "ends"))
    _add(member, [stretch for stretch in stretches if stretch not in there])
    _record(member, now)


@transaction.atomic
def remove_hours(*, by: Membership, pk: int) -> None:
    """Take one stretch out of one's own hours; one that is gone already is no trouble. Raises `Refused`."""
    member, now = _authorised(by)
    member.hours.filter(what=_what(member), pk=pk).delete()
    _record(member, now)


def _authorised(by: Membership) -> tuple[Membership, datetime]:
    member = lock_membership(by)
    now = clock.now()
    require(may_set_hours(member, now))
    return member, now


def _what(member: Membership) -> Hours.What:
    return Hours.What.COVER if member.is_staff else Hours.What.DUTY


def _add(member: Membership, stretches: Iterable[Stretch]) -> None:
    what = _what(member)
    rows = (Hours(membership=member, what=what, weekday=day, starts=at, ends=to) for day, at, to in stretches)
    Hours.objects.bulk_create(rows)


def _record(member: Membership, now: datetime) -> None:
    what = _what(member)
    facts = {"what": str(what), "stretches": member.hours.filter(what=what).count()}
    record(chain=member.community.chain, verb="set hours", actor=member.ref, subject=member.ref, at=now, facts=facts)
