"""The order that a community begins with, until it writes down its own. Its lengths suit three hours."""

from django.utils.translation import gettext_lazy as _

from meetings.day.order import Part
from meetings.lifecycle.day import PartKind

_BEGINNING = (
    (PartKind.WELCOME, 10),
    (PartKind.READING, 5),
    (PartKind.CHECK_IN, 30),
    (PartKind.PAUSE, 15),
    (PartKind.TOPIC, 60),
    (PartKind.SMALL_GROUPS, 0),
    (PartKind.CLOSING, 20),
)

# What helps whoever leads this part, in a sentence.
HELP = {
    PartKind.WELCOME: _("Who is here, what we do today and until when, so that everybody knows."),
    PartKind.READING: _("Read it aloud. Whoever was there says whether it is right."),
    PartKind.CHECK_IN: _("How is each of us? A sentence is enough, and nobody has to."),
    PartKind.PAUSE: _("A real break. It begins and ends on time."),
    PartKind.TOPIC: _("What we chose for today. The whole time is for this."),
    PartKind.SMALL_GROUPS: _("Smaller circles, so that everybody has room."),
    PartKind.CLOSING: _("How has this session left each of us? What helps until we meet again, and when is that?"),
}


def our_order() -> list[Part]:
    """The order without anybody's changes, in the language of whoever looks."""
    return [Part(kind, str(kind.label), minutes) for kind, minutes in _BEGINNING]
