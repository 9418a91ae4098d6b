"""What the Top Three tell staff, and what waits for staff until one of them has seen it (domain, section 8)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class StaffKind(TextChoices):
    """What waits for staff: the most urgent first."""

    DANGER = "danger", _("a danger notice")
    HOLD = "hold", _("a post that waits and nobody has looked")
    EVENT = "event", _("something that happened")


class EventKind(TextChoices):
    """A significant event. There is no box for words, so that no word of a post can reach staff by it."""

    CRISIS = "crisis", _("Somebody was in a crisis, and is safe now")
    WORRY = "worry", _("We are worried about somebody, and life is not in danger")
    QUARREL = "quarrel", _("A quarrel that we can't settle alone")
    HURT = "hurt", _("Somebody was hurt by what was written")
    LAW = "law", _("A threat, or something against the law")
    OUTSIDE = "outside", _("Somebody from outside, or somebody under 18, is on the board")
    OURSELVES = "ourselves", _("It is too much for us who look after the board")
    OTHER = "other", _("Something else that you should know about")


class EventNeed(TextChoices):
    """What whoever sends it asks for."""

    RING = "ring", _("Please ring me today")
    TALK = "talk", _("Please talk with us at the next meeting")
    KNOW = "know", _("Nothing: it is for you to know")


class DangerTo(TextChoices):
    LIFE = "life", _("Somebody's life is in danger")
    CHILD = "child", _("A child is in danger")


class DangerState(TextChoices):
    ASKED = "asked", _("waits for a second person")
    SENT = "sent", _("sent to staff")
    OVER = "over", _("over")
    DROPPED = "dropped", _("not sent")


# `send_alone`: no second answered within ten minutes. `end` is staff's, after they have seen it.
DANGER_STEPS: dict[str, Step] = {
    "agree": step(DangerState.ASKED, to=DangerState.SENT),
    "disagree": step(DangerState.ASKED, to=DangerState.ASKED),
    "send_alone": step(DangerState.ASKED, to=DangerState.SENT),
    "drop": step(DangerState.ASKED, to=DangerState.DROPPED),
    "end": step(DangerState.SENT, to=DangerState.OVER),
}
# While one of these stands, nothing of the one it is about is erased (domain, section 6).
OPEN_DANGER = (DangerState.ASKED, DangerState.SENT)
