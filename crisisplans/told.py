"""A plan ready to be handed over: the same few pieces for the calm page, the paper, the file of text and the phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from crisisplans.lifecycle import PlanKind
from helpnow.contacts import Contact

TITLES = {PlanKind.CRISIS: _("My crisis plan"), PlanKind.DEVELOPMENT: _("My personal development plan")}
# What stood at the top of files that were kept before: they still come back in.
EARLIER_TITLES = {PlanKind.CRISIS: _("My plan"), PlanKind.DEVELOPMENT: _("My development plan")}
# What is chosen from two answers, in a sentence.
MAY_RING = {
    "yes": _("If I have asked for a call, you may ring me."),
    "no": _("Please do not ring me by phone."),
}
ONE_LINE = frozenset({"number", "when"})
CALL_LINES = {
    "number": _("A safe number: %(words)s"),
    "when": _("When: %(words)s"),
    "say": _("If somebody else answers: %(words)s"),
}


@dataclass(frozen=True)
class ToldPart:
    """One part with words: its key, the heading it stands under, and all of its words as one text."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class ToldPlan:
    """A whole plan: its title, first steps, the parts with words in their order, when it was saved, whom to ring."""

    kind: str
    title: str
    first_steps: tuple[str, ...] = ()
    parts: tuple[ToldPart, ...] = ()
    saved_on: date | None = None
    contacts: tuple[Contact, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.first_steps

    @property
    def text(self) -> str:
        """Every word of it that its owner wrote, to be counted or looked through."""
        return "\n".join([*self.first_steps, *(part.text for part in self.parts)])


def title_of(kind: str) -> str:
    """What a plan of this kind is called."""
    return str(TITLES[PlanKind(kind)])


def as_one_text(fields: Mapping[str, str]) -> str:
    """The fields of a part as one text; those about support calls in sentences."""
    if "text" in fields:
        return fields["text"]
    lines = [str(MAY_RING[fields["may_ring"]])] if fields.get("may_ring") in MAY_RING else []
    lines += [str(line) % {"words": fields[name]} for name, line in CALL_LINES.items() if fields.get(name)]
    return "\n".join(lines)


def fields_from_text(key: str, text: str) -> dict[str, str]:
    """The other way: a part's fields from its one text. Lines that begin in no known way belong to those before."""
    if key != "support_calls":
        return {"text": text} if text else {}
    answers = {str(sentence): answer for answer, sentence in MAY_RING.items()}
    fields: dict[str, list[str]] = {}
    at = "say"
    for line in text.split("\n"):
        if line in answers:
            fields["may_ring"] = [answers[line]]
            continue
        begun = next((name for name, said in CALL_LINES.items() if line.startswith(str(said).partition("%")[0])), None)
        at = begun or at
        words = line[len(str(CALL_LINES[at]).partition("%")[0]) :] if begun else line
        fields.setdefault(at, []).append(words)
    told = {name: "\n".join(lines).strip() for name, lines in fields.items()}
    return {name: words for name, words in told.items() if words}
