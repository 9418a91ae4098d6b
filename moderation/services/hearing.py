"""Hearing an objection: by somebody else than those who decided, in the end by the community meeting (domain, 4.11)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from communities.keeping_apart import may_be_the_two
from communities.models import Membership
from communities.queries import lock_membership, offices_in
from meetings.lifecycle import Outcome
from meetings.models import AgendaItem
from moderation import cases
from moderation.lifecycle import Hearing, ObjectionState
from moderation.models import Objection
from moderation.objection_notices import tell_hearers
from moderation.objection_policies import may_hear
from moderation.queries.objections import Waiting, hearing_of, lock_objection
from moderation.roles import in_words, meeting
from moderation.services.closing_objections import FIELDS, bring_to_meeting, end, note
from moderation.services.objecting import LONGEST_WORDS
from people.decisions import Conflict, Refused, require


@transaction.atomic
def hear(*, objection: Objection, by: Membership, verdict: Hearing, words: str = "") -> Objection:
    """Hear an objection: undo the decision, let it stand, or bring it to the community meeting.

    One of those left without a conflict (moderation.circle). What took two takes two to undo: the first voice waits
    for another. Its maker is told, with these words. Raises `Refused`, `Conflict` when somebody was quicker.
    """
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("Please make it shorter: 2,000 letters at most.")})
    member = _lock_people(by, objection.by)
    _lock_case(objection.case)
    row = lock_objection(objection.pk)
    now = clock.now()
    if row.state != ObjectionState.OPEN:
        raise Conflict(_("Somebody was quicker: this has been heard already."))
    waiting = hearing_of(row, now)
    if waiting is None:
        raise Conflict(_("What this is about is not there any more."))
    require(may_hear(member, waiting.circle, now))
    if verdict == Hearing.TO_MEETING:
        bring_to_meeting(row, by=member.ref, now=now)
    elif verdict == Hearing.UNDO:
        _undo(row, waiting, member, words, now)
    else:
        end(row, "let_stand", by=member, case=waiting.case, now=now, **_said(row, [member.pk], words, now))
    return row


def _lock_people(by: Membership, maker: Membership) -> Membership:
    """Lock both in the order of their numbers: what is undone may be about the maker's own membership."""
    locked = {one.pk: lock_membership(one) for one in sorted((by, maker), key=lambda one: one.pk)}
    return locked[by.pk]


def _lock_case(ref: str) -> None:
    kind, number = cases.kind_of(ref), cases.number_of(ref)
    if kind is not None and number is not None:
        kind.lock(number)


def _said(objection: Objection, people: list[int], words: str, now: datetime) -> dict[str, object]:
    role = in_words(offices_in(objection.community_id, now), people)
    return {"by_role": role, "answer": words}


def _undo(objection: Objection, waiting: Waiting, member: Membership, words: str, now: datetime) -> None:
    case, circle = waiting.case, waiting.circle
    first = objection.first_by if objection.first_by_id and circle.includes(objection.first_by_id) else None
    if case.took_two and first is None:
        objection.first_by, objection.first_at = member, now
        objection.answer = words
        objection.save(update_fields=FIELDS)
        others = Membership.objects.filter(pk__in=circle.people - {member.pk}).select_related("person")
        tell_hearers(objection, list(others), f"second-{member.pk}", now)
        note(objection, "propose undoing", member.ref, now)
        return
    if first is not None and first.pk == member.pk:
        raise Refused(_("You have said so already. One more of you needs to."))
    require(may_be_the_two(member, first.pk if first else None, now))
    people = [member.pk] if first is None else [first.pk, member.pk]
    _undo_case(case, by=member, first=first, at_meeting=False, now=now)
    end(objection, "undo", by=member, case=case, now=now, **_said(objection, people, words or objection.answer, now))


def _undo_case(case: cases.Case, *, by: Membership, first: Membership | None, at_meeting: bool, now: datetime) -> None:
    kind = cases.kind_of(case.ref)
    assert kind is not None  # it was found by its kind
    kind.undo(case, by=by, first=first, at_meeting=at_meeting, now=now)


def meeting_heard(item: AgendaItem, now: datetime) -> None:
    """What the community meeting said to an objection takes effect, once. Called as its outcome is written down."""
    number = cases.number_of(item.ref) or 0
    found = Objection.objects.filter(pk=number, community_id=item.community_id).first()
    if found is None or item.outcome_by is None:
        return
    _lock_case(found.case)
    row = lock_objection(found.pk)
    if row.state != ObjectionState.AT_MEETING:
        return
    case = cases.find(row.community_id, row.case, now)
    undone = item.outcome == Outcome.CHANGED
    if undone and case is not None:
        _undo_case(case, by=item.outcome_by, first=None, at_meeting=True, now=now)
    said = {"by_role": meeting(), "answer": item.outcome_words}
    verb = "meeting_undoes" if undone else "meeting_lets_stand"
    end(row, verb, by=item.outcome_by, case=case, now=now, **said)
