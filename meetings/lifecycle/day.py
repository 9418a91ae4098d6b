"""The day of a session: what a part of its order is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartKind(TextChoices):
    """What a part is; on the page for the room each kind has its own help."""

    WELCOME = "welcome", _("Welcome and the plan for today")
    READING = "reading", _("The last record is read")
    CHECK_IN = "check_in", _("Check-in")
    PAUSE = "break", _("Break")
    TOPIC = "topic", _("The topic")
    SMALL_GROUPS = "small_groups", _("Small groups")
    CLOSING = "closing", _("Closing: how has this session left us, and our plans until next time")
    OTHER = "other", _("Something else")
