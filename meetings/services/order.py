"""The order of the day, changed part by part, and what a session is about today."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from meetings.day.order import LONGEST_TITLE, MOST_MINUTES, MOST_PARTS, Part
from meetings.lifecycle.day import PartKind
from meetings.models import Group, Session
from meetings.models.day import LONGEST_TOPIC, DayOrder, Topic
from meetings.policies.day import may_say_topic, may_write_order
from meetings.queries.day import newest_orders, parts_for
from meetings.queries.timetable import lock_group, lock_session
from people.decisions import Conflict, Refused, require

Parts = list[Part]


def _sooner(parts: Parts, at: int, part: Part | None) -> Parts:
    found = list(parts)
    if at > 0:
        found[at - 1], found[at] = found[at], found[at - 1]
    return found


def _later(parts: Parts, at: int, part: Part | None) -> Parts:
    return _sooner(parts, at + 1, part) if at + 1 < len(parts) else list(parts)


def _take_out(parts: Parts, at: int, part: Part | None) -> Parts:
    return [one for n, one in enumerate(parts) if n != at]


def _change(parts: Parts, at: int, part: Part | None) -> Parts:
    return [part if part and n == at else one for n, one in enumerate(parts)]


def _add(parts: Parts, at: int, part: Part | None) -> Parts:
    return [*parts, *([part] if part else [])]


VERBS: dict[str, Callable[[Parts, int, Part | None], Parts]] = {
    "sooner": _sooner,
    "later": _later,
    "take_out": _take_out,
    "change": _change,
    "add": _add,
}


@transaction.atomic
def change_order(
    *, by: Membership, group: Group | None, verb: str, seen: int, at: int = -1, part: Part | None = None
) -> DayOrder:
    """Change one part of the order of the community's sessions, or of one group's: `VERBS`, or "again" to begin anew.

    `at`: its place; `seen`: the number of the order that was looked at (0: none yet). What was before is kept.
    Whoever keeps the timetable, or that group. Raises `Refused`, `Conflict` where somebody changed it meanwhile,
    ValidationError.
    """
    member = lock_membership(by)
    locked = lock_group(group.pk) if group else None
    now = clock.now()
    require(may_write_order(member, locked, now))
    ours, own = newest_orders(member.community_id, locked.pk if locked else None)
    newest = own if locked else ours
    if (newest.pk if newest else 0) != seen:
        raise Conflict(_("Somebody changed the order meanwhile. Please look again."))
    parts = [] if verb == "again" else _changed(member, locked, verb, at, part)
    row = DayOrder.objects.create(
        community=member.community,
        group=locked,
        parts=[[one.kind, one.title, one.minutes] for one in parts],
        by=member,
        at=now,
    )
    subject = locked.ref if locked else "order"
    _record("change order", member, subject, now, parts=len(parts))
    return row


def _changed(member: Membership, group: Group | None, verb: str, at: int, part: Part | None) -> Parts:
    parts = parts_for(member.community_id, group.pk if group else None)
    if verb not in VERBS or (verb != "add" and not 0 <= at < len(parts)):
        raise Refused(_("There is no such part."))
    if part is not None:
        check_part(part)
    changed = VERBS[verb](parts, at, part)
    if not changed:
        raise Refused(_("One part has to stay. You can change it."))
    if len(changed) > MOST_PARTS:
        raise Refused(_("Twelve parts are enough for one session. Please take one out first."))
    return changed


def check_part(part: Part) -> None:
    """Raise ValidationError for a part without a name, or one that is too long."""
    wrong = {}
    if not part.title.strip():
        wrong["title"] = _("Please say what happens in this part.")
    if len(part.title) > LONGEST_TITLE:
        wrong["title"] = _("Please make it shorter: 80 letters at most.")
    if not 0 <= part.minutes <= MOST_MINUTES:
        wrong["minutes"] = _("Please give minutes from 1 to 600, or nothing.")
    if part.kind not in PartKind.values:
        wrong["kind"] = _("Please choose what it is.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def say_topic(*, session: Session, by: Membership, words: str) -> Topic:
    """Say what a session is about, in a few words; nothing takes it out. Whoever runs it, until it is over.

    Raises `Refused`, ValidationError.
    """
    if len(words) > LONGEST_TOPIC:
        raise ValidationError({"words": _("Please make it shorter: 120 letters at most.")})
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_say_topic(member, row, now))
    topic, _made = Topic.objects.update_or_create(session=row, defaults={"words": words, "by": member, "at": now})
    _record("say topic", member, row.ref, now)
    return topic


def _record(verb: str, member: Membership, subject: str, now: datetime, **facts: int) -> None:
    record(chain=member.community.chain, verb=verb, actor=member.ref, subject=subject, at=now, facts=facts)
