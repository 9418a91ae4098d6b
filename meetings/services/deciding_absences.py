"""When no answer came: one of those who look after this place decides; or two did, elsewhere (domain, section 2)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.lifecycle import DECIDING_OFFICES, Office, State
from communities.models import Membership
from communities.queries import lock_membership, offices_of
from meetings.after_silence import change_standing
from meetings.lifecycle.attendance import ABSENCE_STEPS, AbsenceOutcome, AbsenceState, After
from meetings.models import AbsenceCase
from meetings.notifications.letters import tell_inactive
from meetings.policies.attendance import may_decide_absence
from meetings.queries.absences import lock_absence, open_absences
from meetings.queries.standings import attendance_of
from meetings.services.absences import changed_meanwhile, check_open, close, lock_case, note
from people.decisions import Conflict, Refused, require
from people.transitions import target

LONGEST_WHY = 2000


@transaction.atomic
def make_inactive(*, case: AbsenceCase, by: Membership, words: str) -> AbsenceCase:
    """Decide that somebody is inactive for now, and tell them: what, why, by whom, and how to come back.

    One of the Top Three in office, where the rule says so, once the time to answer is over; counted again first: with a
    sign of them meanwhile the letter ends instead. `words`: what they read. Raises `Refused`, ValidationError for words
    that are too long, `Conflict` when they answered, or somebody else has decided.
    """
    row, member, about, now = _lock(case, by, words)
    if row.after != After.INACTIVE:
        raise Refused(_("Our rule has something else here."))
    if not attendance_of(about.community, now, since=row.row[0], members=[about.pk]).stands(row):
        raise Conflict(_("It was counted again: there was a sign of them meanwhile. Nothing follows from this letter."))
    _decide(row, AbsenceOutcome.INACTIVE, member, words, now)
    change_standing(membership=about, verb="make_inactive", by=member.ref)
    tell_inactive(row, now)
    return row


@transaction.atomic
def leave_as_it_is(*, case: AbsenceCase, by: Membership, words: str = "") -> AbsenceCase:
    """Decide that nothing follows; counting begins anew. Who, when and what is raised: as `make_inactive`."""
    row, member, _about, now = _lock(case, by, words)
    _decide(row, AbsenceOutcome.LEFT, member, words, now)
    return row


def _lock(case: AbsenceCase, by: Membership, words: str) -> tuple[AbsenceCase, Membership, Membership, datetime]:
    if len(words) > LONGEST_WHY:
        raise ValidationError({"words": _("Please make it shorter: 2,000 letters at most.")})
    about, row, now = lock_case(case, by)
    member = lock_membership(by)
    check_open(row)
    require(may_decide_absence(member, row, now))
    return row, member, about, now


def _decide(row: AbsenceCase, outcome: AbsenceOutcome, member: Membership, words: str, now: datetime) -> None:
    row.state = target(ABSENCE_STEPS, "decide", row.state, said=changed_meanwhile())
    row.decided_by, row.by_role, row.why = member, _role(member, now), words.strip()
    close(row, outcome, was_proposed=False, now=now)
    note(row, "decide on letter", member.ref, now, how=str(outcome))


def _role(member: Membership, now: datetime) -> str:
    held = offices_of(member, now) & DECIDING_OFFICES
    return _("One of the Top Three") if Office.TOP_THREE in held else _("One of the caretakers")


@transaction.atomic
def settle_proposed(*, about: Membership, suspended: bool, by: str, now: datetime) -> None:
    """Write down what two of the Top Three came to, where a letter without an answer was laid before them.

    Called by moderation in the transaction that decides it, both memberships locked. Where there is none, nothing.
    """
    found = open_absences(about.community).filter(membership=about, state=AbsenceState.PROPOSED).first()
    if found is None:
        return
    row = lock_absence(found.pk)
    row.state = target(ABSENCE_STEPS, "decide", row.state, said=changed_meanwhile())
    outcome = AbsenceOutcome.SUSPENDED if suspended else AbsenceOutcome.LEFT
    close(row, outcome, was_proposed=False, now=now)
    note(row, "decide on letter", by, now, how=str(outcome))


def still_without_a_sign(about: Membership, now: datetime) -> bool:
    """Whether what a letter was begun for still stands, counted anew, where its silence was laid before two.

    Called by moderation under the membership's lock, before somebody says yes to it. Where no letter was laid before
    them there is nothing to count. Five queries.
    """
    found = open_absences(about.community).filter(membership=about, state=AbsenceState.PROPOSED).first()
    if found is None:
        return True
    attendance = attendance_of(about.community, now, since=found.row[0], members=[about.pk])
    return attendance.stands(found)


@transaction.atomic
def undo_inactive(*, about: Membership, by: str) -> None:
    """Undo what one decided, where an objection to it was heard. Where they are not inactive any more it does nothing.

    Called by moderation in its transaction.
    """
    member = lock_membership(about)
    if member.state == State.INACTIVE:
        change_standing(membership=member, verb="welcome_back", by=by)
