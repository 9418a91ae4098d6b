"""Following what counting says: letters are begun, ended, and go on when their time is over. Safe to run at any time.

Each step counts again under the lock, so that nobody is written to, or decided about, on an old count.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clock
from audit.services import record
from communities.lifecycle import State
from communities.models import Community, Membership
from communities.queries import lock_membership
from meetings.after_silence import way_of
from meetings.attendance import Counts, Standing
from meetings.letter_words import beginning
from meetings.lifecycle import ItemKind
from meetings.lifecycle.attendance import ABSENCE_STEPS, AbsenceOutcome, AbsenceState, After
from meetings.models import AbsenceCase, LetterWords
from meetings.notifications.letters import tell_begun, tell_unanswered
from meetings.queries.absences import lock_absence, open_absences
from meetings.queries.standings import Attendance, attendance_of
from meetings.services.agenda import put_on_agenda
from notices.services import withdraw
from people.decisions import Conflict
from people.transitions import target


def follow_up_absences() -> int:
    """Follow every community's counting; returns how many letters are open. Run by the job."""
    communities = list(Community.objects.order_by("pk"))
    return sum(follow_up(community=community) for community in communities)


def follow_up(*, community: Community) -> int:
    """End what counting no longer bears out, begin what it does, go on with what had no answer; how many are open."""
    now = clock.now()
    opened = list(open_absences(community))
    first = min((case.row[0] for case in opened), default=None)
    attendance = attendance_of(community, now, since=first)
    for case in opened:
        if not attendance.stands(case):
            _end_if_so(case, first)
        elif case.is_overdue(now) and case.state == AbsenceState.REACHED:
            _go_on(case)
    begun = begin_cases(community=community, now=now, attendance=attendance)
    return len(opened) + begun


def begin_cases(*, community: Community, now: datetime, attendance: Attendance | None = None) -> int:
    """Begin a letter to everybody whose row is as long as the rule says, and has none open; returns how many."""
    found = attendance or attendance_of(community, now)
    if found.rules.absence_counts == Counts.NOTHING:
        return 0
    needed = found.rules.absence_row
    long = {member: standing for member, standing in found.standings().items() if standing.row >= needed}
    written_to = set(open_absences(community).values_list("membership", flat=True))
    return sum(_begin(member) for member in sorted(long.keys() - written_to))


@transaction.atomic
def _begin(pk: int) -> bool:
    member = lock_membership(Membership(pk=pk))
    now = clock.now()
    attendance = attendance_of(member.community, now, members=[pk])
    standing, rules = attendance.standings().get(pk), attendance.rules
    if standing is None or standing.row < rules.absence_row or open_absences(member.community).filter(membership=pk):
        return False
    case = AbsenceCase.objects.create(
        community=member.community,
        membership=member,
        counts=rules.absence_counts,
        needed=rules.absence_row,
        answer_days=rules.answer_days,
        after=rules.after_silence,
        months=rules.suspended_months,
        units=_days(standing),
        begun_at=now,
    )
    LetterWords.objects.create(case=case, number=1, words=beginning(case), at=now)
    tell_begun(case, now)
    _bring_to_meeting(case.community, now)
    note(case, "begin letter", "site", now, counts=case.counts, row=standing.row)
    return True


def _bring_to_meeting(community: Community, now: datetime) -> None:
    """Let the next meeting talk about the letters: once for all of them, so that it says neither who nor how many."""
    put_on_agenda(
        community=community,
        kind=ItemKind.ABSENCE,
        title=_("People we have not seen lately"),
        why=_("There is a letter to write together."),
        by=None,
        ref="letters",
        now=now,
    )


def _days(standing: Standing) -> list[str]:
    return [day.isoformat() for day in standing.units]


