"""A diary for a calendar: what its entries are called, and which sessions are in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CalledBy(TextChoices):
    """What an entry is called, in sight of whoever sees the calendar."""

    NEUTRAL = "neutral", _("Appointment")
    OWN_WORDS = "own_words", _("Words of my own")
    TITLE = "title", _("The name of the group")


class Holds(TextChoices):
    """Which sessions stand in it."""

    ALL = "all", _("Every session of the timetable")
    COMING = "coming", _("Only those I have said I come to")
