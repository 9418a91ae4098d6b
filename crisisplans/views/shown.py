"""What the owner's pages share: the address of each page by the kind of plan, and what stands on the overview."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from crisisplans.headings import Heading, asked_for
from crisisplans.lifecycle import PlanKind
from crisisplans.parts import FIRST_STEPS
from crisisplans.queries.own import OwnPlan
from crisisplans.queries.writing import Begun, begun_in, headings_for
from crisisplans.responsibility import edition_for, sentence
from crisisplans.told import as_one_text
from crisisplans.words import PlanWords


def to(kind: str, page: str = "", *args: object) -> str:
    """The address of a page of this kind of plan: "part", "versions", … or "" for the plan itself."""
    if kind == PlanKind.DEVELOPMENT:
        return reverse(f"crisisplans:growing_{page}" if page else "crisisplans:growing", args=args)
    return reverse(f"crisisplans:{page or 'mine'}", args=args)


def places(kind: str) -> dict[str, Any]:
    """The addresses that every page of a plan leads to."""
    found: dict[str, Any] = {f"{page}_url": to(kind, page) for page in ("versions", "review", "later", "follow")}
    return found | {"plan_url": to(kind), "kind": kind, "is_crisis": kind == PlanKind.CRISIS, "page_kind": "plan"}


def words_of_plan(own: OwnPlan | None) -> PlanWords:
    """What the plan says; nothing yet where there is none."""
    return own.words if own else PlanWords()


def has_agreed(own: OwnPlan | None, kind: str) -> bool:
    """Whether the newest version was saved with the sentence of responsibility as it is now."""
    return own is not None and own.version is not None and own.version.agreed_to == edition_for(kind)


def heading_of(own: OwnPlan | None, kind: str, part: str) -> tuple[Heading, str]:
    """The heading of a part, and the key of the one after it ("" for the last). Raises Http404 for no such part."""
    shown = asked_for(headings_for(own.plan if own else None, kind), {*words_of_plan(own).parts, part})
    keys = [heading.key for heading in shown]
    if part not in keys:
        raise Http404
    place = keys.index(part)
    return shown[place], keys[place + 1] if place + 1 < len(keys) else ""


def overview(own: OwnPlan | None, kind: str) -> dict[str, Any]:
    """The parts of a plan with their words, those that are still empty, and what is not saved yet."""
    words, begun = words_of_plan(own), begun_in(own)
    # What is typed and not saved must be found again too, whatever a community leaves out meanwhile.
    shown = asked_for(headings_for(own.plan if own else None, kind), {*words.parts, *begun})
    rows = [_row(heading, words, begun, kind) for heading in shown]
    return {
        "plan": own.plan if own else None,
        "version": own.version if own else None,
        "words": words,
        "steps": words.first_steps,
        "steps_begun": FIRST_STEPS in begun,
        "any_begun": bool(begun),
        "written": [row for row in rows if row["text"]],
        "empty": [row for row in rows if not row["text"]],
        "sentence": sentence(own.version.agreed_to) if own and own.version else "",
    } | places(kind)


def _row(heading: Heading, words: PlanWords, begun: dict[str, Begun], kind: str) -> dict[str, Any]:
    text = as_one_text(words.parts[heading.key]) if heading.key in words.parts else ""
    return {
        "key": heading.key,
        "title": heading.title,
        "text": text,
        "begun": heading.key in begun,
        "left_out": heading.left_out,
        "href": to(kind, "part", heading.key),
    }
