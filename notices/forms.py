"""How somebody wants to be told."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.endpoints import LONGEST
from notices.queries import Choices
from notices.timing import Hours
from people.forms.lengths import SHORTER

NONE = "none"


def _clock(hour: int) -> str:
    if hour in {0, 12}:
        return __("noon") if hour else __("midnight")
    return __("%(hour)s am") % {"hour": hour} if hour < 12 else __("%(hour)s pm") % {"hour": hour - 12}


def _hours(without: object) -> list[tuple[str, object]]:
    return [(NONE, without), *((str(hour), _clock(hour)) for hour in range(24))]


class ChoicesForm(forms.Form):
    """One tick for each group and way, the quiet hours, and the daily hour."""

    quiet_from = forms.ChoiceField(label=_("Be quiet from"))
    quiet_to = forms.ChoiceField(label=_("until"))
    daily_at = forms.ChoiceField(
        label=_("One at a time, or once a day?"),
        help_text=_("Once a day: one e-mail or ring for all that is new. Posts that wait for you still come at once."),
    )

    def __init__(self, data: Any, *, groups: Sequence[kinds.Group], phones: bool, chosen: Choices) -> None:
        super().__init__(data, initial=_initial(groups, chosen))
        self.groups, self.asks_push = groups, phones
        for name in ("quiet_from", "quiet_to"):
            _offer(self.fields[name], _hours(_("no quiet hours")))
        _offer(self.fields["daily_at"], _hours(_("One at a time")))
        for group in groups:
            self.fields[f"mail_{group.name}"] = forms.BooleanField(label=_("By e-mail"), required=False)
            if phones:
                self.fields[f"push_{group.name}"] = forms.BooleanField(label=_("On my phone"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if not begins or not ends:
            return cleaned
        if (begins == NONE) != (ends == NONE):
            self.add_error("quiet_to", __("Please choose both times, or “no quiet hours” twice."))
        elif begins == ends != NONE:
            self.add_error("quiet_to", __("These two are the same. Please choose another time."))
        return cleaned

    @property
    def others_wait_for_them(self) -> bool:
        """Whether something on it is for those who are waited for; one's own reminders are one's own."""
        return any(group.is_for and not group.can_wait for group in self.groups)

    @property
    def hours(self) -> Hours:
        """The hours that were chosen."""
        return Hours(*(self._hour(name) for name in ("quiet_from", "quiet_to", "daily_at")))

    def ticked(self, way: str) -> list[str]:
        """The groups ticked for a way ("mail" or "push")."""
        return [group.name for group in self.groups if self.cleaned_data.get(f"{way}_{group.name}")]

    def rows(self) -> list[tuple[kinds.Group, list[forms.BoundField]]]:
        """Each group with its ticks."""
        ways = ("mail", "push") if self.asks_push else ("mail",)
        return [(group, [self[f"{way}_{group.name}"] for way in ways]) for group in self.groups]

    def _hour(self, name: str) -> int | None:
        chosen = self.cleaned_data.get(name, NONE)
        return None if chosen == NONE else int(chosen)


def _offer(field: forms.Field, choices: list[tuple[str, object]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _initial(groups: Sequence[kinds.Group], chosen: Choices) -> dict[str, Any]:
    hours = chosen.hours
    initial: dict[str, Any] = {"quiet_from": hours.quiet_from, "quiet_to": hours.quiet_to, "daily_at": hours.daily_at}
    initial = {name: NONE if hour is None else str(hour) for name, hour in initial.items()}
    for group in groups:
        initial |= {f"mail_{group.name}": group.name in chosen.mail, f"push_{group.name}": group.name in chosen.push}
    return initial


class PhoneForm(forms.Form):
    """What a script brings when this phone is to be told: where its bell is, and what its owner calls it."""

    endpoint = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    label = forms.CharField(
        label=_("A word for this phone"),
        help_text=_("So that you know it again: “my phone”."),
        max_length=40,
        required=False,
        error_messages=SHORTER,
    )
