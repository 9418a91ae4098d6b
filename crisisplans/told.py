"""A plan ready to be handed over: the same few pieces for the calm page, the paper, the file of text and the phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from crisisplans.lifecycle import PlanKind
from helpnow.contacts import Contact

TITLES = {PlanKind.CRISIS: _("My plan"), PlanKind.DEVELOPMENT: _("What I hope for")}
# What is chosen from two answers, in a sentence.
MAY_RING = {
    "yes": _("If I have asked for a call, you may ring me."),
    "no": _("Please do not ring me by phone."),
}
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


def as_one_text(fields: Mapping[str, str]) -> str:
    """The fields of a part as one text; those about support calls in sentences."""
    if "text" in fields:
        return fields["text"]
    lines = [str(MAY_RING[fields["may_ring"]])] if fields.get("may_ring") in MAY_RING else []
    lines += [str(line) % {"words": fields[name]} for name, line in CALL_LINES.items() if fields.get(name)]
    return "\n".join(lines)
