"""The rota: taking a time of looking, leaving one out, asking others to take one over, and taking over from them.

Nobody is ever made to: what nobody takes is shown as a gap, and whoever waits is told so.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities import hours, rota_notices, turns
from communities.asking import lock_both, settle
from communities.lifecycle import AskingState
from communities.models import Asking, Hours, Membership
from communities.policies import may_set_hours
from communities.queries import lock_membership
from communities.rota import Look, without
from people.decisions import Conflict, Refused, require


@transaction.atomic
def take_turn(*, by: Membership, on: date, starts: time, ends: time) -> None:
    """Say that one looks on one day, from and to by London's clock. Those in office, alternates, staff.

    What one looks at already stays one. Raises `Refused` for a time that is over or too far ahead.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_set_hours(member, now))
    span = hours.span_on(on, starts, ends)
    if not now < span.ends_at or not span.begins_at < span.ends_at:
        raise Refused(_("That time is over already."))
    if span.begins_at > now + turns.MOST_AHEAD:
        raise Refused(_("That is too far ahead. Please come back nearer the day."))
    _give(member, on, starts, ends, now)
    _record("take a turn", member, member.ref, on, now)


@transaction.atomic
def leave_out(*, by: Membership, pk: int, on: date) -> None:
    """Say that one can't look at one of one's own times on one day; the rest of the week stays as it is.

    Raises Http404 for what is not one's own, or over.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_set_hours(member, now))
    look = turns.own_look(member, pk, on, now)
    _take_out(look)
    _withdraw_for(look, now)
    _record("leave out a turn", member, member.ref, on, now)


@transaction.atomic
def ask_others(
    *, by: Membership, pk: int, on: date, to: Membership | None = None, in_return: tuple[int, date] | None = None
) -> Asking:
    """Ask whether somebody takes one of one's own times; it stays one's own until then. Asked twice is asked once.

    `to`: only this one of those on the same rota. `in_return`: the number and day of a time of theirs, for a swap.
    Raises Http404 for a time that is not one's own or not theirs, `Refused` for somebody who is not on the rota.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_set_hours(member, now))
    look = turns.own_look(member, pk, on, now)
    fellow = turns.fellows(member, now)
    asked = [one for one in fellow if to is None or one.pk == to.pk]
    if not asked:
        raise Refused(_("There is nobody here to ask."))
    back = turns.own_look(asked[0], *in_return, now) if to and in_return else None
    asking, is_new = Asking.objects.get_or_create(
        by=member,
        on=look.on,
        starts=hours.local_time(look.span.begins_at),
        state=AskingState.OPEN,
        defaults={"ends": hours.local_time(look.span.ends_at), "to": to, "made_at": now, **_back(back)},
    )
    if is_new:
        rota_notices.tell_asked(asking, asked, now)
        _record("ask to take over", member, asking.ref, on, now)
    return asking


def _back(look: Look | None) -> dict[str, object]:
    if look is None:
        return {}
    starts, ends = hours.local_time(look.span.begins_at), hours.local_time(look.span.ends_at)
    return {"back_on": look.on, "back_starts": starts, "back_ends": ends}


@transaction.atomic
def take_over(*, asking: Asking, by: Membership) -> None:
    """Take over what another asked; with a swap they get the time in return. Somebody on the same rota.

    Raises `Conflict` where somebody was quicker, or one of the two times is not there any more; `Refused` for whoever
    was not asked.
    """
    member, other = lock_both(by, asking.by)
    row = turns.lock_asking(asking.pk)
    now = clock.now()
    require(may_set_hours(member, now))
    require(turns.may_take_over(member, row, [one.pk for one in turns.fellows(member, now)]))
    settle(row, "take", now=now, taken_by=member)
    given = _still_there(other, row.on, row.starts, now)
    back = None
    if row.back_on and row.back_starts and row.back_ends:
        back = _still_there(member, row.back_on, row.back_starts, now)
    _take_out(given)
    _give(member, row.on, row.starts, row.ends, now)
    if back and row.back_on and row.back_starts and row.back_ends:
        _take_out(back)
        _give(other, row.back_on, row.back_starts, row.back_ends, now)
    rota_notices.tell_taken(row, now)
    _record("take over", member, row.ref, row.on, now)


@transaction.atomic
def stop_asking(*, asking: Asking, by: Membership) -> None:
    """Ask no more; the time stays one's own. Only whoever asked. Raises `Refused`, `Conflict`."""
    member = lock_membership(by)
    row = turns.lock_asking(asking.pk)
    now = clock.now()
    if row.by_id != member.pk:
        raise Refused(_("Only the one who asked can do this."))
    _withdraw(row, now)
    _record("stop asking", member, row.ref, row.on, now)


def _still_there(member: Membership, on: date, starts: time, now: datetime) -> Look:
    look = turns.find_look(member, on, starts, now) if may_set_hours(member, now) else None
    if look is None:
        raise Conflict(_("This changed meanwhile: that time is not there any more. Please look again."))
    return look


def _take_out(look: Look) -> None:
    if look.row.on:
        look.row.delete()
        return
    begins, ends = (hours.local_time(at) for at in look.span)
    _store(look.member, Hours.What.OFF, look.on, begins, ends)


def _give(member: Membership, on: date, starts: time, ends: time, now: datetime) -> None:
    # Whoever said that they can't, and can after all, has their week as it was.
    member.hours.filter(what=Hours.What.OFF, on=on, starts=starts, ends=ends).delete()
    span = hours.span_on(on, starts, ends)
    if without(span, [look.span for look in turns.looks_of(member, now)]):
        _store(member, Hours.What.TURN, on, starts, ends)


def _store(member: Membership, what: Hours.What, on: date, starts: time, ends: time) -> None:
    Hours.objects.create(membership=member, what=what, weekday=on.weekday(), starts=starts, ends=ends, on=on)


def _withdraw_for(look: Look, now: datetime) -> None:
    starts = hours.local_time(look.span.begins_at)
    mine = Asking.objects.filter(by=look.member, on=look.on, starts=starts, state=AskingState.OPEN)
    for asking in mine.select_for_update(of=("self",)):
        _withdraw(asking, now)


def _withdraw(row: Asking, now: datetime) -> None:
    settle(row, "withdraw", now=now)
    rota_notices.take_back_asked(row, now)


def _record(verb: str, member: Membership, subject: str, on: date, now: datetime) -> None:
    facts = {"on": on.isoformat()}
    record(chain=member.community.chain, verb=verb, actor=member.ref, subject=subject, at=now, facts=facts)
