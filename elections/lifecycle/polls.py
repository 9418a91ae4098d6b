"""The states of a vote, and how many must say yes (safety checks, "Votes")."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class PollState(TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, and being counted")
    COUNTED = "counted", _("counted")
    CANCELLED = "cancelled", _("called off")


# Closing and counting are two steps, so that the lot stands on record before the box is opened.
POLL_STEPS: dict[str, Step] = {
    "close": step(PollState.OPEN, to=PollState.CLOSED),
    "count": step(PollState.CLOSED, to=PollState.COUNTED),
    "cancel": step(PollState.OPEN, to=PollState.CANCELLED),
    "hold_again": step(PollState.OPEN, PollState.CLOSED, to=PollState.OPEN),
}


class Majority(TextChoices):
    """How many of those who said yes or no must have said yes."""

    HALF = "half", _("more yes than no")
    TWO_THIRDS = "two_thirds", _("at least two yes for each no")
    THREE_QUARTERS = "three_quarters", _("at least three yes for each no")
