"""Saving a plan, one part at a time or as a whole. Each saving is a version, kept for its owner (ADR 0031)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import PEOPLE, record
from crisisplans.comparing import fields_of
from crisisplans.models import PlanVersion
from crisisplans.parts import FIRST_STEPS, LONGEST_STEP, LONGEST_TEXT, MOST_FIRST_STEPS, keys_of, parts_of
from crisisplans.queries.own import WORDS, words_of
from crisisplans.responsibility import edition_for
from crisisplans.services.drafts import drop_saved
from crisisplans.services.holding import Held, hold
from crisisplans.unsaved import OnPage
from crisisplans.words import PlanWords
from people.decisions import Conflict, Refused
from people.models import Person

NO_PAGE = OnPage()
Fields = Mapping[str, str]


@transaction.atomic
def save_part(
    *,
    person: Person,
    kind: str,
    part: str,
    fields: Fields,
    seen_version: int,
    agreed: bool,
    page: OnPage = NO_PAGE,
) -> PlanVersion:
    """Save one part of one's own plan and return the newest version; the same words once more make no new one.

    What another page saved in other parts meanwhile stays. Raises `Conflict` if it saved this very part, `Refused`
    without agreeing to the sentence of responsibility, for words that are too long and while the plan is closed.
    Empty fields take the part out. Drafts of this page go with it. Domain, sections 5 and 6.
    """
    wanted = {part: _tidy(kind, part, fields)}
    return _save(hold(person, kind), _Form(wanted, seen_version, agreed, page))


@transaction.atomic
def save_first_steps(
    *, person: Person, kind: str, steps: tuple[str, ...], seen_version: int, agreed: bool, page: OnPage = NO_PAGE
) -> PlanVersion:
    """Save the three things at the top of a crisis plan, as `save_part` saves a part."""
    wanted = _tidy(kind, FIRST_STEPS, {"text": "\n".join(steps)})
    return _save(hold(person, kind), _Form({FIRST_STEPS: wanted}, seen_version, agreed, page))


@transaction.atomic
def save_words(
    *,
    person: Person,
    kind: str,
    words: PlanWords,
    seen_version: int,
    agreed: bool,
    restored_from: int | None = None,
    only: tuple[str, ...] | None = None,
    page: OnPage = NO_PAGE,
) -> PlanVersion:
    """Save a plan as a whole, or only these keys of it, as `save_part` saves one: an import, a restored version, the
    first short plan. What the words leave out is taken out. Raises as `save_part`."""
    wanted = {key: _tidy(kind, key, fields_of(words, key)) for key in (keys_of(kind) if only is None else only)}
    return _save(hold(person, kind), _Form(wanted, seen_version, agreed, page, restored_from))


@transaction.atomic
def restore_version(*, person: Person, kind: str, number: int, seen_version: int, agreed: bool) -> PlanVersion:
    """Make the words of an earlier version the newest again, as a version of their own. Raises `Conflict` where there
    is no such version or the plan was saved meanwhile, `Refused` as `save_part`."""
    held = hold(person, kind)
    earlier = PlanVersion.objects.filter(plan=held.plan, number=number).first()
    if earlier is None:
        raise Conflict(_("This version is not there any more."))
    words = words_of(earlier, held.box)
    return save_words(
        person=person, kind=kind, words=words, seen_version=seen_version, agreed=agreed, restored_from=number
    )


@dataclass(frozen=True)
class _Form:
    """What somebody wants to save: the fields of each part, and what they saw and agreed to."""

    wanted: Mapping[str, Fields]
    seen_version: int
    agreed: bool
    page: OnPage
    restored_from: int | None = None


def _save(held: Held, form: _Form) -> PlanVersion:
    edition = edition_for(held.plan.kind)
    if edition and not form.agreed:
        raise Refused(_("A plan is saved with its sentence of responsibility. Please tick it, or keep it for later."))
    changed = {key: fields for key, fields in form.wanted.items() if fields_of(held.words, key) != fields}
    _no_other_page(held, changed, form.seen_version)
    drop_saved(held, form.wanted, form.page)
    if held.latest is not None and held.latest.agreed_to == edition and not changed:
        return held.latest
    return _add(held, changed, form.restored_from)


def _no_other_page(held: Held, changed: Mapping[str, Fields], seen_version: int) -> None:
    """Raise `Conflict` where what is to be changed was saved by another page since this one was opened."""
    if seen_version == held.number:
        return
    seen = PlanVersion.objects.filter(plan=held.plan, number=seen_version).first()
    before = words_of(seen, held.box) if seen else PlanWords()
    for key in changed:
        if fields_of(before, key) != (there := fields_of(held.words, key)):
            facts = {"text": "\n".join(there.values()), "version": str(held.number)}
            said = _("You saved this part on another page meanwhile. Both are here. What you send now will stand.")
            raise Conflict(said, facts=facts)


def _add(held: Held, changed: Mapping[str, Fields], restored_from: int | None) -> PlanVersion:
    words = held.words
    for key, fields in changed.items():
        words = with_part(words, key, fields)
    plan = held.plan
    version = PlanVersion(
        plan=plan,
        number=held.number + 1,
        saved_at=held.now,
        agreed_to=edition_for(plan.kind),
        restored_from=restored_from,
    )
    version.sealed = held.box.seal(str(version.ref), WORDS, words.written())
    version.save(force_insert=True)
    plan.latest = version
    plan.save(update_fields=["latest"])
    facts = {"version": version.number, "agreed to": version.agreed_to, "kind": str(plan.kind)}
    facts |= {"restored": restored_from} if restored_from else {}
    actor = f"person:{plan.person_id}"
    record(chain=PEOPLE, verb="saved a plan", actor=actor, subject=plan.opaque, at=held.now, facts=facts)
    return version


def with_part(words: PlanWords, key: str, fields: Fields) -> PlanWords:
    """The same words with one part in other words; without any it is taken out."""
    if key == FIRST_STEPS:
        return replace(words, first_steps=tuple(fields.get("text", "").splitlines()))
    parts = {name: dict(there) for name, there in words.parts.items() if name != key}
    return replace(words, parts=parts | ({key: dict(fields)} if fields else {}))


def _tidy(kind: str, key: str, fields: Fields) -> dict[str, str]:
    """Only what this part has fields for, without white space round it and without empty ones."""
    if key not in keys_of(kind):
        raise Refused(_("A plan has no such part."))
    if key == FIRST_STEPS:
        lines = [" ".join(line.split()) for line in fields.get("text", "").splitlines()]
        steps = [line for line in lines if line]
        if len(steps) > MOST_FIRST_STEPS or any(len(step) > LONGEST_STEP for step in steps):
            raise Refused(_("First steps are three lines of 100 letters at most. Could you make them shorter?"))
        return {"text": "\n".join(steps)} if steps else {}
    told = {name: fields.get(name, "").strip() for name in parts_of(kind)[key].fields}
    if any(len(text) > LONGEST_TEXT for text in told.values()):
        raise Refused(_("This is longer than one part can be (6,000 letters). Could you make it shorter?"))
    return {name: text for name, text in told.items() if text}
