"""One's own plan as a phone keeps it: words and numbers to ring, no page. Its script locks it (static/js/copy.js)."""

from datetime import datetime
from typing import Any

from crisisplans.calm import steps
from crisisplans.lifecycle import PlanKind
from crisisplans.numbers import numbers_in
from crisisplans.queries.own import own_plan
from crisisplans.queries.told import told
from crisisplans.told import ToldPlan
from people.models import Person
from people.sealing import digests

MARK = "plan on a phone"
MARK_LENGTH = 16


def marks_of(person: Person) -> list[str]:
    """By what a phone knows whose copy it has, the newest first: nobody else's plan takes its place. No query."""
    return [whole[:MARK_LENGTH] for whole in digests(MARK, str(person.pk))]


def copy_for(person: Person, has: str, now: datetime) -> dict[str, Any]:
    """What a phone that has the edition `has` is to know: "same", "none" (there is no plan), or the words.

    For its owner alone: whoever calls this has it from the signed-in person. Raises `PlanClosed`,
    `sealing.Unreadable`, as `own_plan`: then the phone keeps what it has.
    """
    own = own_plan(person, PlanKind.CRISIS, now)
    said: dict[str, Any] = {"of": marks_of(person)}
    if own is None or own.version is None:
        return said | {"state": "none"}
    edition = str(own.version.ref)
    if edition == has:
        return said | {"state": "same"}
    return said | {"state": "words", "edition": edition, "plan": _as_data(told(own))}


def has_words(person: Person, now: datetime) -> bool:
    """Whether there is something to keep on a phone. Raises `PlanClosed`, `sealing.Unreadable`."""
    own = own_plan(person, PlanKind.CRISIS, now)
    return own is not None and not own.words.are_none


def _as_data(plan: ToldPlan) -> dict[str, Any]:
    """Words only, of which the script makes text and links: what somebody wrote is never a page's markup."""
    return {
        "steps": [{"title": step.title, "lines": _lines(step.text)} for step in steps(plan)],
        "whole": [{"title": part.title, "lines": _lines(part.text)} for part in plan.parts],
    }


def _lines(text: str) -> list[list[dict[str, str]]]:
    return [_pieces(line) for line in text.splitlines() if line.strip()]


def _pieces(line: str) -> list[dict[str, str]]:
    """A line as words, and numbers that a tap rings."""
    pieces, done = [], 0
    for number in numbers_in(line):
        pieces.append({"text": line[done : number.start]})
        pieces.append({"text": number.shown, "tel": number.dialled})
        done = number.end
    pieces.append({"text": line[done:]})
    return [piece for piece in pieces if piece["text"]]
