"""Taking the register of a session, and correcting it: every change of a mark leaves a trace."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from meetings import registered
from meetings.lifecycle.coming import EXCUSED, Was
from meetings.models import Session
from meetings.models.register import Mark, MarkChange, Register
from meetings.policies.register import may_take_register
from meetings.queries.register import members_to_mark, register_of, sheet_of
from meetings.queries.timetable import lock_session
from people.decisions import Conflict, Refused, require

MOST_GUESTS = 200


@transaction.atomic
def take_register(
    *, session: Session, by: Membership, marks: Mapping[int, str], guests: int = 0, seen: int = 0
) -> Register:
    """Take the register, or correct it: `marks` by membership, "" for no mark; `seen`: the edition shown, 0 for none.

    Whoever runs the session, from half an hour before it. Who has no mark was not there. Whoever is not named keeps
    their mark. The same sent twice is one register. Raises `Refused`, and `Conflict` where it changed meanwhile,
    somebody on it does not belong here (any more), or one of those who were not here was no member yet.
    """
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_take_register(member, row, now))
    _check(row, marks, guests)
    register = register_of(row)
    if register is not None and (register.guests, _standing(register, marks)) == (guests, _wanted(marks)):
        return register
    if seen != (register.edition if register else 0):
        raise Conflict(_("Somebody else has saved this register meanwhile. Here is how it stands now."))
    if register is None:
        register = _take(row, member, marks, guests, now)
    else:
        _correct(register, member, marks, guests, now)
    registered.changed(row, now)
    return register


def _check(session: Session, marks: Mapping[int, str], guests: int) -> None:
    if not 0 <= guests <= MOST_GUESTS or any(was and was not in Was for was in marks.values()):
        raise Refused(_("Something on this page can't be right. Please look again."))
    known = members_to_mark(session).filter(pk__in=list(marks)).count()
    if known != len(marks):
        raise Conflict(_("Somebody on this page is not a member here any more. Please look again."))
    _check_belonged(session, {pk for pk, was in marks.items() if was == Was.NOT_HERE})


def _check_belonged(session: Session, absent: set[int]) -> None:
    """Whoever was not a member here yet was not away either: a register may be taken days later. Three queries."""
    if absent - {line.membership.pk for line in sheet_of(session).lines if line.belonged}:
        raise Conflict(_("Somebody on this page was not a member here yet on that day. Please look again."))


def _wanted(marks: Mapping[int, str]) -> dict[int, str]:
    return {pk: was for pk, was in marks.items() if was}


def _standing(register: Register, marks: Mapping[int, str]) -> dict[int, str]:
    """How those who are named stand in it now."""
    rows = Mark.objects.filter(register=register, membership__in=list(marks))
    return dict(rows.values_list("membership_id", "was"))


def _take(session: Session, by: Membership, marks: Mapping[int, str], guests: int, now: datetime) -> Register:
    register = Register.objects.create(session=session, taken_by=by, taken_at=now, guests=guests)
    wanted = _wanted(marks)
    Mark.objects.bulk_create(Mark(register=register, membership_id=pk, was=was) for pk, was in wanted.items())
    facts = {**_counted(wanted), "guests": guests, "register": register.pk}
    _record(session, by, "take register", facts, now)
    return register


def _correct(register: Register, by: Membership, marks: Mapping[int, str], guests: int, now: datetime) -> None:
    there = _standing(register, marks)
    changed = {pk: was for pk, was in marks.items() if there.get(pk, "") != was}
    for pk, became in changed.items():
        _mark(register, pk, became)
    MarkChange.objects.bulk_create(
        MarkChange(register=register, membership_id=pk, was=there.get(pk, ""), became=became, by=by, at=now)
        for pk, became in changed.items()
    )
    facts = {"changed": len(changed), "guests were": register.guests, "guests": guests, "register": register.pk}
    register.guests, register.edition = guests, register.edition + 1
    register.save(update_fields=["guests", "edition"])
    _record(register.session, by, "correct register", facts, now)


def _mark(register: Register, pk: int, became: str) -> None:
    if became:
        Mark.objects.update_or_create(register=register, membership_id=pk, defaults={"was": became})
    else:
        Mark.objects.filter(register=register, membership_id=pk).delete()


def _counted(wanted: Mapping[int, str]) -> dict[str, Any]:
    """Numbers only: how many, never who, and not for what reason."""
    counted = Counter(wanted.values())
    return {
        "here": counted[Was.HERE],
        "sent word": sum(counted[was] for was in EXCUSED),
        "not here": counted[Was.NOT_HERE],
    }


def _record(session: Session, by: Membership, verb: str, facts: dict[str, Any], now: datetime) -> None:
    record(chain=by.community.chain, verb=verb, actor=by.ref, subject=session.ref, at=now, facts=facts)
