"""The bank of lead service users: a place in it and its steps, and the checklist of the training."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class PlaceState(TextChoices):
    """Somebody's own place in the bank."""

    LEARNING = "learning", _("learning")
    READY = "ready", _("in the bank")
    STEPPED_DOWN = "stepped_down", _("stepped down")


# `come_back` is for whoever was signed off before; whoever was still learning takes that up again.
PLACE_STEPS: dict[str, Step] = {
    "sign_off": step(PlaceState.LEARNING, to=PlaceState.READY),
    "step_down": step(PlaceState.LEARNING, PlaceState.READY, to=PlaceState.STEPPED_DOWN),
    "come_back": step(PlaceState.STEPPED_DOWN, to=PlaceState.READY),
    "take_up_again": step(PlaceState.STEPPED_DOWN, to=PlaceState.LEARNING),
}


class SignsAs(TextChoices):
    """As what somebody signs a training off."""

    LSU = "lsu", _("lead service user")
    TOP_THREE = "top_three", _("Top Three")
    STAFF = "staff", _("staff")


class Item(TextChoices):
    """What the training is about: each read, talked through and ticked by whoever learns."""

    PAIR = "pair", _("Never alone")
    PLAN = "plan", _("Their plan leads")
    TIME = "time", _("A beginning and an end")
    DANGER = "danger", _("When life is in danger")
    LISTENING = "listening", _("Listening")
    PRIVATE = "private", _("What stays private")
    LIMITS = "limits", _("Your own limits")
    AFTER = "after", _("Afterwards")
