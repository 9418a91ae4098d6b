"""A member has died: two of the Top Three and one of staff say so together (domain, section 8)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class DeathState(TextChoices):
    BEGUN = "begun", _("waits for the others")
    RECORDED = "recorded", _("recorded")
    DROPPED = "dropped", _("not so")


DEATH_STEPS: dict[str, Step] = {
    "record": step(DeathState.BEGUN, to=DeathState.RECORDED),
    "drop": step(DeathState.BEGUN, to=DeathState.DROPPED),
}
