"""Putting a group on the timetable, changing it, ending it."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from clock.london import day_of
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.timetable import GROUP_STEPS, GroupKind, GroupState
from meetings.models import Group
from meetings.notifications.timetable import tell_of_sessions
from meetings.policies.timetable import may_change_group, may_keep_timetable, may_start_group
from meetings.queries import lock_group
from meetings.said import GroupSaid
from meetings.services.checking import check_last_day, check_rule, check_said
from meetings.services.laying import lay_out
from people.decisions import Conflict, Refused, require
from people.transitions import target

MOST_GROUPS = 60
# What a group takes over word for word.
_PLAIN = [each.name for each in fields(GroupSaid) if each.name not in {"often", "first_day"}]


@transaction.atomic
def start_group(*, by: Membership, said: GroupSaid, form_key: UUID) -> Group:
    """Put a group on the timetable and lay it out half a year ahead.

    Staff and the Top Three in office, every kind; a member who takes part, one that members lead and no rule counts.
    The same form twice is one group. Raises `Refused`, and ValidationError for a rule that names no day ahead or an
    hour that the clocks leave out.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_start_group(member, now))
    if (sent := Group.objects.filter(made_by=member, form_key=form_key).first()) is not None:
        return sent
    if Group.objects.running().filter(community=member.community).count() >= MOST_GROUPS:
        raise Refused(_("There are very many groups already. Please end one first."))
    said = _as_allowed(said, member, now)
    held = _checked(said, member, now)
    group = Group.objects.create(
        community=member.community, made_by=member, made_at=now, changed_at=now, form_key=form_key, **held
    )
    lay_out(group, now)
    _record(group, "start group", member, now)
    return group


@transaction.atomic
def change_group(*, group: Group, by: Membership, said: GroupSaid, seen: int) -> Group:
    """Change a group from now on: what has begun, and what was changed by hand, stays. Whoever sees it coming is told.

    Whoever keeps the timetable, and of a group that members lead whoever started it. `seen`: the edition that was
    changed. Raises `Refused`, `Conflict` when somebody changed it meanwhile, ValidationError.
    """
    member = lock_membership(by)
    row = lock_group(group.pk)
    now = clock.now()
    require(may_change_group(member, row, now))
    said = _as_allowed(said, member, now)
    # Another kind would make of sessions that were held something they were not.
    held = _checked(replace(said, kind=row.kind), member, now)
    if all(getattr(row, name) == value for name, value in held.items()):
        return row
    if row.edition != seen:
        raise Conflict(_("Somebody has changed this group meanwhile. Please look again."))
    row.state = target(GROUP_STEPS, "change", row.state, said=_("This group has ended."))
    for name, value in held.items():
        setattr(row, name, value)
    row.changed_at, row.edition = now, row.edition + 1
    row.save()
    tell_of_sessions(lay_out(row, now).changed, now)
    _record(row, "change group", member, now)
    return row


@transaction.atomic
def end_group(*, group: Group, by: Membership, after: date) -> Group:
    """End a group after a day, today at the earliest: all that was ahead later is dropped, and those who come are told.

    Whoever may change it. Twice is once. Raises `Refused`, `Conflict`, and ValidationError for a day that has gone by.
    """
    member = lock_membership(by)
    row = lock_group(group.pk)
    now = clock.now()
    check_last_day(after, now)
    ended_on = after + timedelta(days=1)
    if row.state == GroupState.ENDED and row.ended_on == ended_on and row.community_id == member.community_id:
        return row
    require(may_change_group(member, row, now))
    if ended_on < day_of(now):
        raise ValidationError({"day": _("Please choose today or a day that is still to come.")})
    row.state = target(GROUP_STEPS, "end", row.state, said=_("This group has ended already."))
    row.ended_on, row.changed_at, row.edition = ended_on, now, row.edition + 1
    row.save(update_fields=["state", "ended_on", "changed_at", "edition"])
    tell_of_sessions(lay_out(row, now).changed, now)
    _record(row, "end group", member, now)
    return row


def _as_allowed(said: GroupSaid, member: Membership, now: datetime) -> GroupSaid:
    """What this member may say of a group: those who don't keep the timetable, a group that members lead."""
    if may_keep_timetable(member, now):
        return said
    return replace(said, kind=GroupKind.GROUP, counts=False, member_led=True, facilitator=None)


def _checked(said: GroupSaid, member: Membership, now: datetime) -> dict[str, Any]:
    """The group's fields, once all that was said of it holds. Raises `Refused` and ValidationError."""
    check_said(said, member.community)
    rule, first = check_rule(said, now)
    plain = {name: getattr(said, name) for name in _PLAIN}
    return plain | {"title": said.title.strip(), "rule": rule, "first_day": first}


def _record(group: Group, verb: str, by: Membership, now: datetime) -> None:
    """On record: that it happened, and what of it rules count. Neither its name nor its words."""
    facts: dict[str, Any] = {"kind": str(group.kind), "counts": group.counts, "rule": group.rule}
    if group.ended_on is not None:
        facts["ended on"] = group.ended_on.isoformat()
    record(chain=group.community.chain, verb=verb, actor=by.ref, subject=group.ref, at=now, facts=facts)
