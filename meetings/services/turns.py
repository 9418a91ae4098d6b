"""Chair, secretary, housekeeper: saying what one would like to do, taking a turn, giving it back, asking others.

Nobody is ever made to: what nobody takes stays open, and the page of the session says so.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from audit.services import record
from clock.london import day_of
from communities.asking import lock_both, settle
from communities.lifecycle import AskingState
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.timetable import How, Role
from meetings.models import AwayTime, Session, SessionRole
from meetings.models.day import RoleAsking, RoleChoice
from meetings.notifications.day import take_back_asked, take_back_given, tell_asked, tell_taken
from meetings.policies.day import may_hand_turn, may_have_turns, may_take_turn
from meetings.queries.rota_ground import may_be_given
from meetings.queries.timetable import lock_session
from meetings.queries.turns import fellows_for, lock_asking, lock_turn
from people.decisions import Conflict, Refused, require

# One answer for every reason, so that nobody learns from it who is kept apart from whom (domain, section 8).
NOT_YOURS = gettext_lazy(
    "This turn can’t be yours this time. If you have said that you can’t come, change that first. Any other reason is "
    "told to nobody. You can take another turn."
)
NOT_THEIRS = gettext_lazy(
    "This turn can’t go to them this time. If they have said that they can’t come, put that right first. Any other "
    "reason is told to nobody. Please choose somebody else."
)


@transaction.atomic
def choose_turns(*, by: Membership, roles: frozenset[str]) -> None:
    """Say what one would like to have a turn at now and then. Any active member, for themselves. Raises `Refused`.

    Turns one has already stay; each can be given back by itself.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_have_turns(member))
    for role in Role:
        given = {"willing": role in roles, "since": now}
        row, is_new = RoleChoice.objects.get_or_create(membership=member, role=role, defaults=given)
        if not is_new and row.willing != (role in roles):
            row.willing, row.since = role in roles, now
            row.save(update_fields=["willing", "since"])
    _record("choose turns", member, member.ref, now, kinds=len(roles & set(Role)))


@transaction.atomic
def take_turn(*, session: Session, role: str, by: Membership) -> SessionRole:
    """Take a turn that nobody has. Any active member, until the session is over. Twice is once.

    Raises `Refused`, with one answer for whoever can't come or is kept apart from somebody with a turn there, and
    `Conflict` where somebody was quicker.
    """
    member = lock_membership(by)
    row = lock_session(session.pk)
    turn = lock_turn(session.pk, role)
    now = clock.now()
    require(may_take_turn(member, row, now))
    if turn is not None and turn.membership_id == member.pk:
        return turn
    if turn is not None and may_have_turns(turn.membership):
        raise Conflict(_("Somebody was quicker: this has been taken."))
    if turn is not None:
        # Whose it was is away, or has left: nobody has it.
        free(turn, now)
    _require_goes(member, row, role, NOT_YOURS)
    return give(row, Role(role), member, How.OWN, now)


@transaction.atomic
def give_back_turn(*, session: Session, role: str, by: Membership) -> None:
    """Give one's turn back: nobody has it then, and the rota does not come back to oneself for this session.

    Only whose turn it is, until the session begins; nobody asks why. Raises `Refused`.
    """
    member = lock_membership(by)
    lock_session(session.pk)
    turn = lock_turn(session.pk, role)
    now = clock.now()
    _require_own(turn, member, now)
    assert turn is not None
    free(turn, now)
    # The trace by which the rota knows that they would rather not, this once.
    RoleAsking.objects.create(
        session=session, role=role, by=member, made_at=now, state=AskingState.WITHDRAWN, settled_at=now
    )
    _record("give back turn", member, session.ref, now, role=role)


@transaction.atomic
def ask_for_turn(
    *, session: Session, role: str, by: Membership, to: Membership | None = None, back: SessionRole | None = None
) -> RoleAsking:
    """Ask whether somebody takes one's turn; it stays one's own until then. Asked twice is asked once.

    `to`: only this one of those who would like to do it. `back`: a turn of theirs, for a swap. Raises `Refused` for
    a turn that is not one's own, and where there is nobody to ask.
    """
    member = lock_membership(by)
    lock_session(session.pk)
    turn = lock_turn(session.pk, role)
    now = clock.now()
    _require_own(turn, member, now)
    asked = [one for one in fellows_for(member, role, now) if to is None or one.pk == to.pk]
    if not asked or (back is not None and (to is None or back.membership_id != to.pk)):
        raise Refused(_("There is nobody here to ask."))
    given: dict[str, Any] = {"by": member, "to": to, "made_at": now}
    if back is not None:
        given |= {"back_session": back.session, "back_role": back.role}
    asking, is_new = RoleAsking.objects.get_or_create(
        session=session, role=role, state=AskingState.OPEN, defaults=given
    )
    if is_new:
        tell_asked(asking, asked, now)
        _record("ask for turn", member, asking.ref, now, role=role)
    return asking


