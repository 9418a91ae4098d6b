"""What is written on the rota: a time that somebody takes, and whom they ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.asking import WhomForm
from communities.fortnight import span_words
from communities.models import Membership
from communities.rota import Look
from communities.week import day_words


class TurnForm(forms.Form):
    """One time on one day."""

    on = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Please say on which day.")},
    )
    starts = forms.TimeField(
        label=gettext_lazy("From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": gettext_lazy("Please say from when.")},
    )
    ends = forms.TimeField(
        label=gettext_lazy("To"),
        help_text=gettext_lazy("If this is earlier than “From”, it means the next morning."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": gettext_lazy("Please say until when.")},
    )


class AskForm(WhomForm):
    """Whom to ask: whoever can, one of them, or one of them in return for a time of theirs."""

    def __init__(self, data: Any, *, fellows: Iterable[Membership], theirs: Iterable[Look]) -> None:
        swaps = [(look.row.membership_id, _key(look), _swap_words(look)) for look in theirs]
        super().__init__(data, fellows=fellows, swaps=swaps)

    @property
    def in_return(self) -> tuple[int, date] | None:
        """The number and day of the time that one takes in return."""
        pk, _colon, on = self.named.partition(":")
        return (int(pk), date.fromisoformat(on)) if on else None


def _key(look: Look) -> str:
    return f"{look.row.pk}:{look.on.isoformat()}"


def _swap_words(look: Look) -> str:
    said = _("Swap with %(name)s: I take %(day)s, %(when)s")
    return said % {"name": look.member.display_name, "day": day_words(look.on), "when": span_words(look.span)}
