"""Somebody who has not been seen, the group's letter to them, and coming back: states and steps (domain, section 2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class After(TextChoices):
    """What follows when no answer comes (the rule `after_silence`); always by people."""

    SUSPEND = "suspend", _("two of those who look after this place decide on a suspension")
    INACTIVE = "inactive", _("one of those who look after this place decides on being inactive")
    NOTHING = "nothing", _("nothing")


class AbsenceState(TextChoices):
    """Where the group's letter to somebody stands. That its time is over follows from the day (`is_overdue`)."""

    WRITING = "writing", _("being written")
    SENT = "sent", _("agreed, and on its way")
    REACHED = "reached", _("has reached them")
    PROPOSED = "proposed", _("two people look at what follows")
    ANSWERED = "answered", _("answered")
    ENDED = "ended", _("no longer needed")
    DECIDED = "decided", _("decided")


OPEN_ABSENCES = frozenset({AbsenceState.WRITING, AbsenceState.SENT, AbsenceState.REACHED, AbsenceState.PROPOSED})
# Whoever it is about has it from here on.
SENT_ABSENCES = frozenset({AbsenceState.SENT, AbsenceState.REACHED, AbsenceState.PROPOSED})

ABSENCE_STEPS: dict[str, Step] = {
    "agree": step(AbsenceState.WRITING, to=AbsenceState.SENT),
    "reach": step(AbsenceState.SENT, to=AbsenceState.REACHED),
    "not_reached": step(AbsenceState.REACHED, to=AbsenceState.SENT),
    "propose": step(AbsenceState.REACHED, to=AbsenceState.PROPOSED),
    "answer": step(*SENT_ABSENCES, to=AbsenceState.ANSWERED),
    "end": step(*OPEN_ABSENCES, to=AbsenceState.ENDED),
    "decide": step(AbsenceState.REACHED, AbsenceState.PROPOSED, to=AbsenceState.DECIDED),
}


class Reached(TextChoices):
    """How a letter reached somebody."""

    OPENED = "opened", _("opened here")
    HANDED = "handed", _("handed over")
    POSTED = "posted", _("posted")
    TOLD = "told", _("told to them")


# What somebody writes down of a letter; that it was opened, the site sees.
BY_HAND = (Reached.HANDED, Reached.POSTED, Reached.TOLD)


class LetterAnswer(TextChoices):
    """One tap under the letter. “I'd like to leave” is none: it only leads to the page of leaving."""

    COME = "come", _("I am all right and will come")
    RING = "ring", _("Please ring me")
    NOT_NOW = "not_now", _("I can't come for now")


class AbsenceOutcome(TextChoices):
    """How it came to an end."""

    ANSWERED = "answered", _("they answered")
    SEEN = "seen", _("they were here, or sent word")
    RECOUNTED = "recounted", _("a register was put right")
    GONE = "gone", _("they are away in another way, or not a member any more")
    INACTIVE = "inactive", _("they are inactive for now")
    SUSPENDED = "suspended", _("their place is closed for a time")
    LEFT = "left", _("it was left as it is")


class ComeBackState(TextChoices):
    """Asking to come back after being inactive."""

    OPEN = "open", _("waits for somebody to say welcome")
    WELCOMED = "welcomed", _("welcomed")
    GONE = "gone", _("no longer needed")


COME_BACK_STEPS: dict[str, Step] = {
    "welcome": step(ComeBackState.OPEN, to=ComeBackState.WELCOMED),
    "close": step(ComeBackState.OPEN, to=ComeBackState.GONE),
}


class WithPlan(TextChoices):
    """What whoever welcomes somebody back says of a new plan, where the rule asks (`return_plan`)."""

    LOOKED_AT = "looked_at", _("We have looked at a new plan together")
    SOON = "soon", _("We look at one together soon")
    WITHOUT = "without", _("Without one for now")
