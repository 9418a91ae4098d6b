"""What is written on the rota: a time that somebody takes, and whom they ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.choosing import offer
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


class AskForm(forms.Form):
    """Whom to ask: whoever can, one of them, or one of them in return for a time of theirs."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Whom do you ask?"), error_messages={"required": gettext_lazy("Please choose whom you ask.")}
    )

    def __init__(self, data: Any, *, fellows: Iterable[Membership], theirs: Iterable[Look]) -> None:
        super().__init__(data)
        self.people = {str(member.pk): member for member in fellows}
        asks = [(pk, _("%(name)s") % {"name": member.display_name}) for pk, member in self.people.items()]
        swaps = [(_key(look), _swap_words(look)) for look in theirs]
        whom = [("all", _("Whoever can")), *asks, *swaps]
        offer(self, "whom", whom)

    @property
    def asked(self) -> Membership | None:
        """The one who is asked; None for whoever can."""
        return self.people.get(self.cleaned_data["whom"].partition(":")[0])

    @property
    def in_return(self) -> tuple[int, date] | None:
        """The number and day of the time that one takes in return."""
        _member, _colon, look = self.cleaned_data["whom"].partition(":")
        if not look:
            return None
        pk, _colon, on = look.partition(":")
        return int(pk), date.fromisoformat(on)


def _key(look: Look) -> str:
    return f"{look.row.membership_id}:{look.row.pk}:{look.on.isoformat()}"


def _swap_words(look: Look) -> str:
    said = _("Swap with %(name)s: I take %(day)s, %(when)s")
    return said % {"name": look.member.display_name, "day": day_words(look.on), "when": span_words(look.span)}
