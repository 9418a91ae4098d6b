"""Suspensions: how one comes about, its states, and asking to come back (domain, section 5)."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step

# Two of the Top Three may keep somebody out until a meeting, never longer (domain: suspension by two).
MOST_BY_TWO = timedelta(hours=72)


class SuspensionState(TextChoices):
    PROPOSED = "proposed", _("waits for a second person")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")
    DROPPED = "dropped", _("not done")


class How(TextChoices):
    """By which way somebody is suspended."""

    MOTION = "motion", _("by a vote")
    TWO = "two", _("by two, until a meeting")
    ATTENDANCE = "attendance", _("after a letter that had no answer")


class EndedHow(TextChoices):
    """Why a suspension is over."""

    TIME = "time", _("its time was over")
    TWO = "two", _("two of those who look after this place ended it")
    MOTION = "motion", _("a vote ended it")
    OBJECTION = "objection", _("an objection was heard")
    REPLACED = "replaced", _("another decision took its place")
    GONE = "gone", _("the membership ended")


SUSPENSION_STEPS: dict[str, Step] = {
    "confirm": step(SuspensionState.PROPOSED, to=SuspensionState.IN_FORCE),
    "drop": step(SuspensionState.PROPOSED, to=SuspensionState.DROPPED),
    "end": step(SuspensionState.IN_FORCE, to=SuspensionState.ENDED),
}


class ReturnState(TextChoices):
    """Asking to come back before the end."""

    OPEN = "open", _("waits for an answer")
    GRANTED = "granted", _("yes, come back")
    NOT_YET = "not_yet", _("not yet")
    GONE = "gone", _("no longer needed")


class ReturnSays(TextChoices):
    """What one of those who decide says to it; two who say the same decide."""

    COME_BACK = "come_back", _("Yes, come back now")
    NOT_YET = "not_yet", _("Not yet")


RETURN_STEPS: dict[str, Step] = {
    "grant": step(ReturnState.OPEN, to=ReturnState.GRANTED),
    "say_not_yet": step(ReturnState.OPEN, to=ReturnState.NOT_YET),
    "close": step(ReturnState.OPEN, to=ReturnState.GONE),
}
