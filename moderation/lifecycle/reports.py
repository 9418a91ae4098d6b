"""Reports: their states, whom they go to, and how they are answered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class ReportState(TextChoices):
    OPEN = "open", _("waits for somebody to look")
    LEFT = "left", _("looked at, and left as it is")
    ACTED = "acted", _("looked at, and something was done")
    GONE = "gone", _("it was off the board already")


# Looked at, by a person or by a decision on the post; `close` is for what had gone before anybody was asked.
REPORT_STEPS: dict[str, Step] = {
    "leave": step(ReportState.OPEN, to=ReportState.LEFT),
    "act": step(ReportState.OPEN, to=ReportState.ACTED),
    "close": step(ReportState.OPEN, to=ReportState.GONE),
}


class Answer(TextChoices):
    """What whoever looked at a report did, as they say it."""

    LEAVE = "leave", _("Leave it as it is")
    ACT = "act", _("We have done something about it")


class Readers(TextChoices):
    """To whom a report goes: the first of these among whom somebody is left who is neither its writer nor the one it
    is about."""

    DECIDERS = "deciders", _("the Top Three or caretakers")
    ALTERNATES = "alternates", _("the alternates")
    STAFF = "staff", _("staff")


class Worry(TextChoices):
    """Why somebody reports something."""

    DANGER = "danger", _("I am worried that somebody is in danger")
    HURTS = "hurts", _("It hurts me, or somebody else")
    PRESSING = "pressing", _("Somebody does not leave me alone")
    PRIVATE = "private", _("It tells something that should stay private")
    DETAIL = "detail", _("It has more detail than is safe to read")
    POWER = "power", _("Somebody uses a duty they have here to hurt or push others")
    UNLAWFUL = "unlawful", _("I think it is against the law")
    OTHER = "other", _("Something else")


class AnswerReason(TextChoices):
    """Why a report was answered so, for the one who made it."""

    WITHIN_RULES = "within_rules", _("It keeps to our rules")
    TALKED = "talked", _("We have talked with those it is about")
    OFF_THE_BOARD = "off_the_board", _("It is off the board")
    MEETING = "meeting", _("We bring it to the community meeting")
    HELPED = "helped", _("Somebody is being looked after")
    OTHER = "other", _("Something else")
