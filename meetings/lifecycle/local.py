"""The page of local life: what kinds of pieces it has, and what happens to one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class LocalKind(TextChoices):
    """Under which heading a piece stands, in this order."""

    US = "us", _("About us")
    SERVICE = "service", _("Near here")
    NATIONAL = "national", _("Across the country")


class LocalState(TextChoices):
    SHOWN = "shown", _("on the page")
    TAKEN_OFF = "taken_off", _("taken off the page")


LOCAL_STEPS: dict[str, Step] = {
    "take_off": step(LocalState.SHOWN, to=LocalState.TAKEN_OFF),
    "put_back": step(LocalState.TAKEN_OFF, to=LocalState.SHOWN),
}


class LocalDone(TextChoices):
    """What somebody did to a piece, as its history says it."""

    WRITTEN = "written", _("written")
    CHANGED = "changed", _("changed")
    CHECKED = "checked", _("looked at: it still holds")
    TAKEN_OFF = "taken_off", _("taken off the page")
    PUT_BACK = "put_back", _("put back on the page")
