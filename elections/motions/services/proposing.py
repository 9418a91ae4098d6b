"""Proposing a motion, and taking it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership, rules_of
from elections.models import Motion, SelectionDay
from elections.motions import agenda
from elections.motions.asking import Asked, checked, why_not
from elections.motions.lifecycle import MOTION_STEPS, URGENT, MotionKind, Part, WhyNot
from elections.motions.notifications import end_notices, tell_of, tell_whom_it_is_about
from elections.motions.policies import MOST_OPEN_OF_ONE, may_propose, may_withdraw
from elections.motions.queries import lock_motion, own_open, whom_it_may_be_about
from elections.motions.services.opening import open_motion
from elections.motions.services.words import put_beside
from elections.queries import electorate_of
from elections.services import cancel_poll
from people.decisions import Conflict, Refused, require
from people.transitions import target


@transaction.atomic
def propose_motion(*, by: Membership, asked: Asked) -> Motion:
    """Put something to the members; a selection day makes one motion for each candidate, and the first is returned.

    Any member who takes part. The vote opens by itself when the time to talk it over has passed; at once for what
    cannot wait. The same form is one proposal. Raises `Refused` (about oneself; three are open already), `Conflict`
    (the same is open already, or cannot be any more), ValidationError in words for the form, Http404 for somebody or
    something that is not of this community.
    """
    member = lock_membership(by)
    now = clock.now()
    _may(member, asked, now)
    if (
        before := Motion.objects.filter(proposed_by=member, form_key=asked.form_key).order_by("pk").first()
    ) is not None:
        return before
    if own_open(member) >= MOST_OPEN_OF_ONE:
        raise Refused(_("Three things that you proposed are open now. Please wait until one of them is decided."))
    asks = checked(asked, member, now)
    talk = timedelta(0 if asked.kind in URGENT else rules_of(member.community).motion_talk_days)
    day = None
    if asked.day is not None and asked.kind == MotionKind.ADMISSION:
        day = SelectionDay.objects.create(community=member.community, day=asked.day, made_by=member, made_at=now)
    made = _all_or_none(member, asked, _Around(asks, day, talk, now))
    for motion in made:
        _let_know(motion, asked, now)
    return made[0]


def _may(member: Membership, asked: Asked, now: datetime) -> None:
    for about in asked.about or (None,):
        require(may_propose(member, about))
    there = {other.pk for other in whom_it_may_be_about(asked.kind, member, now)} if asked.about else set()
    # Missing, of another community, or away for a reason that the asker need not know: all the same.
    if not {about.pk for about in asked.about} <= there:
        raise Http404


@dataclass(frozen=True)
class _Around:
    """What every motion of one proposal has in common."""

    asks: dict[str, Any]
    day: SelectionDay | None
    talk: timedelta
    now: datetime


def _all_or_none(member: Membership, asked: Asked, around: _Around) -> list[Motion]:
    try:
        with transaction.atomic():
            return [_put(member, asked, about, around) for about in asked.about or (None,)]
    except IntegrityError:
        said = _("The same has been proposed already, and is not decided yet. You find it on the page of votes.")
        raise Conflict(said) from None


def _put(member: Membership, asked: Asked, about: Membership | None, around: _Around) -> Motion:
    motion = Motion.objects.create(
        community=member.community,
        kind=asked.kind,
        proposed_by=member,
        proposed_at=around.now,
        about=about,
        rule=asked.rule,
        selection_day=around.day,
        asks=around.asks,
        opens_at=around.now + around.talk,
        form_key=asked.form_key,
    )
    if (why := why_not(motion, around.now)) is not None:
        raise Conflict(str(WhyNot(why).label))
    return motion


def _let_know(motion: Motion, asked: Asked, now: datetime) -> None:
    written = {"title": asked.title, "questions": asked.questions, "text": asked.words}
    put_beside(motion, Part.WHY, motion.proposed_by, written, now)
    facts = {"kind": motion.kind, "rule": motion.rule} if motion.rule else {"kind": motion.kind}
    chain, by = motion.community.chain, motion.proposed_by.ref
    record(chain=chain, verb="propose motion", actor=by, subject=motion.ref, at=now, facts=facts)
    tell_whom_it_is_about(motion, "about_you", now)
    agenda.put(motion, now)
    if motion.opens_at <= now:
        open_motion(motion.pk)
        return
    others = electorate_of(motion.community, but_not=[pk for pk in (motion.about_id, motion.proposed_by_id) if pk])
    tell_of(motion, "proposed", others, now)


@transaction.atomic
def withdraw_motion(*, motion: Motion, by: Membership) -> None:
    """Take a motion back before its vote has closed; what was voted is destroyed uncounted. Its proposer.

    Raises `Refused`, `Conflict` once it is decided or the vote has closed.
    """
    member = lock_membership(by)
    if motion.community_id != member.community_id:
        raise Http404
    require(may_withdraw(member, motion))
    now = clock.now()
    if motion.poll is not None:
        cancel_poll(poll=motion.poll, by=member.ref, now=now)
    row = lock_motion(motion.pk)
    said = _("This has changed meanwhile. Please look again.")
    if row.poll_id != motion.poll_id:
        raise Conflict(said)
    row.state = target(MOTION_STEPS, "withdraw", row.state, said=said)
    row.decided_at = now
    row.save(update_fields=["state", "decided_at"])
    end_notices(row, now)
    agenda.take_off(row, by=member.ref, now=now)
    record(chain=row.community.chain, verb="withdraw motion", actor=member.ref, subject=row.ref, at=now)
