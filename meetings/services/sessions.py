"""One session: moved, called off, held after all, or added beside what the rules name."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Community, Membership
from communities.queries import lock_membership
from meetings.lifecycle.timetable import SESSION_STEPS, Change, GroupKind
from meetings.models import Group, Session
from meetings.notifications.timetable import tell_of_sessions
from meetings.policies.timetable import may_change_group, may_change_session, may_keep_timetable, may_start_group
from meetings.queries import lock_group, lock_session
from meetings.said import Moved, SessionSaid
from meetings.services.checking import LONGEST_WHY, check_ahead, check_moved, check_said
from meetings.services.in_step import follow_session
from meetings.services.moving import check_no_register, check_not_begun
from meetings.services.reviewing import close_reviews
from people.decisions import Conflict, Refused, require
from people.transitions import target

# Nobody has more than one session every quarter of an hour: a form that runs wild stops here.
MOST_A_DAY = 40
_SHOWN = ("starts_at", "ends_at", "venue_id", "place", "link", "why_words")


@transaction.atomic
def move_session(*, session: Session, by: Membership, said: Moved, seen: int) -> Session:
    """Give one session another time or place; its group goes on as it was. Those who come are told.

    Whoever may change it, until it has begun. `seen`: its edition (`sequence`). Raises `Refused`, `Conflict` when it
    was changed or called off meanwhile, ValidationError.
    """
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_change_session(member, row, now))
    check_not_begun(row, now)
    check_no_register(row)
    check_moved(said, row.community)
    check_ahead(said.starts_at, now)
    before = {name: getattr(row, name) for name in _SHOWN}
    row.state = target(SESSION_STEPS, "move", row.state, said=_changed_meanwhile())
    row.starts_at, row.ends_at = said.starts_at, said.starts_at + timedelta(minutes=said.minutes)
    row.venue, row.place, row.link, row.why_words = said.venue, said.place, said.link, said.why
    if all(getattr(row, name) == value for name, value in before.items()):
        return row
    if row.sequence != seen:
        raise Conflict(_changed_meanwhile())
    row.change = Change.MOVED
    # A plan that was opened for this session stays open to nobody until an hour that is another by now.
    close_reviews([row], by=member.ref)
    _save(row, member, "move session", now)
    return row


@transaction.atomic
def cancel_session(*, session: Session, by: Membership, why: str = "") -> Session:
    """Call one session off; those who come are told. Whoever may change it, until it is over. Twice is once.

    Raises `Refused`, `Conflict`, and ValidationError for words that are too long.
    """
    _check_why(why)
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_change_session(member, row, now))
    if row.change == Change.CANCELLED:
        return row
    row.state = target(SESSION_STEPS, "cancel", row.state, said=_changed_meanwhile())
    row.change, row.why_words = Change.CANCELLED, why
    close_reviews([row], by=member.ref)
    _save(row, member, "cancel session", now)
    return row


@transaction.atomic
def hold_session(*, session: Session, by: Membership) -> Session:
    """Hold a session after all that was called off, by somebody or by a bank holiday. Whoever may change it.

    Twice is once. Raises `Refused`, and `Conflict` for one that the timetable does not name any more.
    """
    member = lock_membership(by)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_change_session(member, row, now))
    check_not_begun(row, now)
    if row.takes_place:
        return row
    if row.change == Change.DROPPED:
        raise Conflict(_("The timetable does not name this day any more. You can add an extra session."))
    row.state = target(SESSION_STEPS, "hold", row.state, said=_changed_meanwhile())
    row.change, row.why_words = Change.EXTRA if row.is_extra else "", ""
    _save(row, member, "hold session", now)
    return row


@transaction.atomic
def add_session(*, by: Membership, said: SessionSaid, form_key: UUID, group: Group | None = None) -> Session:
    """Add a session that no rule names: an extra one of a group, or one of its own.

    Staff and the Top Three in office; of a group, whoever may change it; a member who takes part, one that members
    lead and no rule counts. A community meeting is planned as such (`plan_meeting`). The same form twice is one. Raises
    `Refused`, ValidationError.
    """
    member = lock_membership(by)
    row = lock_group(group.pk) if group is not None else None
    now = clock.now()
    require(may_change_group(member, row, now) if row is not None else may_start_group(member, now))
    if (sent := Session.objects.filter(made_by=member, form_key=form_key).first()) is not None:
        return sent
    check_said(said, member.community)
    check_ahead(said.starts_at, now)
    _check_kind(said)
    _check_not_too_many(member.community, said.starts_at)
    keeps = bool(may_keep_timetable(member, now))
    added = _added(member, row, said, keeps=keeps)
    added.form_key, added.changed_at = form_key, now
    added.change = Change.EXTRA if added.is_extra else ""
    added.save()
    _record(added, "add session", member, now)
    return added


def _added(member: Membership, group: Group | None, said: SessionSaid, *, keeps: bool) -> Session:
    led = group.member_led if group is not None else said.member_led or not keeps
    return Session(
        community=member.community,
        group=group,
        title=said.title.strip(),
        about=said.about,
        kind=group.kind if group is not None else said.kind if keeps else GroupKind.GROUP,
        counts=said.counts and keeps,
        starts_at=said.starts_at,
        ends_at=said.starts_at + timedelta(minutes=said.minutes),
        venue=said.venue,
        place=said.place,
        link=said.link,
        room=said.room,
        facilitator=None if led else said.facilitator,
        member_led=led,
        by_hand=True,
        made_by=member,
    )


def _check_kind(said: SessionSaid) -> None:
    if said.kind == GroupKind.MEETING:
        raise Refused(_("A community meeting is planned on the page of meetings."))


def _check_not_too_many(community: Community, starts_at: datetime) -> None:
    around = timedelta(hours=12)
    there = Session.objects.between(starts_at - around, starts_at + around).filter(community=community)
    if there.count() >= MOST_A_DAY:
        raise Refused(_("That day is full already. Please choose another one."))


def _check_why(why: str) -> None:
    if len(why) > LONGEST_WHY:
        raise ValidationError({"words": _("Please make it shorter: 300 letters at most.")})


def _changed_meanwhile() -> str:
    return _("Somebody has changed this session meanwhile. Please look again.")


def _save(row: Session, member: Membership, verb: str, now: datetime) -> None:
    row.by_hand, row.changed_at = True, now
    row.sequence += 1
    row.save()
    follow_session(row, member.ref, now)
    if row.meeting_id is None:
        # Of a meeting everybody is told by the meeting itself.
        tell_of_sessions([row], now)
    _record(row, verb, member, now)


def _record(row: Session, verb: str, by: Membership, now: datetime) -> None:
    facts = {"kind": str(row.kind), "counts": row.counts, "starts": row.starts_at.isoformat()}
    record(chain=row.community.chain, verb=verb, actor=by.ref, subject=row.ref, at=now, facts=facts)
