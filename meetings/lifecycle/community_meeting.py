"""Community meetings, what stands on their agenda, and words that are copied for them: their states and steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class MeetingKind(TextChoices):
    ORDINARY = "ordinary", _("community meeting")
    SPECIAL = "special", _("special meeting")


class MeetingState(TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open now")
    ENDED = "ended", _("over")
    CANCELLED = "cancelled", _("called off")
    # Its day went by and nobody opened it here: what stood on its agenda waits for the next.
    MISSED = "missed", _("not opened here")


MEETING_STEPS: dict[str, Step] = {
    "move": step(MeetingState.PLANNED, to=MeetingState.PLANNED),
    "cancel": step(MeetingState.PLANNED, to=MeetingState.CANCELLED),
    "open": step(MeetingState.PLANNED, to=MeetingState.OPEN),
    "end": step(MeetingState.OPEN, to=MeetingState.ENDED),
    "miss": step(MeetingState.PLANNED, to=MeetingState.MISSED),
}


class ItemKind(TextChoices):
    """What an item of the agenda is about; the apps above put their own kinds here."""

    POINTER = "pointer", _("a thread to talk about")
    COPY = "copy", _("words from the board")
    OBJECTION = "objection", _("an objection")
    SUSPENSION = "suspension", _("a suspension")
    POST = "post", _("a post that nobody here could decide on")
    EVENT = "event", _("a significant event")
    DANGER = "danger", _("a danger notice")
    DEBRIEF = "debrief", _("how those who look after the board are doing")
    MOTION = "motion", _("a motion")
    REVIEW = "review", _("a plan to look at together")
    ABSENCE = "absence", _("people we have not seen")
    OTHER = "other", _("something else")


class ItemState(TextChoices):
    WAITING = "waiting", _("waits for a meeting")
    DONE = "done", _("talked about")
    WITHDRAWN = "withdrawn", _("taken off the agenda")


ITEM_STEPS: dict[str, Step] = {
    "note_outcome": step(ItemState.WAITING, to=ItemState.DONE),
    "withdraw": step(ItemState.WAITING, to=ItemState.WITHDRAWN),
}


class Outcome(TextChoices):
    """What came of an item. Which of these an item may have, its kind says (meetings.items)."""

    TALKED = "talked", _("We talked about it")
    AGREED = "agreed", _("We agreed on something")
    STANDS = "stands", _("The decision stays as it is")
    CHANGED = "changed", _("The decision is changed")


class PieceState(TextChoices):
    """One post in a copy, and what its author says to it."""

    ASKED = "asked", _("its author has been told")
    AGREED = "agreed", _("its author said yes")
    OBJECTED = "objected", _("its author objects")
    STANDS = "stands", _("the objection was heard, and it stays in")
    LEFT_OUT = "left_out", _("left out")


PIECE_STEPS: dict[str, Step] = {
    "agree": step(PieceState.ASKED, PieceState.STANDS, to=PieceState.AGREED),
    "take_back_yes": step(PieceState.AGREED, to=PieceState.ASKED),
    "object": step(PieceState.ASKED, PieceState.AGREED, to=PieceState.OBJECTED),
    "object_no_more": step(PieceState.OBJECTED, to=PieceState.ASKED),
    "dismiss": step(PieceState.OBJECTED, to=PieceState.STANDS),
    "leave_out": step(
        PieceState.ASKED, PieceState.AGREED, PieceState.OBJECTED, PieceState.STANDS, to=PieceState.LEFT_OUT
    ),
}