@transaction.atomic
def _end_if_so(case: AbsenceCase, first: object) -> None:
    member, row, now = lock_case(case)
    attendance = attendance_of(member.community, now, since=row.row[0], members=[member.pk])
    if not row.is_open or attendance.stands(row):
        return
    outcome = AbsenceOutcome.SEEN if attendance.seen_since(row) else AbsenceOutcome.RECOUNTED
    if member.state != State.ACTIVE:
        outcome = AbsenceOutcome.GONE
    end(row, outcome, by="site", now=now)


@transaction.atomic
def _go_on(case: AbsenceCase) -> None:
    """When no answer came: where the rule has a suspension two of the Top Three look at it, else one of them."""
    member, row, now = lock_case(case)
    attendance = attendance_of(member.community, now, since=row.row[0], members=[member.pk])
    if row.state != AbsenceState.REACHED or not row.is_overdue(now) or not attendance.stands(row):
        return
    way = way_of(row.after)
    if row.after != After.SUSPEND or way is None:
        tell_unanswered(row, now)
        return
    if way.begin(member, why_not_seen(row), row.months, now):
        row.state = target(ABSENCE_STEPS, "propose", row.state, said=changed_meanwhile())
        row.save(update_fields=["state"])


def why_not_seen(case: AbsenceCase) -> str:
    """What whoever it is about reads as the reason: what was counted, and that no answer came. Never why not."""
    number = len(case.units)
    if case.counts == Counts.WEEKS:
        seen = ngettext("We had not seen you for %(n)s week.", "We had not seen you for %(n)s weeks.", number)
    else:
        seen = ngettext(
            "We had not seen you on %(n)s programme day.", "We had not seen you on %(n)s programme days.", number
        )
    return f"{seen % {'n': number}} {_('The group wrote to you, and no answer came in the time our rule gives.')}"


def lock_case(case: AbsenceCase, by: Membership | None = None) -> tuple[Membership, AbsenceCase, datetime]:
    """The membership a letter is about (with `by`, in the order of their numbers), then its row; and the time then.

    The first is the membership it is about; `by` keeps what its sitting proved. In a transaction only.
    """
    members: Iterable[Membership] = sorted(
        [Membership(pk=case.membership_id), *([by] if by else [])], key=lambda one: one.pk
    )
    locked = {one.pk: lock_membership(one) for one in members}
    return locked[case.membership_id], lock_absence(case.pk), clock.now()


def end(row: AbsenceCase, outcome: AbsenceOutcome, *, by: str, now: datetime) -> None:
    """Write down that a letter is not needed any more; what was laid before others is taken back. Its row is locked."""
    was_proposed = row.state == AbsenceState.PROPOSED
    row.state = target(ABSENCE_STEPS, "end", row.state, said=changed_meanwhile())
    close(row, outcome, was_proposed=was_proposed, now=now)
    note(row, "end letter", by, now, how=str(outcome))


def close(row: AbsenceCase, outcome: AbsenceOutcome, *, was_proposed: bool, now: datetime) -> None:
    """Put down how it ended, and that nothing about it waits any more."""
    row.outcome, row.closed_at = outcome, now
    row.save(update_fields=["state", "outcome", "closed_at", "answer", "decided_by", "by_role", "why"])
    for what in ("letter", "begun", "overdue"):
        withdraw(key_prefix=f"{row.ref}:{what}", now=now)
    way = way_of(row.after)
    if was_proposed and way is not None:
        way.take_back(row.membership, now)


def note(case: AbsenceCase, verb: str, by: str, now: datetime, **facts: object) -> None:
    """Record a step of a letter: numbers and kinds, never whom it is about or a word of it."""
    record(chain=case.community.chain, verb=verb, actor=by, subject=case.ref, at=now, facts=facts)


def changed_meanwhile() -> str:
    """What is said where somebody else was quicker."""
    return _("This letter has changed meanwhile. Please look again.")


def check_open(row: AbsenceCase) -> None:
    """Raises `Conflict` for a letter that is at its end."""
    if not row.is_open:
        raise Conflict(_("This letter is not needed any more."))