@transaction.atomic
def take_over_turn(*, asking: RoleAsking, by: Membership) -> None:
    """Take over the turn that somebody asked about; with a swap they get the other one in return.

    Any active member who was asked. Raises `Conflict` where somebody was quicker or one of the turns is not there any
    more, `Refused` for whoever was not asked, and as `take_turn` does, for each of the two.
    """
    member, other = lock_both(by, asking.by)
    for pk in sorted({asking.session_id, asking.back_session_id or asking.session_id}):
        lock_session(pk)
    row = lock_asking(asking.pk)
    now = clock.now()
    require(may_take_turn(member, row.session, now))
    if row.by_id == member.pk or (row.to_id is not None and row.to_id != member.pk):
        raise Refused(_("Somebody else was asked."))
    settle(row, "take", now=now, taken_by=member)
    turn = _still_there(row.session, row.role, other, now)
    back = _still_there(row.back_session, row.back_role, member, now) if row.back_session else None
    _require_goes(member, row.session, row.role, NOT_YOURS)
    if back is not None:
        _require_goes(other, back.session, row.back_role, NOT_THEIRS)
    _take_away(turn, now)
    give(row.session, Role(row.role), member, How.SWAP, now)
    if back is not None and row.back_session:
        _take_away(back, now)
        give(row.back_session, Role(row.back_role), other, How.SWAP, now)
    tell_taken(row, now)
    _record("take over turn", member, row.ref, now, role=row.role)


@transaction.atomic
def stop_asking_for_turn(*, asking: RoleAsking, by: Membership) -> None:
    """Ask no more; the turn stays one's own. Only whoever asked. Raises `Refused`, `Conflict`."""
    member = lock_membership(by)
    row = lock_asking(asking.pk)
    now = clock.now()
    if row.by_id != member.pk:
        raise Refused(_("Only the one who asked can do this."))
    settle(row, "withdraw", now=now)
    take_back_asked(row, now)
    _record("stop asking for turn", member, row.ref, now)


@transaction.atomic
def hand_turn(*, session: Session, role: str, to: Membership, by: Membership) -> SessionRole:
    """Write down who does it after all, as it was agreed in the room. Whoever runs the session, about its time.

    From half an hour before it begins to its end. Raises `Refused`, also where that somebody is no active member here,
    and as `take_turn` does: what was agreed in the room puts nobody beside somebody they are kept apart from either.
    """
    member, other = lock_both(by, to)
    row = lock_session(session.pk)
    turn = lock_turn(session.pk, role)
    now = clock.now()
    require(may_hand_turn(member, row, now))
    require(may_take_turn(other, row, now))
    if turn is not None and turn.membership_id == other.pk:
        return turn
    _require_goes(other, row, role, NOT_THEIRS)
    if turn is not None:
        free(turn, now)
    return give(row, Role(role), other, How.GIVEN, now)


def free_turns_in(session: Session, member: Membership, now: datetime) -> None:
    """Free what a member who can't come has a turn at in a session that has not begun; in the room others say who does
    it. For services, under the locks of both."""
    if session.has_begun(now):
        return
    for turn in SessionRole.objects.filter(session=session, membership=member).order_by("pk"):
        free(turn, now)
        # It follows from what was said, by whomever: nobody gave it back.
        facts = {"role": turn.role}
        record(chain=member.community.chain, verb="free turn", actor="site", subject=session.ref, at=now, facts=facts)


def free_turns_within(away: AwayTime, now: datetime) -> None:
    """The same in each session of the days on which somebody is away, but where they have said whether they come.

    For services, under the member's lock; takes those of the sessions.
    """
    mine = Session.objects.planned().filter(roles__membership=away.membership_id, starts_at__gt=now)
    unsaid = mine.exclude(comings__membership=away.membership_id)
    for pk in unsaid.order_by("pk").values_list("pk", flat=True).distinct():
        session = lock_session(pk)
        if away.covers(day_of(session.starts_at)):
            free_turns_in(session, away.membership, now)


def free(turn: SessionRole, now: datetime) -> None:
    """Make a turn nobody's: whoever had it was told in vain, and nobody is asked about it any more. Under the session's
    lock."""
    asked = RoleAsking.objects.filter(session=turn.session_id, role=turn.role, state=AskingState.OPEN)
    for asking in asked.select_for_update(of=("self",)):
        settle(asking, "withdraw", now=now)
        take_back_asked(asking, now)
    _take_away(turn, now)


def give(session: Session, role: Role, member: Membership, how: How, now: datetime) -> SessionRole:
    """Give a turn that nobody has to a member. Under the session's lock."""
    turn = SessionRole.objects.create(session=session, role=role, membership=member, taken_at=now, how=how)
    _record("turn", member, session.ref, now, role=str(role), how=str(how))
    return turn


def _take_away(turn: SessionRole, now: datetime) -> None:
    take_back_given(turn, now)
    turn.delete()


def _require_goes(member: Membership, session: Session, role: str, said: Any) -> None:
    if not may_be_given(member, session, role):
        raise Refused(str(said))


def _require_own(turn: SessionRole | None, member: Membership, now: datetime) -> None:
    if turn is None or turn.membership_id != member.pk:
        raise Refused(_("This is not your turn."))
    if turn.session.has_begun(now):
        raise Refused(_("The session has begun. Say in the room who does it instead."))


def _still_there(session: Session | None, role: str, member: Membership, now: datetime) -> SessionRole:
    turn = lock_turn(session.pk, role) if session and not session.is_over(now) and session.takes_place else None
    if turn is None or turn.membership_id != member.pk or not may_have_turns(member):
        raise Conflict(_("This changed meanwhile: that turn is not there any more. Please look again."))
    return turn


def _record(verb: str, member: Membership, subject: str, now: datetime, **facts: Any) -> None:
    record(chain=member.community.chain, verb=verb, actor=member.ref, subject=subject, at=now, facts=facts)
