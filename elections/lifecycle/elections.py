"""The way of an election, and of somebody standing in it (domain, sections 2 and 3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class ElectionKind(TextChoices):
    FIRST = "first", _("first election")
    ORDINARY = "ordinary", _("election")
    BY_ELECTION = "by_election", _("by-election")
    CONFIRMATION = "confirmation", _("vote on the caretakers")


class ElectionState(TextChoices):
    NOMINATING = "nominating", _("people can stand")
    VOTING = "voting", _("the vote is open")
    DECIDED = "decided", _("decided")
    UNDECIDED = "undecided", _("nobody voted")
    CALLED_OFF = "called_off", _("called off: no seat is free any more")


RUNNING = frozenset({ElectionState.NOMINATING, ElectionState.VOTING})

ELECTION_STEPS: dict[str, Step] = {
    # Nobody stands: the time for it goes on.
    "wait_longer": step(ElectionState.NOMINATING, to=ElectionState.NOMINATING),
    "open_vote": step(ElectionState.NOMINATING, to=ElectionState.VOTING),
    "call_off": step(ElectionState.NOMINATING, to=ElectionState.CALLED_OFF),
    "decide": step(ElectionState.VOTING, to=ElectionState.DECIDED),
    "leave_undecided": step(ElectionState.VOTING, to=ElectionState.UNDECIDED),
}


class StandingState(TextChoices):
    ASKED = "asked", _("asked")
    STANDING = "standing", _("standing")
    DECLINED = "declined", _("said no")
    WITHDRAWN = "withdrawn", _("no longer standing")


STANDING_STEPS: dict[str, Step] = {
    "accept": step(StandingState.ASKED, to=StandingState.STANDING),
    "decline": step(StandingState.ASKED, to=StandingState.DECLINED),
    "withdraw": step(StandingState.STANDING, to=StandingState.WITHDRAWN),
    # Of one's own accord, after all; nobody else can ask again.
    "stand_after_all": step(
        StandingState.ASKED, StandingState.DECLINED, StandingState.WITHDRAWN, to=StandingState.STANDING
    ),
}


class WhyEnded(TextChoices):
    """Why a term ended before its time, where this app ended it. Of stepping down there is no reason to keep."""

    STEPPED_DOWN = "stepped_down", _("stepped down")
    RECALLED = "recalled", _("ended by a vote")
    NOT_NEEDED = "not_needed", _("enough others are in office")
