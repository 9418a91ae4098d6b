"""Objections: their states and the one table of steps between them (domain, section 4.11; safety checks, 2.6)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class ObjectionState(TextChoices):
    OPEN = "open", _("waits to be heard")
    AT_MEETING = "at_meeting", _("goes to the community meeting")
    UNDONE = "undone", _("heard: the decision was undone")
    STANDS = "stands", _("heard: the decision stands")
    SETTLED = "settled", _("the community meeting let the decision stand")
    WITHDRAWN = "withdrawn", _("taken back")


# While one is open, nothing of what it is about may be erased.
OPEN_STATES = (ObjectionState.OPEN, ObjectionState.AT_MEETING)

OBJECTION_STEPS: dict[str, Step] = {
    # Those who hear it.
    "undo": step(ObjectionState.OPEN, to=ObjectionState.UNDONE),
    "let_stand": step(ObjectionState.OPEN, to=ObjectionState.STANDS),
    # Those who hear it, the one who made it once it was heard, or the site where nobody is left to hear it.
    "to_meeting": step(ObjectionState.OPEN, ObjectionState.STANDS, to=ObjectionState.AT_MEETING),
    # The community meeting, whose word somebody writes down.
    "meeting_undoes": step(ObjectionState.AT_MEETING, to=ObjectionState.UNDONE),
    "meeting_lets_stand": step(ObjectionState.AT_MEETING, to=ObjectionState.SETTLED),
    # The one who made it.
    "withdraw": step(*OPEN_STATES, to=ObjectionState.WITHDRAWN),
}


class Hearing(TextChoices):
    """What somebody who hears an objection may do."""

    UNDO = "undo", _("Undo the decision")
    LET_STAND = "let_stand", _("Let the decision stand")
    TO_MEETING = "to_meeting", _("Bring it to the community meeting")
