"""The group's letter: written and agreed by members, on its way, reached, answered by one tap (domain, section 2)."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clock.london import day_of
from communities.apart import apart_from
from communities.models import Membership
from communities.policies import takes_part
from communities.queries import lock_membership
from meetings.lifecycle.attendance import (
    ABSENCE_STEPS,
    BY_HAND,
    SENT_ABSENCES,
    AbsenceOutcome,
    AbsenceState,
    LetterAnswer,
    Reached,
)
from meetings.models import LONGEST_LETTER, AbsenceCase, LetterReached, LetterVoice, LetterWords
from meetings.notifications.letters import tell_answered, tell_of_letter
from meetings.policies.attendance import may_note_reached, may_read_own_letters, may_write_letter
from meetings.services.absences import changed_meanwhile, check_open, close, lock_case, note
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target

VOICES_NEEDED = 2
# Of one letter and one member: whoever can't stop leaves the others their say, and its history can be read.
MOST_VERSIONS_EACH = 10


@transaction.atomic
def write_letter(*, case: AbsenceCase, by: Membership, words: str, seen: int) -> LetterWords:
    """Put other words in place of the letter's; it is also its writer's yes to them. Earlier voices count no more.

    Active members, while it is being written; never the one it is to, nor anybody kept apart from them. `seen`: the
    version they had before them. Each puts in other words ten times at most. Raises `Refused`, ValidationError for
    words that are too long or none, `Conflict` when somebody else has changed them meanwhile, or it is agreed.
    """
    _about, row, now, member = _lock(case, by)
    require(may_write_letter(member, row, now))
    last = _newest(row, seen)
    said = words.strip()
    if not said or len(said) > LONGEST_LETTER:
        raise ValidationError({"words": _("Please write something, up to 3,000 letters.")})
    if said == last.words:
        return last
    if LetterWords.objects.filter(case=row, by=member).count() >= MOST_VERSIONS_EACH:
        raise Refused(
            _("You have put other words in ten times. Now it is the others' turn: one of them can put these in.")
        )
    letter = LetterWords.objects.create(case=row, number=last.number + 1, words=said, by=member, at=now)
    LetterVoice.objects.create(letter=letter, by=member, at=now)
    note(row, "write letter", member.ref, now, version=letter.number)
    return letter


@transaction.atomic
def agree_letter(*, case: AbsenceCase, by: Membership, seen: int) -> bool:
    """Say yes to the words as they are; with the second different member it goes on its way, and True is returned.

    Who may and what is raised: as `write_letter`. Twice by the same is once. A voice counts while its member takes
    part and is not kept apart from the one it is to.
    """
    about, row, now, member = _lock(case, by)
    require(may_write_letter(member, row, now))
    letter = _newest(row, seen)
    LetterVoice.objects.get_or_create(letter=letter, by=member, defaults={"at": now})
    apart = apart_from(about, now)
    voices = [voice.by for voice in letter.voices.select_related("by") if voice.by_id not in apart]
    if sum(takes_part(one) for one in voices) < VOICES_NEEDED:
        note(row, "agree to letter", member.ref, now, version=letter.number)
        return False
    row.state = target(ABSENCE_STEPS, "agree", row.state, said=changed_meanwhile())
    row.sent_at = now
    row.save(update_fields=["state", "sent_at"])
    withdraw(key_prefix=f"{row.ref}:begun", now=now)
    tell_of_letter(row, now)
    note(row, "send letter", member.ref, now, version=letter.number)
    return True


def _lock(case: AbsenceCase, by: Membership) -> tuple[Membership, AbsenceCase, datetime, Membership]:
    """Both memberships in order, then the row: about, row, now, by."""
    about, row, now = lock_case(case, by)
    member = lock_membership(by)
    check_open(row)
    return about, row, now, member


def _newest(row: AbsenceCase, seen: int) -> LetterWords:
    letter = row.letters.last()
    assert letter is not None
    if letter.number != seen:
        raise Conflict(_("Somebody has changed the words meanwhile. Please read them again."))
    return letter


@transaction.atomic
def open_letter(*, case: AbsenceCase, by: Membership) -> AbsenceCase:
    """Open a letter to oneself: it has reached its reader, and the days to answer run from today. Twice is once.

    Raises `Refused` for somebody else's.
    """
    member, row, now = _lock_own(case, by)
    if row.state == AbsenceState.SENT:
        _reach(row, Reached.OPENED, day_of(now), member, now)
    return row


@transaction.atomic
def note_reached(*, case: AbsenceCase, by: Membership, how: str, on: date) -> AbsenceCase:
    """Write down that somebody has the letter: handed over, posted, or told to them. The days run from that day.

    Active members who see the letter, and staff. `on`: not in the future, nor before it was agreed on. Raises
    `Refused`, and `Conflict` where it has reached them already.
    """
    _about, row, now, member = _lock(case, by)
    require(may_note_reached(member, row, now))
    if how not in BY_HAND or row.sent_at is None or not day_of(row.sent_at) <= on <= day_of(now):
        raise Refused(_("Please give a day from the one on which the letter was agreed, up to today."))
    _reach(row, Reached(how), on, member, now)
    return row


def _reach(row: AbsenceCase, how: Reached, on: date, by: Membership, now: datetime) -> None:
    said = _("It is written down already that this letter has reached them.")
    row.state = target(ABSENCE_STEPS, "reach", row.state, said=said)
    row.answer_by = on + timedelta(days=row.answer_days)
    row.save(update_fields=["state", "answer_by"])
    LetterReached.objects.create(case=row, how=how, on=on, by=by, at=now)
    note(row, "letter reached", by.ref if how != Reached.OPENED else "site", now, how=str(how))


@transaction.atomic
def take_back_reached(*, case: AbsenceCase, by: Membership) -> AbsenceCase:
    """That it has reached them was a mistake: the days stop, until it has. Not for one that they opened themselves.

    Whoever may write down that it has. Raises `Refused`, and `Conflict` where something has followed already.
    """
    _about, row, now, member = _lock(case, by)
    require(may_note_reached(member, row, now))
    reached = row.reached.filter(taken_back_at=None).first()
    if reached is None or reached.how == Reached.OPENED:
        raise Refused(_("They have opened it themselves. There is nothing to put right."))
    row.state = target(ABSENCE_STEPS, "not_reached", row.state, said=changed_meanwhile())
    row.answer_by = None
    row.save(update_fields=["state", "answer_by"])
    reached.taken_back_at = now
    reached.save(update_fields=["taken_back_at"])
    withdraw(key_prefix=f"{row.ref}:overdue", now=now)
    note(row, "letter not reached", member.ref, now)
    return row


@transaction.atomic
def answer_letter(*, case: AbsenceCase, by: Membership, answer: str) -> AbsenceCase:
    """Answer by one tap: that is contact, so the counting begins anew, and nothing follows. Twice is once.

    The one it is to, also when its time is over, until something was decided. Whoever wrote is told that there is an
    answer. Raises `Refused`, and `Conflict` where it was decided.
    """
    member, row, now = _lock_own(case, by)
    if row.state == AbsenceState.ANSWERED:
        return row
    if row.state not in SENT_ABSENCES:
        raise Conflict(_("This letter does not wait for an answer any more."))
    was_proposed = row.state == AbsenceState.PROPOSED
    row.state = target(ABSENCE_STEPS, "answer", row.state, said=changed_meanwhile())
    row.answer = LetterAnswer(answer)
    close(row, AbsenceOutcome.ANSWERED, was_proposed=was_proposed, now=now)
    tell_answered(row, now, asks_to_be_rung=row.answer == LetterAnswer.RING)
    note(row, "answer letter", member.ref, now)
    return row


def _lock_own(case: AbsenceCase, by: Membership) -> tuple[Membership, AbsenceCase, datetime]:
    member, row, now = lock_case(case)
    if member.pk != by.pk:
        raise Refused(_("This letter is somebody else's."))
    require(may_read_own_letters(member))
    return member, row, now
