"""The end of an objection, however it came about, and its way to the community meeting. Services call it, locked."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from audit.services import record
from communities.models import Membership
from communities.queries import offices_in
from meetings.lifecycle import ItemKind
from meetings.services import put_on_agenda
from moderation import cases
from moderation.cases import Case
from moderation.lifecycle import OBJECTION_STEPS, OPEN_STATES, ObjectionState
from moderation.models import Objection
from moderation.objection_notices import tell_maker
from moderation.queries.objections import open_objections_to
from moderation.roles import in_words
from people.transitions import target

FIELDS = ["state", "first_by", "first_at", "heard_by", "heard_at", "by_role", "answer", "at_meeting_at"]


def move(objection: Objection, verb: str, now: datetime, **changes: Any) -> None:
    """Lead a locked objection a step on and save it. Raises `Conflict` where its state does not allow the step."""
    objection.state = target(OBJECTION_STEPS, verb, objection.state, said=_("Somebody was quicker: this was heard."))
    for name, value in changes.items():
        setattr(objection, name, value)
    objection.save(update_fields=FIELDS)


def note(objection: Objection, verb: str, by: str, now: datetime, **facts: Any) -> None:
    """Put a step on record: what it is about, never a word of it."""
    record(
        chain=objection.community.chain,
        verb=verb,
        actor=by,
        subject=objection.ref,
        at=now,
        facts={"case": objection.case, "state": str(objection.state)} | facts,
    )


def bring_to_meeting(objection: Objection, *, by: str, now: datetime) -> None:
    """Put it on the agenda of the next community meeting, without a name or a word of it; its maker is told."""
    kind = cases.kind_of(objection.case)
    # Whoever writes down what the meeting said must be somebody else than one who spoke before.
    move(objection, "to_meeting", now, at_meeting_at=now, first_by=None, first_at=None)
    put_on_agenda(
        community=objection.community,
        kind=ItemKind.OBJECTION,
        title=str(kind.title) if kind else _("An objection"),
        why="",
        by=None,
        ref=objection.ref,
        now=now,
    )
    tell_maker(objection, now)
    note(objection, "bring objection to meeting", by, now)


def end(objection: Objection, verb: str, *, by: Membership, case: Case | None, now: datetime, **said: Any) -> None:
    """End it as `by` heard it: save, tell its maker, tell the case's own app, put it on record."""
    move(objection, verb, now, heard_by=by, heard_at=now, **said)
    kind = cases.kind_of(objection.case)
    if kind is not None and case is not None:
        kind.ended(case, objection.state, now)
    tell_maker(objection, now)
    note(objection, "hear objection", by.ref, now)


def undone_by_others(*, ref: str, by: Membership, now: datetime) -> None:
    """End open objections to what was just undone by a decision. Called by that decision, under the case's locks.

    What stands on the agenda of the meeting still, the sweep takes off.
    """
    for row in open_objections_to(ref):
        role = in_words(offices_in(row.community_id, now), [by.pk])
        row.state, row.first_by, row.first_at = ObjectionState.UNDONE, None, None
        row.heard_by, row.heard_at, row.by_role = by, now, role
        row.save(update_fields=FIELDS)
        tell_maker(row, now)
        note(row, "undo before hearing", by.ref, now)


def is_open(objection: Objection) -> bool:
    """Whether it waits: to be heard, or for the meeting."""
    return objection.state in OPEN_STATES
