"""The logbook: its states and steps, its headings, and what becomes of what somebody would like to change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class LogbookState(TextChoices):
    WRITING = "writing", _("being written")
    READ_OUT = "read_out", _("read out")
    AGREED = "agreed", _("agreed")


LOGBOOK_STEPS: dict[str, Step] = {
    "change": step(LogbookState.WRITING, to=LogbookState.WRITING),
    # What is changed after it was read is written down as it was agreed in the room.
    "change_as_read": step(LogbookState.READ_OUT, to=LogbookState.READ_OUT),
    "read_out": step(LogbookState.WRITING, LogbookState.READ_OUT, to=LogbookState.READ_OUT),
    "freeze": step(LogbookState.WRITING, LogbookState.READ_OUT, to=LogbookState.AGREED),
}


class Heading(TextChoices):
    """What a part of the logbook is about: no place is meant for what somebody told of their life."""

    DID = "did", _("What we did")
    AGREED = "agreed", _("What we agreed")
    NEXT = "next", _("For next time")


class ProposalState(TextChoices):
    """What becomes of a change that somebody who was there would like. Its words go as soon as it is answered."""

    WAITING = "waiting", _("waits for an answer")
    TAKEN = "taken", _("taken into the record")
    NOT_TAKEN = "not_taken", _("not taken")
    TAKEN_BACK = "taken_back", _("taken back")


PROPOSAL_STEPS: dict[str, Step] = {
    "take": step(ProposalState.WAITING, to=ProposalState.TAKEN),
    "decline": step(ProposalState.WAITING, to=ProposalState.NOT_TAKEN),
    "take_back": step(ProposalState.WAITING, to=ProposalState.TAKEN_BACK),
}
