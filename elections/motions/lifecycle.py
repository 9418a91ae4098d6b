"""Motions: their kinds, their states, what became of them, and the way of the words beside them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class MotionKind(TextChoices):
    ADMISSION = "admission", _("Somebody new becomes a member")
    RULE = "rule", _("Change one of our rules")
    SUSPENSION = "suspension", _("Somebody is suspended for a time")
    RETURN = "return", _("Somebody who is suspended comes back now")
    STAFF_INVITATION = "staff_invitation", _("Staff may read the board, or one thread, for a time")
    RECALL = "recall", _("Somebody gives up their office before their term ends")
    SPECIAL_MEETING = "special_meeting", _("A special meeting is called")
    HOLD_ALL = "hold_all", _("Somebody looks at posts first, for a time")
    FREE = "free", _("Something else, in your own words")


# The one it is about has no vote on it, and may write their own words beside it (domain, section 4.3).
ABOUT_SOMEBODY = frozenset(
    {MotionKind.ADMISSION, MotionKind.SUSPENSION, MotionKind.RETURN, MotionKind.RECALL, MotionKind.HOLD_ALL}
)
# What cannot wait for days of talking: no time to talk it over, and a short vote.
URGENT = frozenset({MotionKind.SPECIAL_MEETING, MotionKind.STAFF_INVITATION, MotionKind.HOLD_ALL})


class MotionState(TextChoices):
    TALKING = "talking", _("being talked over")
    VOTING = "voting", _("open for voting")
    CARRIED = "carried", _("carried")
    LOST = "lost", _("not carried")
    TOO_FEW = "too_few", _("too few voted")
    WITHDRAWN = "withdrawn", _("taken back")
    FELL_AWAY = "fell_away", _("fell away before the vote")


OPEN = frozenset({MotionState.TALKING, MotionState.VOTING})
VOTED = frozenset({MotionState.CARRIED, MotionState.LOST, MotionState.TOO_FEW})

MOTION_STEPS: dict[str, Step] = {
    "open": step(MotionState.TALKING, to=MotionState.VOTING),
    "fall_away": step(MotionState.TALKING, to=MotionState.FELL_AWAY),
    "carry": step(MotionState.VOTING, to=MotionState.CARRIED),
    "lose": step(MotionState.VOTING, to=MotionState.LOST),
    "fall_short": step(MotionState.VOTING, to=MotionState.TOO_FEW),
    "withdraw": step(*OPEN, to=MotionState.WITHDRAWN),
}


class Effect(TextChoices):
    """What became of a motion that was carried: it happens by itself, once."""

    DONE = "done", _("It has happened.")
    NOT_POSSIBLE = "not_possible", _("It could not happen any more.")


class WhyNot(TextChoices):
    """Why a motion fell away, or why what was carried could not happen any more."""

    GONE = "gone", _("The person it is about does not belong here any more.")
    ALREADY = "already", _("It was so already by then.")
    CHANGED = "changed", _("Things had changed meanwhile, so it no longer fitted.")
    NO_OFFICE = "no_office", _("The office had ended by then.")
    PAST = "past", _("Its time was over by then.")
    NOBODY = "nobody", _("There was nobody who could have voted.")


class Part(TextChoices):
    """Whose words stand beside a motion: its proposer's, or those of the one it is about."""

    WHY = "why", _("the words of who proposed it")
    OWN = "own", _("the words of the one it is about")


class WordsState(TextChoices):
    SHOWN = "shown", _("can be read")
    HELD = "held", _("waiting for a person to look")
    RETURNED = "returned", _("returned to who wrote it")


WORDS_STEPS: dict[str, Step] = {
    "release": step(WordsState.HELD, to=WordsState.SHOWN),
    "return": step(WordsState.HELD, WordsState.SHOWN, to=WordsState.RETURNED),
    "write_shown": step(*WordsState, to=WordsState.SHOWN),
    "write_held": step(*WordsState, to=WordsState.HELD),
}
