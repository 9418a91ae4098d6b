"""What each kind of motion does when it was carried: one function each, called once, in the transaction of the count.

Whether it is still possible was asked just before (`elections.motions.asking.why_not`). They raise what the services
below raise; then it is said that it could not happen any more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from boards.models import Thread
from boards.services import hold_all, open_to_staff
from communities.lifecycle import Kind
from communities.models import Membership
from communities.notifications import tell_admitted
from communities.queries import lock_membership, members_of_kind
from communities.services import change_rule, change_state
from elections.models import Motion, MotionWords
from elections.motions.lifecycle import MotionKind, Part, WordsState
from elections.seats.services import recall
from meetings.queries import next_meeting
from meetings.services import call_special_meeting
from moderation.services import end_suspension, suspend

# Where no community meeting is planned yet, staff who are asked in stay no longer than this.
UNTIL_A_MEETING = timedelta(days=7)


def _by_vote() -> str:
    return _("The members, by a vote")


def _why(motion: Motion) -> str:
    """Its proposer's words, where others may read them."""
    rows = MotionWords.objects.filter(motion=motion, part=Part.WHY, state=WordsState.SHOWN)
    return rows.values_list("text", flat=True).first() or ""


def _whom(motion: Motion) -> Membership:
    if motion.about is None:
        raise ValueError(f"{motion} is about nobody")
    return motion.about


def _admit(motion: Motion, now: datetime) -> None:
    member = change_state(membership=_whom(motion), verb="admit", by=motion.ref, facts={"basis": "motion"})
    tell_admitted(member, now)


def _change_rule(motion: Motion, now: datetime) -> None:
    change_rule(
        community=motion.community,
        key=motion.rule,
        value=motion.asks["new"],
        reason=_why(motion),
        decided_by=_by_vote(),
        by=motion.ref,
        now=now,
    )


def _suspend(motion: Motion, now: datetime) -> None:
    suspend(
        membership=_whom(motion),
        suspended_from=motion.asks["from"],
        until=now + timedelta(weeks=motion.asks["weeks"]),
        why=_why(motion) or _("The members have voted on it. The words that stood beside it are not shown now."),
        how="motion",
        by=motion.ref,
        by_role=_by_vote(),
        now=now,
    )


def _end_suspension(motion: Motion, now: datetime) -> None:
    end_suspension(membership=_whom(motion), by=motion.ref, why=_why(motion), now=now)


def _recall(motion: Motion, now: datetime) -> None:
    recall(membership=_whom(motion), by=motion.ref, now=now)


def _ask_staff_in(motion: Motion, now: datetime) -> None:
    days, meeting = motion.asks["days"], next_meeting(motion.community, now)
    until = now + (UNTIL_A_MEETING if days is None else timedelta(days=days))
    if days is None and meeting is not None and meeting.starts_at > now:
        until = meeting.starts_at
    open_to_staff(
        community=motion.community,
        staff=list(members_of_kind(motion.community, Kind.STAFF).filter(pk__in=motion.asks["staff"])),
        thread=Thread.objects.get(pk=motion.asks["thread"]) if motion.asks["thread"] else None,
        until=until,
        by=motion.ref,
        now=now,
    )


def _call_special_meeting(motion: Motion, now: datetime) -> None:
    # Staff read why a meeting is called, so it is not in a member's words.
    why = _("The members asked for it, by a vote.")
    call_special_meeting(community=motion.community, why=why, by=motion.ref, now=now)


def _hold_all(motion: Motion, now: datetime) -> None:
    if motion.about is not None:
        lock_membership(motion.about)
    hold_all(
        community=motion.community,
        membership=motion.about,
        until=now + timedelta(days=motion.asks["days"]),
        why=_why(motion),
        by=motion.ref,
        decided_by=_by_vote(),
        now=now,
    )


def _nothing(motion: Motion, now: datetime) -> None:
    """Members agreed on it; whoever said they would do it does it."""


EFFECTS: dict[MotionKind, Callable[[Motion, datetime], None]] = {
    MotionKind.ADMISSION: _admit,
    MotionKind.RULE: _change_rule,
    MotionKind.SUSPENSION: _suspend,
    MotionKind.RETURN: _end_suspension,
    MotionKind.RECALL: _recall,
    MotionKind.STAFF_INVITATION: _ask_staff_in,
    MotionKind.SPECIAL_MEETING: _call_special_meeting,
    MotionKind.HOLD_ALL: _hold_all,
    MotionKind.FREE: _nothing,
}
