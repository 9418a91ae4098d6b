"""A poll of times: how often it asks to meet, its states and steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class Rhythm(TextChoices):
    """What the times of a poll are for."""

    ONCE = "once", _("once")
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")


class TimesState(TextChoices):
    """That nobody can answer any more follows from the time."""

    OPEN = "open", _("open")
    SETTLED = "settled", _("made into sessions")
    CALLED_OFF = "called_off", _("called off")


TIMES_STEPS: dict[str, Step] = {
    "change": step(TimesState.OPEN, to=TimesState.OPEN),
    "settle": step(TimesState.OPEN, to=TimesState.SETTLED),
    "call_off": step(TimesState.OPEN, to=TimesState.CALLED_OFF),
}


class Suits(TextChoices):
    """How a time suits somebody. No answer: it does not."""

    WELL = "well", _("suits me")
    IF_NEED_BE = "if_need_be", _("if need be")
