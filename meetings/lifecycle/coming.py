"""What somebody says about coming, being away and being there: the words that are stored for it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """What is said about one session. Any may follow any other, until it is over and for a while after."""

    COMING = "coming", _("comes")
    WAITING = "waiting", _("waits for a place")
    CANNOT = "cannot", _("can't come")
    ILL = "ill", _("is ill")
    HOSPITAL = "hospital", _("is in hospital")


# Each of them is contact: it breaks a row of days or weeks away (domain, section 2).
CONTACT = frozenset({Answer.CANNOT, Answer.ILL, Answer.HOSPITAL})
# To others all of them show as one, so that nobody learns who is ill.
WANTS_TO_COME = frozenset({Answer.COMING, Answer.WAITING})


class AwayKind(TextChoices):
    """Why somebody can't come for a time."""

    ILL = "ill", _("ill")
    HOSPITAL = "hospital", _("in hospital")
    AWAY = "away", _("away")


class Was(TextChoices):
    """How somebody stands in a register that was taken."""

    HERE = "here", _("here")
    APOLOGY = "apology", _("sent apologies")
    ILL = "ill", _("ill")
    HOSPITAL = "hospital", _("in hospital")
    NOT_HERE = "not_here", _("not here")


EXCUSED = frozenset({Was.APOLOGY, Was.ILL, Was.HOSPITAL})
# How an answer stands in the register as it begins.
AS_MARKED = {Answer.CANNOT: Was.APOLOGY, Answer.ILL: Was.ILL, Answer.HOSPITAL: Was.HOSPITAL}
AWAY_AS_MARKED = {AwayKind.AWAY: Was.APOLOGY, AwayKind.ILL: Was.ILL, AwayKind.HOSPITAL: Was.HOSPITAL}


class RemindWhen(TextChoices):
    """When somebody wants to be reminded of a session."""

    NONE = "none", _("Not at all")
    DAY_BEFORE = "day_before", _("The day before")
    TWO_HOURS = "two_hours", _("Two hours before")
    BOTH = "both", _("Both")
