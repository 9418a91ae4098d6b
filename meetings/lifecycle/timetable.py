"""Groups and their sessions: what kinds there are, their states and steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class GroupKind(TextChoices):
    PROGRAMME = "programme", _("part of the programme")
    GROUP = "group", _("group")
    MEETING = "community_meeting", _("community meeting")


class GroupState(TextChoices):
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


GROUP_STEPS: dict[str, Step] = {
    "change": step(GroupState.RUNNING, to=GroupState.RUNNING),
    "end": step(GroupState.RUNNING, to=GroupState.ENDED),
}


class OnBankHolidays(TextChoices):
    RESTS = "rests", _("no session")
    MEETS = "meets", _("we meet all the same")


class SessionState(TextChoices):
    """Whether a session takes place. That it is over follows from the time."""

    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("called off")


SESSION_STEPS: dict[str, Step] = {
    "move": step(SessionState.PLANNED, to=SessionState.PLANNED),
    "cancel": step(SessionState.PLANNED, to=SessionState.CANCELLED),
    # What was called off, also by a bank holiday, is held after all.
    "hold": step(SessionState.CANCELLED, to=SessionState.PLANNED),
}


class Change(TextChoices):
    """What makes a session another than its group's rule says."""

    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("called off")
    BANK_HOLIDAY = "bank_holiday", _("bank holiday")
    EXTRA = "extra", _("an extra one")
    # The rule named this day once and does not any more.
    DROPPED = "dropped", _("the timetable has changed")


class StepFree(TextChoices):
    YES = "yes", _("step-free all the way")
    PARTLY = "partly", _("partly step-free")
    NO = "no", _("there are steps")
    ASK = "ask", _("please ask us")


class VenueState(TextChoices):
    IN_USE = "in_use", _("in use")
    NOT_USED = "not_used", _("not used any more")


VENUE_STEPS: dict[str, Step] = {
    "change": step(VenueState.IN_USE, to=VenueState.IN_USE),
    "give_up": step(VenueState.IN_USE, to=VenueState.NOT_USED),
    "use_again": step(VenueState.NOT_USED, to=VenueState.IN_USE),
}


class Role(TextChoices):
    """What somebody does in one session."""

    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    HOUSEKEEPER = "housekeeper", _("housekeeper")


class How(TextChoices):
    """How a role came to somebody."""

    ROTA = "rota", _("by the rota")
    OWN = "own", _("they offered")
    SWAP = "swap", _("taken over from somebody")
    GIVEN = "given", _("the group agreed")
