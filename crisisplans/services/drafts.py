"""Keeping what somebody is writing in their plan and has not saved, and letting it go. Not recorded, told to nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from crisisplans.models import PlanDraft
from crisisplans.parts import FIRST_STEPS, LONGEST_TEXT, keys_of
from crisisplans.queries.writing import DRAFT, unsaved_in
from crisisplans.services.holding import Held, hold
from crisisplans.steps import in_boxes
from crisisplans.unsaved import OnPage, TooManyApart, Unsaved
from people.decisions import Refused
from people.models import Person


@dataclass(frozen=True)
class Kept:
    """What became of keeping: the draft's version now. `sent`: the page's form was saved, so nothing is kept of it."""

    draft_version: int
    sent: bool = False
    apart: bool = False


@transaction.atomic
def keep_draft(
    *, person: Person, kind: str, part: str, fields: Mapping[str, str], seen_version: int, page: OnPage
) -> Kept:
    """Keep what is typed in one part (or in the first steps) and not saved.

    What another page wrote in it stays beside it; nothing is kept of a form that was saved, however late its page
    keeps. Raises `Refused` while the plan is closed, for words that are too long and for a sixth page at once.
    """
    if part not in keys_of(kind) or any(len(text) > LONGEST_TEXT for text in fields.values()):
        raise Refused(_("This is too long to be kept. Could you make it shorter?"))
    held = hold(person, kind)
    draft, unsaved = _draft_of(held, part)
    if unsaved.was_finished(page):
        return Kept(unsaved.version, sent=True)
    if unsaved.was_overtaken(page):
        return Kept(unsaved.version, apart=unsaved.apart(page))
    try:
        unsaved = unsaved.with_words(page, seen_version, fields)
    except TooManyApart:
        said = _("You are writing this part on many pages at once. Please save it on one of them first.")
        raise Refused(said) from None
    _store(draft, held, unsaved, seen_version)
    return Kept(unsaved.version, apart=unsaved.apart(page))


@transaction.atomic
def drop_draft(*, person: Person, kind: str, part: str) -> None:
    """Erase what was typed in one part of one's own plan and not saved. Twice is once."""
    PlanDraft.objects.filter(plan__person=person, plan__kind=kind, part=part).delete()


def drop_saved(held: Held, saved: Mapping[str, Mapping[str, str]], page: OnPage) -> None:
    """Let go of what becomes a version, part by part, in its transaction; what another page wrote apart stays."""
    drafts = {draft.part: draft for draft in PlanDraft.objects.filter(plan=held.plan, part__in=saved)}
    for part, fields in saved.items():
        draft = drafts.get(part) or PlanDraft(plan=held.plan, part=part)
        if part in drafts or page.key:
            unsaved = unsaved_in(draft, held.box) if part in drafts else Unsaved()
            typed = in_boxes(fields.get("text", "").splitlines()) if part == FIRST_STEPS else fields
            _store(draft, held, unsaved.after_saving(page, typed), 0)


def _draft_of(held: Held, part: str) -> tuple[PlanDraft, Unsaved]:
    draft = PlanDraft.objects.filter(plan=held.plan, part=part).first()
    return (draft, unsaved_in(draft, held.box)) if draft else (PlanDraft(plan=held.plan, part=part), Unsaved())


def _store(draft: PlanDraft, held: Held, unsaved: Unsaved, seen_version: int) -> None:
    newest = unsaved.newest()
    draft.seen_version, draft.saved_at = seen_version, held.now
    draft.page_key = newest.page or None if newest else None
    draft.attempt = newest.attempt if newest else 0
    draft.sealed = held.box.seal(str(draft.ref), DRAFT, unsaved.written())
    draft.save()
